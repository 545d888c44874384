"""The matrix: every route in every role with every foreign id, wherever an id can stand.

Whoever is not entitled gets, byte for byte, what they get for something that does not exist; nobody reads a canary that is
not theirs; and whatever was tried, nothing of another force or another victim has changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from tests.isolation import names
from tests.isolation.calls import call, filled, inside, loose
from tests.isolation.canaries import found, ids_in
from tests.isolation.ledger import WHO, For, Inner, Route, Slot
from tests.isolation.ledger_nation import LEDGER
from tests.isolation.roles import Role, again, everybody
from tests.isolation.side import Side
from tests.isolation.stage import Stage
from tests.isolation.wire import Answer, Sent, same, without_echo
from trackmycrime.web.common.edge import Surface

_REFUSED = 400
PLACES = ("query", "form", "header", "cookie")
# What is foreign to somebody inside their own force, by kind. Staff who triage see all tasks and have no foreign ones.
_NOT_THEIRS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vera": {
        "case": ("other_case", "hidden_case"),
        "item": ("other_item",),
        "reference": ("other_reference",),
        "session": ("xenias_session",),
        "factor": ("xenias_factor",),
    },
    "rita": {"case": ("hidden_case",), "session": ("veras_session", "xenias_session")},
    "officer": {
        "case": ("other_case", "hidden_case"),
        "task": ("other_task", "other_message_task"),
        "deputy": ("others_deputy",),
        "person": ("xenia", "yves"),
        "staff": ("admin",),
        "reference": ("other_reference",),
    },
    "hub": {
        "case": ("case", "other_case", "hidden_case"),
        "person": ("xenia",),
        "staff": ("admin",),
        "deputy": ("others_deputy",),
    },
    "admin": {"staff_import": ("others_import",)},
    "supervisor": {"case": ("case", "other_case"), "staff": ("admin",)},
}
_CASE_OF_VICTIM = ("other_case", "xenia", "other_task", "other_entry")


class Reach(StrEnum):
    """How far a run goes: only where a route takes an id, or also along with it, or that in every way there is."""

    ASKED = "asked"
    ALONG = "along"
    FURTHEST = "furthest"


class Breach(Struct, frozen=True):
    """Something that should not have happened."""

    route: str
    role: str
    what: str
    why: str


@dataclass
class Run:
    """One run over the matrix, or a part of it: only these roles and routes, if they are named."""

    stage: Stage
    roles: dict[str, Role]
    routes: Sequence[Route] = LEDGER
    breaches: list[Breach] = field(default_factory=list[Breach])

    def breach(self, route: Route, role: Role, what: str, why: str) -> None:
        """Report what happened."""
        self.breaches.append(Breach(route.title, role.title, what, why))

    def rightly(self, route: Route) -> Role:
        """Return who makes the right call of a route."""
        where = {"visitor": "", "operator": " of console"}.get(route.by, " of a")
        return self.roles[route.by + where]

    async def ask(self, route: Route, role: Role, make: Callable[[Role], Sent], what: str) -> tuple[Sent, Answer]:
        """Ask, and look at once for what this reader must not read. Who would be signed out gets a session for it."""
        ending = route.ends and inside(role, route, self.stage.a)
        sent = make(await again(self.stage, role) if ending else role)
        answer = await self.stage.ask(sent)
        self._look(route, role, sent, answer, what)
        return sent, answer

    def _look(self, route: Route, role: Role, sent: Sent, answer: Answer, what: str) -> None:
        text = without_echo(sent, answer.whole)
        sees = role.sees if inside(role, route, self.stage.a) else frozenset[str]()
        public = {"as"} if route.of is For.PUBLIC and role.name == "visitor" else set[str]()
        if leaked := found(text) - sees - public:
            self.breach(route, role, what, f"shows canaries of {sorted(leaked)}")
        if leaked := ids_in(text) & self.stage.rows["b"]:
            self.breach(route, role, what, f"shows {len(leaked)} ids of another force")
        if route.surface is Surface.FORCE and self.stage.b.force.name.encode() in text:
            self.breach(route, role, what, "names another force")
        if answer.status >= 500 or not answer.complete:
            self.breach(route, role, what, f"breaks with {answer.status}")

    async def equal(
        self,
        route: Route,
        role: Role,
        first: Callable[[Role], Sent],
        *,
        other: Role | None = None,
        what: str,
        than: Callable[[Role], Sent],
    ) -> Answer:
        """Ask both, and demand one answer: what the second gets before or after the first."""
        wanted = await self.ask(route, other or role, than, what)
        got = await self.ask(route, role, first, what)
        if not same(got, wanted) and not same(got, await self.ask(route, other or role, than, what)):
            self.breach(
                route, role, what, f"{got[1].status} is not what somebody gets for nothing ({wanted[1].status})"
            )
        return got[1]


async def control(run: Run, route: Route) -> None:
    """Make the right call of a route, and demand the right answer."""
    stage = run.stage
    role = run.rightly(route)
    _sent, answer = await run.ask(route, role, lambda who: call(stage, route, who), "the right call")
    shows = filled(stage, stage.a, route.shows)
    right = answer.header("location").startswith(shows) if route.status == 303 else shows.encode() in answer.body
    if answer.status != route.status or not right:
        run.breach(route, role, "the right call", f"{answer.status} {answer.header('location')}, without {shows}")


async def controls(run: Run, ledger: Iterable[Route]) -> None:
    """Make every right call; those that end a session come last."""
    for route in sorted(ledger, key=lambda route: route.shuts):
        await control(run, route)


async def strangers(run: Run, route: Route, role: Role) -> None:
    """Make the right call as somebody whom it is not for: they learn no more than of a page that is not there."""
    stage = run.stage

    def right(who: Role) -> Sent:
        return call(stage, route, who, tame=True)

    if not inside(role, route, stage.a):
        nobody = role.stripped()
        answer = await run.equal(route, role, right, other=nobody, what="credentials of elsewhere", than=right)
        to_sign_in = answer.status == 303 and "/sign-in" in answer.header("location")
        if route.of is not For.PUBLIC and not to_sign_in and answer.status != 401:
            run.breach(route, role, "credentials of elsewhere", f"{answer.status} where somebody has to sign in first")
    elif role.kind not in WHO[route.of]:
        if route.of is For.MACHINES or route.of is For.PUBLIC:
            await run.equal(route, role, right, other=role.stripped(), what="not for them", than=right)
        else:
            await run.equal(route, role, right, what="not for them", than=lambda who: _nowhere(right(who)))


def _nowhere(sent: Sent) -> Sent:
    return sent.with_(method="GET", path="/assets/nothing", query={}, form=None)


async def slots(run: Run, route: Route, role: Role) -> None:
    """Put every foreign id into every place that takes one, as somebody for whom the route is."""
    if role.kind not in WHO[route.of] or not (inside(role, route, run.stage.a) or role.name == "visitor"):
        return
    for slot in route.slots:
        foreign = [(run.stage.b, name) for name in names.KINDS[slot.kind]]
        inner = [(run.stage.a, name) for name in _NOT_THEIRS.get(role.name, {}).get(slot.kind, ())]
        for side, name in (*foreign, *inner):
            await _slot(run, route, role, slot, side, name)
            if slot.place == "path" and len(route.slots) > 1:
                await _slot(run, route, role, slot, side, name, bare=True)


async def _slot(run: Run, route: Route, role: Role, slot: Slot, side: Side, name: str, *, bare: bool = False) -> None:
    stage, what = run.stage, f"{name} of {side.letter} in {slot.place} {slot.name}"
    known = slot.inner is Inner.KNOWN and side is stage.a

    def with_id(sent: str) -> Callable[[Role], Sent]:
        return lambda who: call(stage, route, who, slot=slot, sent=sent, bare=bare, tame=route.tame is not None)

    sent = names.value(side, name)
    if known:
        _sent, answer = await run.ask(route, role, with_id(sent), what)
    else:
        answer = await run.equal(route, role, with_id(sent), what=what, than=with_id(names.missing(slot.kind)))
    if not route.safe and not route.searches and answer.status < _REFUSED:
        run.breach(route, role, what, f"was done: {answer.status}")


def _serves(run: Run, route: Route, role: Role) -> bool:
    mine = role.name == "visitor" if route.of is For.PUBLIC else inside(role, route, run.stage.a)
    return mine and role.kind in WHO[route.of]


async def served(run: Run, route: Route, role: Role) -> None:
    """Make the right call as whomever the route serves: what they read is theirs."""
    if _serves(run, route, role):
        await run.ask(route, role, lambda who: call(run.stage, route, who, tame=True), "the right call")


async def along(run: Run, route: Route, role: Role, reach: Reach) -> None:
    """Send foreign ids along in every place where nothing asks for them.

    For those whom the route does not serve, all at once, and in the drill alone. There, besides, for those whom it does:
    each id by itself, and each place by itself.
    """
    serves = _serves(run, route, role)
    if not serves and reach is not Reach.FURTHEST:
        return
    stage = run.stage
    values = {f"{name}": names.value(stage.b, name) for name in names.LOOSE}
    inner = {name: names.value(stage.a, name) for name in _CASE_OF_VICTIM}
    none = {name: f"{names.missing(name)[:-4]}{number:04d}" for number, name in enumerate(values)}
    batches = [(values, PLACES), (inner, PLACES)]
    if serves and reach is Reach.FURTHEST:
        batches += [({name: value}, PLACES) for name, value in (*values.items(), *inner.items())]
        batches += [(each, (place,)) for each in (values, inner) for place in PLACES]
    for sent, places in batches:
        missing = {name: none.get(name, names.missing(name)) for name in sent}

        def with_(more: Mapping[str, str], where: Iterable[str] = places) -> Callable[[Role], Sent]:
            return lambda who: loose(route, call(stage, route, who, tame=True), more, places=frozenset(where))

        await run.equal(
            route, role, with_(sent), what=f"{'/'.join(sent)} along in {'/'.join(places)}", than=with_(missing)
        )


async def forged(run: Run, route: Route, role: Role) -> None:
    """Send a form as another site would, without the session's token, and with the token of somebody else's session."""
    if route.safe or not route.unforgeable or route.of is For.MACHINES:
        return
    if not inside(role, route, run.stage.a) or role.kind not in WHO[route.of]:
        return
    stage = run.stage
    role = await again(stage, role) if route.ends else role
    right = call(stage, route, role)
    there = {**right.headers, "origin": "https://elsewhere.example.org"}
    other = next(each for each in run.roles.values() if each.csrf and each.csrf != role.csrf)
    tries = {
        "from another site": right.with_(headers=there),
        "from the other force": right.with_(headers={**there, "origin": f"https://{stage.b.slug}.localhost:8000"}),
        "from nowhere": right.with_(headers={k: v for k, v in right.headers.items() if k != "origin"}),
        "without a token": right.with_(form={k: v for k, v in (right.form or {}).items() if k != "_csrf"}),
        "with another's token": right.with_(form={**(right.form or {}), "_csrf": other.csrf}),
    }
    for what, sent in tries.items():
        _sent, answer = await run.ask(route, role, lambda _who, sent=sent: sent, what)
        if answer.status != 403:
            run.breach(route, role, what, f"was heard: {answer.status}")


async def begin(stage: Stage, routes: Sequence[Route] = LEDGER) -> Run:
    """Begin a run with fresh sessions for everybody."""
    return Run(stage, await everybody(stage), routes)


async def whole(stage: Stage, title: str, *, routes: Sequence[Route] = LEDGER, reach: Reach) -> list[Breach]:
    """Run over every route, or these, as somebody, and return what should not have happened. The stage is changed by it."""
    run = await begin(stage, routes)
    return await _one(run, run.roles[title], reach)


async def _one(run: Run, role: Role, reach: Reach) -> list[Breach]:
    stage, theirs = run.stage, run.stage.b.force.ref.id
    before = await stage.ground.digest(theirs), await _not_theirs(stage, role)
    # Who triages may take any task, and sees its case from then on: that comes last, but for what shuts one's own account.
    for route in sorted(run.routes, key=lambda route: (route.shuts, "/tasks/" in route.path)):
        await served(run, route, role)
        await strangers(run, route, role)
        await slots(run, route, role)
        await forged(run, route, role)
        if reach is not Reach.ASKED:
            await along(run, route, role, reach)
    if (await stage.ground.digest(theirs), await _not_theirs(stage, role)) != before:
        run.breach(run.routes[0], role, "everything", "rows of another force or another victim changed")
    return run.breaches


async def _not_theirs(stage: Stage, role: Role) -> str:
    """Return a digest of what belongs to the other case, for those who have nothing to do with it."""
    if role.at == "a" and role.name not in {"vera", "wanda", "officer", "admin"}:
        return ""
    case, person = stage.a.ids["other_case"], stage.a.ids["xenia"]
    return await stage.ground.digest(
        stage.a.force.ref.id, where=f"(t::text like '%{case}%' or t::text like '%{person}%')"
    )
