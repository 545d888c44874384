"""One connection: what it may do, by what it gets in, changing that without a gap, and stopping it at once."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.identity import clients
from trackmycrime.domain.identity.clients import LONGEST_NAME, MOST_KEYS, Client, KeyKind
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.clients import (
    PROOF,
    Options,
    SecretPage,
    again,
    given_key,
    proofs,
    ticked,
    used,
    what_it_may,
)
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.dates import day, moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit


class KeyLine(Struct, frozen=True):
    """A password or a public key. `ends` says when it stops by itself ("" for never), `href` where it is ended ("" for not)."""

    kind: str
    made: str
    used: str
    ends: str
    href: str


class ClientPage(Struct, frozen=True):
    """All that is shown of a connection; `stopped` says since when it is stopped, "" while it works."""

    href: str
    name: str
    client_id: str
    token_url: str
    made: str
    used: str
    stopped: str
    active: bool
    form: Form
    may: Options
    keys: tuple[KeyLine, ...]
    can_add: bool
    adding: Form
    proofs: Options
    longest_name: int
    done: str


class ClientController(Controller):
    """One connection, and what is done with it."""

    path = f"{desk.CLIENTS}/{{client_row:uuid}}"

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        client_row: FromPath[UUID],
    ) -> Page:
        """Show it."""
        client, done = await clients.one(tx, client_row), _done(request.query_params.get("done", ""))
        return _shown(visit, client, _filled(client), _ADDING, done=done)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        client_row: FromPath[UUID],
    ) -> Page | Redirect:
        """Change what it is called and may do."""
        try:
            await clients.change(tx, client_row, form.get("name", ""), ticked(form))
        except Invalid as refusal:
            return _shown(visit, await clients.one(tx, client_row), again(form, refusal), _ADDING, refusal)
        return _to(client_row, "saved")

    @post("/keys", opt={"permission": Permission.ADMIN_CHANGE}, status_code=200)
    async def add_key(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        client_row: FromPath[UUID],
    ) -> Page | Redirect:
        """Give it something new to get in by; a password is shown here and nowhere else."""
        try:
            secret = await clients.rotate(tx, client_row, public_key=given_key(form))
        except (Invalid, Conflict) as refusal:
            client = await clients.one(tx, client_row)
            return _shown(visit, client, _filled(client), again(form, refusal), refusal)
        if not secret:
            return _to(client_row, "key")
        row = (await clients.one(tx, client_row)).row
        href = f"{desk.CLIENTS}/{client_row}"
        shown = SecretPage(row.name, href, row.client_id, secret, _token_url(visit), is_new=False)
        return page("admin/clients/secret.html", desk.frame(visit, desk.CLIENTS), page=shown)

    @post("/keys/{key_id:uuid}/ending", opt={"permission": Permission.ADMIN_CHANGE})
    async def end_key(
        self, tx: NamedDependency[ForceTx], client_row: FromPath[UUID], key_id: FromPath[UUID]
    ) -> Redirect:
        """End a password or a key at once."""
        await clients.end_key(tx, client_row, key_id)
        return _to(client_row, "ended")

    @post("/stop", opt={"permission": Permission.ADMIN_CHANGE})
    async def stop(self, tx: NamedDependency[ForceTx], client_row: FromPath[UUID]) -> Redirect:
        """Stop it at once."""
        await clients.switch(tx, client_row, active=False)
        return _to(client_row, "stopped")

    @post("/start", opt={"permission": Permission.ADMIN_CHANGE})
    async def start(self, tx: NamedDependency[ForceTx], client_row: FromPath[UUID]) -> Redirect:
        """Let it in again."""
        await clients.switch(tx, client_row, active=True)
        return _to(client_row, "started")


_ADDING = Form({PROOF: KeyKind.SECRET}, {})


def _to(client_row: UUID, done: str) -> Redirect:
    return go(f"{desk.CLIENTS}/{client_row}?done={done}")


def _done(done: str) -> str:
    return {
        "saved": _("What you changed holds from now on"),
        "key": _("The new public key works from now on, beside the old way in"),
        "ended": _("The old way in is closed"),
        "stopped": _("This connection is stopped. Nothing gets in by it from now on"),
        "started": _("This connection works again"),
    }.get(done, "")


def _filled(client: Client) -> Form:
    return Form({"name": client.row.name, **dict.fromkeys(client.row.may, "yes")}, {})


def _token_url(visit: Visit) -> str:
    return f"{visit.site.ref.origin}/oauth/token"


def _shown(
    visit: Visit, client: Client, form: Form, adding: Form, refusal: Refusal | None = None, *, done: str = ""
) -> Page:
    row = client.row
    href = f"{desk.CLIENTS}/{row.id}"
    shown = ClientPage(
        href=href,
        name=row.name,
        client_id=row.client_id,
        token_url=_token_url(visit),
        made=day(row.made_at),
        used=used(row.last_used_at),
        stopped=moment(row.disabled_at) if row.disabled_at else "",
        active=row.active,
        form=form,
        may=what_it_may(),
        keys=_keys(client, href),
        can_add=len(client.keys) < MOST_KEYS,
        adding=adding,
        proofs=proofs(),
        longest_name=LONGEST_NAME,
        done=done,
    )
    return page("admin/clients/show.html", desk.frame(visit, desk.CLIENTS), refusal=refusal, page=shown)


def _keys(client: Client, href: str) -> tuple[KeyLine, ...]:
    kinds = {KeyKind.SECRET: _("Password"), KeyKind.PUBLIC_KEY: _("Public key")}
    several = len(client.keys) > 1
    return tuple(
        KeyLine(
            kind=kinds[KeyKind(key.kind)],
            made=_made(day(key.made_at), key.made_by),
            used=used(key.last_used_at),
            ends=day(key.ends_at) if key.ends_at else "",
            href=f"{href}/keys/{key.id}/ending" if several else "",
        )
        for key in client.keys
    )


def _made(when: str, by: str) -> str:
    return _("%(when)s, by %(name)s", when=when, name=by) if by else when
