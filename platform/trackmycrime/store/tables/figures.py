"""A force's figures by month, for its own administrators."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from trackmycrime.store.tables.keys import made, to_force, unique
from trackmycrime.tx.tables import ForceTable, Holds, of_force


class MonthlyFigure(ForceTable):
    """A count of a month and a unit: nothing of any case, so that it stays when cases are deleted."""

    __table_args__ = of_force(
        Holds.FORCE,
        "counts of a month by unit, written by the force's own job; they stay when the cases they are of are deleted",
        to_force(),
        unique("uq_monthly_figure", "month", "unit", "name"),
    )
    month: Mapped[date] = mapped_column(comment="its first day")
    unit: Mapped[str] = mapped_column(Text, comment="of the officer in the case; empty: none, or the whole force")
    name: Mapped[str] = mapped_column(Text, comment="what is counted")
    number: Mapped[int] = mapped_column(comment="exact: what of it may be shown is decided when it is read")
    counted_at: Mapped[datetime] = made()
