"""Every deed that the code records has its words and its group: nobody reads a name of ours in the audit."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from trackmycrime.domain.auditing.deeds import ABOUT_VICTIMS, DEEDS, LOOKS, Group
from trackmycrime.domain.cases.account import Shut
from trackmycrime.domain.ingest.first_load import State
from trackmycrime.domain.retention import certificates, rights
from trackmycrime.domain.task_kinds import TaskKind
from trackmycrime.web.admin import audit_words

PACKAGE = Path(__file__).parents[2] / "platform" / "trackmycrime"
# Names that are made of pieces, by how they stand in the code: what each of them can become.
PIECES: Mapping[str, frozenset[str]] = {
    "f'account.{why}'": frozenset(f"account.{why}" for why in Shut),
    "f'data_request.{what}'": frozenset({"data_request.asked", "data_request.cancelled"}),
    "f'event.{row.state}'": frozenset({"event.applied", "event.held"}),
    "f'first_load.{to}'": frozenset(f"first_load.{to}" for to in State if to is not State.DONE),
    "f'notification.{state}'": frozenset({"notification.sent", "notification.dead"}),
    "f'{kind}.sent'": frozenset(
        f"{kind}.sent" for kind in (TaskKind.MESSAGE, TaskKind.UPDATE_REQUEST, TaskKind.CALL_REQUEST)
    ),
    "f'rights.{state}'": frozenset(f"rights.{state}" for state in rights.State if state is not rights.State.OPEN),
    "DEED": frozenset({certificates.DEED}),
    "what": frozenset(),  # `audit.record` itself hands on what it is given
}


def named(call: ast.Call) -> ast.expr | None:
    """Return the name of a deed in a call that records one."""
    function = ast.unparse(call.func)
    arguments = {keyword.arg: keyword.value for keyword in call.keywords}
    if function in {"audit.record", "record"}:
        return arguments.get("what") or (call.args[1] if len(call.args) > 1 else None)
    if function in {"Deed", "audit.Deed"}:
        return arguments.get("what") or call.args[0]
    return None


def literal(name: ast.expr) -> Iterator[str]:
    """Return every text that a name can be."""
    if isinstance(name, ast.Constant):
        yield str(name.value)
    elif isinstance(name, ast.IfExp):
        yield from literal(name.body)
        yield from literal(name.orelse)
    else:
        yield from PIECES[ast.unparse(name)]


def recorded() -> dict[str, str]:
    """Return every deed that the code records, with a file that does."""
    found: dict[str, str] = {}
    for path in sorted((PACKAGE / "domain").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            name = named(node) if isinstance(node, ast.Call) else None
            if name is not None:
                found |= dict.fromkeys(literal(name), path.name)
    return found


def test_only_the_domain_records_deeds() -> None:
    elsewhere = [
        path.name
        for folder in ("web", "jobs", "cli", "store", "kit")
        for path in (PACKAGE / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.record", "audit.record_all", "audit.Deed"}
    ]
    assert elsewhere == []


def test_every_deed_that_is_recorded_has_its_words_and_its_group() -> None:
    found = recorded()
    assert len(found) > 110
    assert {deed: file for deed, file in found.items() if deed not in DEEDS} == {}, "put it into domain/auditing/deeds"
    assert DEEDS.keys() - found.keys() == set(), "nobody records these"
    assert audit_words.deeds().keys() == DEEDS.keys(), "say it in web/admin/audit_words"


def test_words_are_words() -> None:
    said = audit_words.deeds()
    assert [deed for deed, words in said.items() if "_" in words or "." in words or not words[0].isupper()] == []
    assert audit_words.groups().keys() == set(Group)
    assert DEEDS.keys() >= ABOUT_VICTIMS | set(LOOKS)
