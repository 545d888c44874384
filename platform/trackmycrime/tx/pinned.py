"""Statements whose plan knows the force: for what every page asks, where a plan made for all forces costs more than its work."""

import re
from uuid import UUID

_ARGUMENT = re.compile(r"\$(\d+)")


class Pinned(str):
    """A statement of which each connection keeps one plan for each force.

    A plan for every force locks all their partitions and picks the right one, table by table, each time it is used; with the
    force written into the statement PostgreSQL sees one partition from the start (platform/decisions/0006). Only for the few
    statements of the busiest pages: the plans that a connection keeps are as many as these times the forces.

    A pinned statement only reads, and locks nothing: before a transaction has begun it is asked by itself.
    """

    __slots__ = ("_alone", "_texts")

    def __init__(self, _text: str) -> None:
        self._texts: dict[UUID, str] = {}
        self._alone: dict[UUID, str] = {}

    def of(self, force_id: UUID) -> str:
        """Return the statement with a force in the place of $1; the other arguments move up by one."""
        found = self._texts.get(force_id)
        if found is None:
            places = {"1": f"'{force_id}'::uuid"}
            found = _ARGUMENT.sub(lambda place: places.get(place[1]) or f"${int(place[1]) - 1}", self)
            self._texts[force_id] = found
        return found

    def alone(self, force_id: UUID) -> str:
        """Return the statement as one that binds itself to the force before it reads, as long as it lasts and no longer.

        What depends on no row PostgreSQL asks first, and goes on only if it is so. Were a policy ever looked at before, that
        would be an error: where no force is bound nothing can be read.
        """
        found = self._alone.get(force_id)
        if found is None:
            bound = f"(select set_config('app.force_id', '{force_id}', true)) is not null"
            found = self._alone[force_id] = f"select * from ({self.of(force_id)}) asked where {bound}"
        return found
