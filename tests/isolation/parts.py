"""The parts of the suite that can be run by themselves, by name: a mutant names those that have to notice it."""

from collections.abc import Awaitable, Callable, Mapping

from tests.isolation import deeds, impostors, matrix, staff_in, unsent, ways_in
from tests.isolation.ledger_nation import LEDGER
from tests.isolation.matrix import Breach, Reach
from tests.isolation.stage import Stage


def _of_matrix(role: str, *paths: str) -> Callable[[Stage], Awaitable[list[Breach]]]:
    routes = [route for route in LEDGER if route.path in paths]

    async def run(stage: Stage) -> list[Breach]:
        return await matrix.whole(stage, role, routes=routes, reach=Reach.ASKED)

    return run


def _of_impostors(group: str) -> Callable[[Stage], Awaitable[list[Breach]]]:
    async def run(stage: Stage) -> list[Breach]:
        return await impostors.refused(stage, group)

    return run


def _of_ways(group: str) -> Callable[[Stage], Awaitable[list[Breach]]]:
    return lambda stage: ways_in.refused(stage, group)


def _of_staff(group: str) -> Callable[[Stage], Awaitable[list[Breach]]]:
    return lambda stage: staff_in.refused(stage, group)


_CASE, _TASK = "/staff/cases/{case_id:uuid}", "/staff/tasks/{task_id:uuid}"
PARTS: Mapping[str, Callable[[Stage], Awaitable[list[Breach]]]] = {
    "deeds": deeds.refused,
    **{f"impostors' {group}": _of_impostors(group) for group in impostors.GROUPS},
    "a victim chooses": _of_matrix("vera of a", "/cases/{case_id:uuid}/choice", "/cases"),
    "a victim reads": _of_matrix("vera of a", "/messages", "/progress", "/property", "/settings"),
    "a victim takes away": _of_matrix("vera of a", "/my-case", "/my-case/copies", "/my-case/data-requests/files"),
    "a reporter reads": _of_matrix("rita of a", "/reports/{case_id:uuid}", "/cases", "/settings"),
    "a victim writes": _of_matrix("vera of a", "/messages"),
    "a victim ends a session": _of_matrix("vera of a", "/settings/sessions/{session_id:uuid}/ending"),
    "a victim removes": _of_matrix("vera of a", "/settings/sign-in/factors/{factor_id:uuid}/removal"),
    **{f"ways in: {group}": _of_ways(group) for group in ways_in.GROUPS},
    **{f"staff in: {group}": _of_staff(group) for group in staff_in.GROUPS},
    "a victim keeps": _of_matrix("vera of a", "/messages/drafts"),
    "what was not sent": unsent.refused,
    "a victim among staff": _of_matrix("vera of a", "/staff/inbox", "/staff", "/admin"),
    "a visitor": _of_matrix("visitor", "/messages", "/staff/inbox", "/admin"),
    "an officer reads": _of_matrix("officer of a", _CASE),
    "an officer writes": _of_matrix("officer of a", f"{_CASE}/updates", f"{_CASE}/replies"),
    "an officer helps": _of_matrix("officer of a", f"{_CASE}/people/{{person_id:uuid}}/reset"),
    "an officer works": _of_matrix("officer of a", f"{_TASK}/claims", f"{_TASK}/completions", f"{_TASK}/forwardings"),
    "an officer is away": _of_matrix("officer of a", "/staff/deputies/{deputy_id:uuid}/ending"),
    "an administrator imports": _of_matrix("admin of a", "/admin/staff/import/{import_id:uuid}"),
    "an officer's inbox": _of_matrix("officer of a", "/staff/inbox", "/staff"),
    "the hub reads": _of_matrix("hub of a", _CASE),
    "lists": deeds.lists,
    "a stranger's cookie": _of_matrix("vera of b", "/messages"),
    "a visitor at the API": _of_matrix("visitor", "/api/v1/events", "/api/v1/crimes"),
}
