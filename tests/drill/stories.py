"""Fifty crimes as a record system tells them: 1,000 events of every type, the same whoever pushes them in whatever order."""

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from tests.cast import Victim

CASES, EVENTS = 50, 1000
_DAY_ONE = datetime(2026, 6, 1, 9, tzinfo=UTC)
_STAGES = ("investigation", "charged", "trial", "sentenced")
_OFFENCES = ("Theft of pedal cycle", "Burglary in a dwelling", "Theft from a shop", "Criminal damage to a vehicle")


def stories(cases: int = CASES, events: int = EVENTS) -> list[dict[str, Any]]:
    """Return all events, each case's after the other's."""
    return [told for number in range(cases) for told in _Story(number).tell(events // cases)]


class _Story:
    """One crime. Every fifth has two victims, every seventh a proxy; every tenth victim has a second crime."""

    def __init__(self, number: int) -> None:
        self._number, self._told = number, 0
        self._reference = f"OR/{number:04d}/26"
        self._two, self._proxy, self._found_later = number % 5 == 0, number % 7 == 3, number % 10 == 5
        self._who = number - 1 if number % 10 == 9 else number
        self._victims = [_person(self._who)]
        if self._two:
            self._victims.append(_person(1000 + number))
        self._deputy = _person(2000 + number)

    def tell(self, events: int) -> list[dict[str, Any]]:
        """Return the crime, what changed of its victims, and then what happened, in turn, until there are so many events."""
        begun = [self._crime(1), self._crime(2), self._victim_changed(1), self._victim_changed(2)]
        if self._two:
            begun.append(self._victim_changed(1, second=True))
        happened = cycle(
            (
                self._update,
                self._officer,
                self._stage,
                self._update,
                self._property,
                self._hearing,
                self._update,
                self._closed,
                self._outcome,
                self._reopened,
            )
        )
        return begun + [make() for make in islice(happened, events - len(begun))]

    def _event(self, kind: str, /, **more: object) -> dict[str, Any]:
        self._told += 1
        at = _DAY_ONE + timedelta(days=self._told * 3, minutes=self._number)
        name = f"{self._number:03d}-{self._told:03d}"
        return {"id": name, "type": kind, "time": at.isoformat(), "crime": self._reference, **more}

    def _crime(self, version: int) -> dict[str, Any]:
        victims = [_as_event(victim, self._who) for victim in self._victims]
        if self._two and self._found_later:
            victims = victims[:1]
        if self._proxy:
            victims.append(
                _as_event(self._deputy, self._who, role="proxy", proxy_for=self._victims[0].person, consent="opted_out")
            )
        return self._event(
            "crime.recorded",
            version=version,
            offence={"title": _OFFENCES[self._number % 4]},
            reported_at=(_DAY_ONE + timedelta(days=self._number % 9, hours=version)).isoformat(),
            summary=f"What happened in case {self._number}, version {version}.",
            victims=victims,
            officer=_officer(self._number, "as recorded"),
            property=[
                {"id": "a", "description": f"Bicycle, version {version}", "status": "missing", "value_pence": 900}
            ],
        )

    def _victim_changed(self, version: int, *, second: bool = False) -> dict[str, Any]:
        victim = self._victims[-1 if second else 0]
        language = "cy" if self._number % 3 == 0 else "en"
        return self._event(
            "victim.changed",
            version=version,
            victim=_as_event(victim, self._who, email=f"{version}.{victim.email}", language=language),
        )

    def _update(self) -> dict[str, Any]:
        """Every update on a crime with two victims says whom it is for, but one, which waits for somebody to say so."""
        nobody = self._told % 9 == 0 and not self._found_later
        to = [self._victims[self._told % 2].person] if self._two and not nobody else None
        return self._event(
            "update.published",
            text=f"Update {self._told} on case {self._number}.",
            kind=("note", "arrest", "bail")[self._told % 3],
            **({"to": to} if to else {}),
        )

    def _officer(self) -> dict[str, Any]:
        return self._event("officer.assigned", officer=_officer(self._number + self._told, f"after {self._told}"))

    def _stage(self) -> dict[str, Any]:
        told = {} if self._two or self._told % 2 else {"text": f"Stage {self._told} on case {self._number}."}
        return self._event("stage.changed", stage=_STAGES[self._told % 4], **told)

    def _property(self) -> dict[str, Any]:
        items = [
            {"id": name, "description": f"Item {name} as of {self._told}", "status": status}
            for name, status in (("a", "recovered"), ("b", "damaged"))
        ]
        return self._event("property.recorded", items=items)

    def _hearing(self) -> dict[str, Any]:
        at = _DAY_ONE + timedelta(days=200 + self._told)
        return self._event("hearing.listed", court=f"Court {self._told}", hearing_type="Trial", at=at.isoformat())

    def _outcome(self) -> dict[str, Any]:
        return self._event("outcome.recorded", code=1 + (self._number + self._told) % 22)

    def _closed(self) -> dict[str, Any]:
        return self._event("crime.closed")

    def _reopened(self) -> dict[str, Any]:
        return self._event("crime.reopened")


def _person(number: int) -> Victim:
    return Victim("Vera", f"Vance{number}", "", f"v{number}@example.org", f"person-{number}")


def _as_event(person: Victim, number: int, **more: object) -> dict[str, object]:
    """Whether somebody may be invited is the same in all that is said of them: an invitation, once sent, is history."""
    facts = {"suitability": "not_assessed"} if number % 11 == 4 else {}
    safety = ["stalking"] if number % 13 == 6 else None if number % 4 == 3 else []
    return person.as_event(safety=safety, **facts, **more)


def _officer(number: int, unit: str) -> dict[str, object]:
    collar = f"C{number % 12:03d}"
    return {"collar_number": collar, "name": f"Officer {collar}", "role": "PC", "unit": unit}
