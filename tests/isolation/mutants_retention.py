"""The checks on erasing somebody, and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

RETENTION = (
    M("two people for an erasure", "domain.retention.rights:decide", "row.made_by == tx.actor.id", "False", ("deeds",)),
    M(
        "nobody is erased on hold",
        "domain.retention.erasing:erase",
        "await holds.on_person(tx, person_id)",
        "False",
        ("deeds",),
    ),
)
