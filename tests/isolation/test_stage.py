"""The stage itself: no table is empty, and every text of every table has its canary, in both forces."""

import pytest

from tests.isolation.canaries import found
from tests.isolation.sealed import SEALED, marks
from tests.isolation.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Columns that cannot hold a canary: the database itself takes nothing but these few words in them.
CANNOT = {
    "admin_request.state": "open, approved, refused, lapsed",
    "account.state": "open, frozen, closed",
    "audit_check.fault": "missing, removed, changed, altered, rewritten, cut",
    "challenge.purpose": "authenticator_new, passkey_new, passkey_use",
    "case_person.consent": "opted_in, opted_out",
    "case_person.proxy_kind": "parent, guardian, spokesperson, named_contact",
    "case_person.role": "victim, reporter, proxy",
    "case_person.suitability": "suitable, unsuitable, not_assessed",
    "data_request.state": "waiting, cancelled, ready, deleted",
    "client.may": "send, collect, read",
    "client_key.kind": "secret, public_key",
    "deletion.what": "cases, people, records, notifications, erasure",
    "event.state": "applied, held, dismissed",
    "factor.kind": "passkey, authenticator, card, text",
    "first_load.state": "running, paused, stopped, done",
    "gone.kind": "case, person",
    "invite.state": "open, used, died, expired, withdrawn",
    "looked_at.part": "features, crimes, wording, routing, retention",
    "notification.channel": "email, text",
    "notification.state": "queued, leased, sent, dropped, dead",
    "property_item.status": "missing, damaged, recovered",
    "provider_sign_in.purpose": "sign_in, trial",
    "reset.state": "open, used, withdrawn",
    "rights_request.kind": "access, correction, erasure",
    "rights_request.state": "open, granted, refused",
    "rights_request.via": "letter, email, telephone, in_person",
    "session.browser": "chrome, edge, firefox, safari, other",
    "session.kind": "victim, staff",
    "staff.role": "none, officer, supervisor, hub, admin",
    "staff_factor.kind": "passkey, authenticator",
    "step.what": "stage, outcome, closed, reopened",
    "person.own_language": "en, cy",
    "text_code.purpose": "number, sign_in",
    "text_code.state": "open, used, died, withdrawn",
    "timeline_entry.audience": "everyone, named, staff",
    "timeline_entry.kind": "update, message, reply, notice, note",
}
# Sealed, and nothing but numbers.
NUMBERS = {"person.own_hours"}


async def test_every_text_of_every_table_has_its_canary(stage: Stage) -> None:
    columns = {f"{table}.{column}" for table, column, _kind in stage.ground.texts}
    assert CANNOT.keys() <= columns & stage.ground.listed, "only what a check constraint lists cannot hold a canary"
    assert len(columns) > 70
    for side in (stage.a, stage.b):
        assert columns - CANNOT.keys() - await stage.ground.holds(side) == set(), side.letter
        for column in SEALED:
            assert {mark[0] for mark in await marks(side, column)} == {side.letter}, column


async def test_every_column_that_says_it_is_sealed_is_opened_here(stage: Stage) -> None:
    sql = """select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
             where c.relnamespace = 'app'::regnamespace and col_description(c.oid, a.attnum) like 'sealed%'"""
    assert {row[0] for row in await stage.ground.connection.fetch(sql)} == SEALED.keys() | NUMBERS


async def test_a_canary_is_known_however_it_is_written() -> None:
    for text in (b"canary-av-x", b"CANARYAVPERSON", b"canary_av_y", b"Canary%2Dav", b"canary&#45;av"):
        assert found(text) == {"av"}, text
    assert found(b"canaries of Avonside") == set()


async def test_a_stage_that_was_changed_is_brought_back(stage: Stage) -> None:
    side = stage.a
    before = await stage.ground.digest(side.force.ref.id)
    await side.world.ask(side.slug, "delete from app.session where force_id = $1 returning 1")
    await side.world.ask(side.slug, "update app.task set why = '[\"changed\"]' where force_id = $1 returning 1")
    assert await stage.ground.digest(side.force.ref.id) != before
    await stage.restore()
    assert await stage.ground.digest(side.force.ref.id) == before
