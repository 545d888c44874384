"""How an entry of the ledger becomes a request: filled with one force's names, in one role, with one id exchanged."""

import re
from collections.abc import Mapping
from uuid import uuid4

from tests.cast import moment
from tests.isolation import names
from tests.isolation.ledger import For, Route, Slot
from tests.isolation.roles import Role
from tests.isolation.side import Side
from tests.isolation.stage import OPERATOR, Stage
from tests.isolation.wire import Sent, host
from trackmycrime.web.common.edge import Surface
from trackmycrime.web.common.visit import SESSION_COOKIE

_NAME = re.compile(r"\{(\w+)\}")
_PARAMETER = re.compile(r"\{(\w+):\w+\}")
_LABELS = {Surface.CONSOLE: "console", Surface.MAILBOX: "mailbox", Surface.APEX: ""}


def filled(stage: Stage, side: Side, text: str) -> str:
    """Return a text of the ledger with what its names stand for."""
    own = {
        "operator_email": OPERATOR,
        "operator_token": stage.invitation,
        "sent_id": str(stage.sent_id),
    }
    return _NAME.sub(lambda match: own.get(match[1]) or names.value(side, match[1]), text)


def label(route: Route, side: Side) -> str:
    """Return which site a route is asked on."""
    return _LABELS.get(route.surface, side.slug)


def inside(role: Role, route: Route, side: Side) -> bool:
    """Say whether a role's credentials are good where this route is; an access token is for the API alone."""
    if role.kind == "record_system" and route.of is not For.MACHINES:
        return False
    return role.at == {Surface.FORCE: side.letter, Surface.CONSOLE: "console"}.get(route.surface, "nowhere")


def call(
    stage: Stage,
    route: Route,
    role: Role,
    *,
    tame: bool = False,
    slot: Slot | None = None,
    sent: str = "",
    bare: bool = False,
    side: Side | None = None,
) -> Sent:
    """Return the right call of a route in a role; with a `slot`, what is `sent` there instead of the right id.

    A `bare` call leaves out the other ids of the form, which may be refused for reasons of their own.
    """
    on = side or stage.a
    site = host(label(route, on))

    def fill(text: str) -> str:
        return filled(stage, on, text)

    params = {name: fill(text) for name, text in route.params.items()}
    query = {name: fill(text) for name, text in route.query.items()}
    told = route.tame if tame and route.tame is not None else route.form
    form = {fill(name): fill(text) for name, text in told.items()} if told is not None else None
    if form is not None and bare:
        others = tuple(each.name for each in route.slots if each.place in {"form", "prefix"})
        form = {name: text for name, text in form.items() if not name.startswith(others)}
    event = _event(route.event, fill) if route.event else None
    match slot:
        case Slot(place="path"):
            params[slot.name] = sent
        case Slot(place="query"):
            query[slot.name] = sent
        case Slot(place="form") if form is not None:
            form[slot.name] = sent
        case Slot(place="prefix") if form is not None:
            form = {key: text for key, text in form.items() if not key.startswith(slot.name)} | {slot.name + sent: "on"}
        case Slot(place="event") if event is not None:
            event[slot.name] = [sent] if slot.name == "to" else sent
        case _:
            pass
    path = _PARAMETER.sub(lambda match: params[match[1]], route.path)
    if form is not None and role.csrf:
        form["_csrf"] = role.csrf
    return Sent(
        method=route.method,
        hosts=(site,),
        path=path,
        query=query,
        headers=_headers(route, role, site),
        cookies={SESSION_COOKIE: role.cookie} if role.cookie else {},
        form=form,
        file="" if tame and route.tame is not None else fill(route.file),
        json=[event] if event else None,
        echo=(*filter(None, (sent,)), *((str(event["id"]),) if event else ())),
    )


def _headers(route: Route, role: Role, site: str) -> Mapping[str, str]:
    headers = {} if route.path.startswith("/api/v1") else {"accept": "text/html"}
    if not route.safe:
        headers["origin"] = f"https://{site}"
    if role.bearer:
        headers["authorization"] = f"Bearer {role.bearer}"
    return headers


def _event(event: Mapping[str, object], fill: object) -> dict[str, object]:
    assert callable(fill)
    found: dict[str, object] = {}
    for name, value in event.items():
        found[name] = [fill(each) for each in value] if isinstance(value, list) else fill(value)  # pyright: ignore[reportUnknownVariableType]
    return {**found, "id": uuid4().hex, "time": moment()}


def loose(route: Route, sent: Sent, values: Mapping[str, str], *, places: frozenset[str]) -> Sent:
    """Send ids along where nothing asks for them: in the query, the form, the headers and the cookies."""
    taken = {slot.name for slot in route.slots} | {"reference", "q", "next", *(sent.form or {}), *sent.query}
    more = {f"{name}_id" if name in taken else name: value for name, value in values.items()}
    ids = {"id": next(iter(values.values())), "case_id": values.get("case", ""), "force_id": values.get("force", "")}
    more |= {name: value for name, value in ids.items() if value}
    changes: dict[str, object] = {"echo": (*sent.echo, *values.values())}
    if "query" in places:
        changes["query"] = {**sent.query, **more}
    if "form" in places and sent.form is not None:
        changes["form"] = {**sent.form, **more}
    if "header" in places:
        asked = host(values.get("slug", "nobody"))
        headers = {f"x-{name.replace('_', '-')}": value for name, value in more.items()}
        forwarded = {"x-forwarded-host": asked, "forwarded": f"host={asked}", "x-original-host": asked}
        changes["headers"] = {**headers, **forwarded, **sent.headers}
    if "cookie" in places:
        changes["cookies"] = {**more, **sent.cookies}
    return sent.with_(**changes)
