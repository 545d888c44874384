"""What becomes of records that wait in a force of the stage: some wait, some are put aside, one was corrected before."""

from tests.isolation.canaries import Whose
from tests.isolation.side import Side
from trackmycrime.domain.ingest import settling
from trackmycrime.domain.ingest.batch import correction_place, said
from trackmycrime.kit.time import now
from trackmycrime.store import arrivals, first_load, waiting
from trackmycrime.store.cases import rows as case_rows
from trackmycrime.store.waiting import ListedRow
from trackmycrime.tx import ForceTx


async def settle(side: Side) -> None:
    """Let staff look after what waits, and the service remember a silence and a first load."""
    async with side.door.open(side.employee("colleague")) as tx:
        found, _number = await settling.page(tx, 1)
        on_case = [row for row in found if row.case_id]
        astray = [row for row in found if not row.case_id]
        side.ids["case_event"], side.ids["event"], side.ids["aside_event"] = on_case[0].id, astray[0].id, astray[1].id
        await settling.dismiss(tx, on_case[1].id, side.say(Whose.NOTE, "event", "why"))
        await settling.dismiss(tx, astray[1].id, "Sent twice")
        await _correct(tx, on_case[1])
    side.ids["used_event"] = await side.one(
        "select id from app.event where force_id = $1 and state = 'applied' order by id limit 1"
    )
    async with side.door.open(side.employee("admin")) as tx:
        await arrivals.raise_alert(tx, now())
        alert = await arrivals.alert(tx)
        assert alert is not None
        await arrivals.end_alert(tx, alert.id)
        await first_load.begin(tx, 100, side.ids["admin"])
        await first_load.move(tx, ["running"], "stopped", None)


async def _correct(tx: ForceTx, listed: ListedRow) -> None:
    """Keep what an event says as its correction too."""
    row, folded = await waiting.content(tx, listed.id), listed.folded_reference or ""
    case = (await case_rows.lock(tx, {folded: listed.reference or ""}))[folded]
    assert row is not None
    sealed = tx.keys.unwrap(case.data_key or b"").seal(said(tx, row, case), correction_place(row.id))
    await waiting.correct(tx, row.id, sealed, row.content, row.case_id, row.happened_at, tx.actor.id)
