"""First load: how many open cases came, who of their victims would be invited, and letting them go batch by batch."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.ingest import first_load
from trackmycrime.domain.ingest.first_load import LARGEST, SMALLEST, USUAL, Fate, Standing, State
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

FIRST_LOAD = f"{desk.CLIENTS}/first-load"
_SURE, _BATCH = "sure", "batch"


class FateLine(Struct, frozen=True):
    """How many people something would become of."""

    number: int
    means: str
    then: str


class FirstLoadPage(Struct, frozen=True):
    """All that the page shows; `state` is "" before it was ever started."""

    live: bool
    waiting: int
    looked_at: int
    invited: int
    fates: tuple[FateLine, ...]
    state: str
    batch: int
    released: int
    sent: int
    begun: str
    smallest: int
    largest: int
    form: Form
    done: str


class FirstLoadController(Controller):
    """The first load."""

    path = FIRST_LOAD

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what came, what would become of it, and where it stands."""
        done = _done(request.query_params.get("done", ""))
        return await _shown(tx, visit, Form({_BATCH: str(USUAL)}, {}), done=done)

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def begin(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Begin to let the cases go."""
        try:
            _require_sure(form)
            await first_load.begin(tx, _number(form.get(_BATCH, "")))
        except (Invalid, Conflict) as refusal:
            return await _shown(tx, visit, refused(form, refusal), refusal)
        return go(f"{FIRST_LOAD}?done=begun")

    @post("/pause", opt={"permission": Permission.ADMIN_CHANGE})
    async def pause(self, tx: NamedDependency[ForceTx]) -> Redirect:
        """Let no more go for now."""
        await first_load.move(tx, State.PAUSED)
        return go(f"{FIRST_LOAD}?done=paused")

    @post("/continuation", opt={"permission": Permission.ADMIN_CHANGE})
    async def go_on(self, tx: NamedDependency[ForceTx]) -> Redirect:
        """Go on."""
        await first_load.move(tx, State.RUNNING)
        return go(f"{FIRST_LOAD}?done=going")

    @post("/stop", opt={"permission": Permission.ADMIN_CHANGE})
    async def stop(self, tx: NamedDependency[ForceTx]) -> Redirect:
        """Let no more go; whoever wants to begins anew."""
        await first_load.move(tx, State.STOPPED)
        return go(f"{FIRST_LOAD}?done=stopped")


def _require_sure(form: dict[str, str]) -> None:
    if _SURE not in form:
        raise Invalid({_SURE: _("Tick this once you have looked at the numbers")})


def _number(text: str) -> int:
    told = text.strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 6 else 0  # noqa: PLR2004  digits


def _done(done: str) -> str:
    return {
        "begun": _("It has started. The first victims are invited within a minute"),
        "paused": _("It is paused. Nobody more is invited until you go on"),
        "going": _("It goes on"),
        "stopped": _("It is stopped. Nobody more is invited"),
    }.get(done, "")


async def _shown(tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None, *, done: str = "") -> Page:
    found = await first_load.standing(tx)
    load = found.load
    shown = FirstLoadPage(
        live=found.live,
        waiting=found.waiting,
        looked_at=found.looked_at,
        invited=found.people.get(Fate.INVITED, 0),
        fates=_fates(found),
        state=load.state if load else "",
        batch=load.batch if load else 0,
        released=load.released if load else 0,
        sent=load.invited if load else 0,
        begun=_("Started by %(name)s, %(at)s.", name=load.begun_by, at=moment(load.begun_at)) if load else "",
        smallest=SMALLEST,
        largest=LARGEST,
        form=form,
        done=done,
    )
    return page("admin/first_load/index.html", desk.frame(visit, desk.CLIENTS), refusal=refusal, page=shown)


def _fates(found: Standing) -> tuple[FateLine, ...]:
    words = _words()
    return tuple(FateLine(found.people[fate], *words[fate]) for fate in reversed(Fate) if found.people.get(fate))


def _words() -> dict[Fate, tuple[str, str]]:
    task, nothing = _("A person looks at this first"), _("Nothing")
    return {
        Fate.INVITED: (_("Nothing stands against inviting them"), _("Invited at once")),
        Fate.WITH_CODE: (_("Your force gives everybody a code by another way"), task),
        Fate.NO_CONTACT: (_("We have no address or number for them"), task),
        Fate.NOT_ASSESSED: (_("Nobody has said yet whether this suits them"), task),
        Fate.AT_RISK: (_("They are at risk, or may be"), task),
        Fate.AGE_UNKNOWN: (_("We do not know their age"), task),
        Fate.UNDER_18: (_("They are under 18"), task),
        Fate.UNSUITABLE: (_("An officer found that this does not suit them"), nothing),
        Fate.NOT_TRACKED: (_("Your force does not let this kind of crime be followed"), nothing),
        Fate.CLOSED: (_("Their case is closed"), nothing),
        Fate.OPTED_OUT: (_("They do not want this"), nothing),
        Fate.KNOWN_ALREADY: (_("They use this already, or were invited before"), nothing),
    }
