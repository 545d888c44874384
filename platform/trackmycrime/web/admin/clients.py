"""Connections: the record systems that may reach the force's part of the service, and making a new one."""

from collections.abc import Mapping
from datetime import datetime

from litestar import Controller, get, post
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.identity import clients
from trackmycrime.domain.identity.clients import LONGEST_NAME, KeyKind, May
from trackmycrime.domain.ingest import arrivals
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.arrivals import ARRIVALS, late
from trackmycrime.web.common.answers import Page, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form, Link
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

PROOF = "proof"
type Options = tuple[tuple[str, str], ...]


class ClientLine(Struct, frozen=True):
    """A connection in the list; `may` says in words what it may do."""

    name: str
    href: str
    may: str
    used: str
    active: bool


class ClientsPage(Struct, frozen=True):
    """All that the list shows."""

    late: str
    clients: tuple[ClientLine, ...]
    places: tuple[Link, ...]


class NewClientPage(Struct, frozen=True):
    """All that the form shows; options are pairs of a value and its words."""

    form: Form
    may: Options
    proofs: Options
    longest_name: int


class SecretPage(Struct, frozen=True):
    """What a record system needs to get in, shown once. `secret` is "" where it signs with a key of its own."""

    name: str
    href: str
    client_id: str
    secret: str
    token_url: str
    is_new: bool


class ClientsController(Controller):
    """The force's connections."""

    path = desk.CLIENTS

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show every connection."""
        lines = tuple(
            ClientLine(row.name, f"{desk.CLIENTS}/{row.id}", in_words(row.may), used(row.last_used_at), row.active)
            for row in await clients.every(tx)
        )
        shown = ClientsPage(late(await arrivals.late_since(tx)), lines, places())
        return page("admin/clients/index.html", desk.frame(visit, desk.CLIENTS), page=shown)

    @get("/new", opt={"permission": Permission.ADMIN_READ})
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """Ask what it is called, what it may do, and how it proves who it is."""
        return _asked(visit, Form({**dict.fromkeys(May, "yes"), PROOF: KeyKind.SECRET}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE}, status_code=200)
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page:
        """Make a connection, and show what it gets in by: a password is not kept, so no other page can show it."""
        try:
            made = await clients.make(tx, form.get("name", ""), may=ticked(form), public_key=given_key(form))
        except (Invalid, Conflict) as refusal:
            return _asked(visit, again(form, refusal), refusal)
        shown = SecretPage(
            name=form["name"].strip(),
            href=f"{desk.CLIENTS}/{made.id}",
            client_id=made.client_id,
            secret=made.client_secret,
            token_url=f"{tx.force.origin}/oauth/token",
            is_new=True,
        )
        return page("admin/clients/secret.html", desk.frame(visit, desk.CLIENTS), page=shown)


def places() -> tuple[Link, ...]:
    """Return where one can go from the list."""
    return (
        Link(_("Records waiting"), f"{desk.CLIENTS}/waiting"),
        Link(_("How records arrive"), ARRIVALS),
        Link(_("First load of open cases"), f"{desk.CLIENTS}/first-load"),
        Link(_("Send a test record"), f"{desk.CLIENTS}/test"),
    )


def ticked(form: Mapping[str, str]) -> tuple[May, ...]:
    """Return what a form lets a connection do."""
    return tuple(each for each in May if each in form)


def given_key(form: Mapping[str, str]) -> str | None:
    """Return the public key of a form, None where a password is wanted."""
    return form.get("public_key", "") if form.get(PROOF) == KeyKind.PUBLIC_KEY else None


def again(form: dict[str, str], refusal: Refusal) -> Form:
    """Return a form that was refused, as it was filled in; a key that may be a private one is not given back."""
    shown = refused(form, refusal)
    if "public_key" in shown.errors:
        shown.values.pop("public_key", None)
    return Form(shown.values, {"send" if name == "may" else name: text for name, text in shown.errors.items()})


def what_it_may() -> Options:
    """Return everything that a connection may do, in words."""
    return (
        (May.SEND, _("Send us records: crimes, people and what happens")),
        (May.COLLECT, _("Collect what happened here: messages, calls and what staff did")),
        (May.READ, _("Read all that we have about one crime, to compare")),
    )


def in_words(may: list[str]) -> str:
    """Say shortly what a connection may do."""
    short = {May.SEND: _("Send"), May.COLLECT: _("Collect"), May.READ: _("Read")}
    return ", ".join(short[May(each)] for each in may)


def used(at: datetime | None) -> str:
    """Say when something was used last."""
    return moment(at) if at else _("Not yet")


def proofs() -> Options:
    """Return the ways in which a connection proves who it is."""
    return (
        (KeyKind.SECRET, _("A password, which we make and show you once")),
        (KeyKind.PUBLIC_KEY, _("A public key, whose other half stays in your record system")),
    )


def _asked(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    shown = NewClientPage(form, what_it_may(), proofs(), LONGEST_NAME)
    return page("admin/clients/new.html", desk.frame(visit, desk.CLIENTS), refusal=refusal, page=shown)
