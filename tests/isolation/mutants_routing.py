"""The checks on what waits for one unit of a force, and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

ROUTING = (
    M(
        "a unit's tasks in its own inbox",
        "store.tasks:_MINE",
        "t.unit = (select s.unit from app.staff s where s.force_id = $1 and s.id = $2)",
        "true",
        ("an officer's inbox",),
    ),
    M(
        "counted for one's own unit",
        "store.tasks:_COUNT_MINE",
        "t.unit = (select s.unit from app.staff s where s.force_id = $1 and s.id = $2)",
        "true",
        ("lists",),
    ),
    M(
        "tasks of one's own unit",
        "domain.tasks:_waits_for_own_unit",
        "row.unit == (await staff.by_id(tx, tx.actor.id)).unit",
        "True",
        ("an officer works", "deeds"),
    ),
)
