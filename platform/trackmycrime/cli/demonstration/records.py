"""A story as the force's record system tells it: the contract's events, each with the moment it reaches us."""

from collections import Counter
from datetime import datetime
from itertools import count
from random import Random

from msgspec import Struct, structs

from trackmycrime.cli.demonstration import stories as s
from trackmycrime.cli.demonstration.clock import earlier, moments, sitting
from trackmycrime.cli.demonstration.forces import Setting
from trackmycrime.cli.demonstration.people import Cast, DemoStaff


class Arrival(Struct, frozen=True):
    """An event, when it reaches us, and whether the contract has us hold it."""

    at: datetime
    event: dict[str, object]
    held: bool


class RecordSystem:
    """One force's record system: gives crimes their references and tells their stories as events."""

    def __init__(
        self, force: Setting, cast: Cast, officers: tuple[DemoStaff, ...], rng: Random, today: datetime
    ) -> None:
        self._force, self._rng, self._today = force, rng, today
        self.cast, self.officers = cast, officers
        self._numbers = count(rng.randrange(100_000, 900_000))
        self.references: dict[str, str] = {}

    def tell(self, story: s.Story) -> list[Arrival]:
        """Every event of one crime, duplicates included; a story not yet recorded lacks its first."""
        steps = sorted(story.steps, key=lambda step: -step.ago)
        recorded, *times = moments([story.ago, *(step.ago for step in steps)], self._today, self._rng)
        reported = earlier(recorded, self._rng.randrange(12, 50))
        reference = self.references[story.key] = self._reference(reported)
        words = self.words(story)
        first = self._event(recorded, reference, self._record(story, reported, words))
        arrivals = [Arrival(recorded, first, held=False)]
        versions = Counter[str]()
        for step, at in zip(steps, times, strict=True):
            event = self._event(at, reference, self._said(story, step, words))
            if isinstance(step, s.Assigned | s.Moved | s.Changed):
                versions[str(event["type"])] += 1
                event["version"] = versions[str(event["type"])]
            arrivals += self._travel(Arrival(at, event, held=_unclear(story, step)), step.travel, recorded)
        return arrivals if story.recorded else arrivals[1:]

    def words(self, story: s.Story) -> dict[str, str]:
        """Fill the blanks of a story's texts; there is no `officer` or `name` when nobody has the case."""
        words = {
            "street": self._rng.choice(self._force.streets),
            "place": self._rng.choice(self._force.towns),
            "cycles": self._force.cycles,
            "cafe": self._force.cafe,
            "grocer": self._force.grocer,
            "court": self._force.magistrates,
            "crown": self._force.crown,
            "year": str(self._today.year),
        }
        if story.officer is not None:
            officer = self.officers[story.officer]
            words |= {"officer": f"{officer.rank} {officer.name}", "name": officer.name}
        return words

    def _reference(self, reported: datetime) -> str:
        first = self._force.crimes_a_day * (reported.timetuple().tm_yday - 1) + 1
        used = set(self.references.values())
        while True:
            number = first + self._rng.randrange(self._force.crimes_a_day)
            reference = f"{self._force.prefix}/{number:06d}/{reported:%y}"
            if reference not in used:
                return reference

    def _event(self, at: datetime, reference: str, fields: dict[str, object]) -> dict[str, object]:
        number = f"{self._force.prefix}E{next(self._numbers):08d}"
        return {"id": number, "type": fields["type"], "time": at.isoformat(), "crime": reference} | fields

    def _record(self, story: s.Story, reported: datetime, words: dict[str, str]) -> dict[str, object]:
        fields: dict[str, object] = {
            "type": "crime.recorded",
            "offence": structs.asdict(story.offence),
            "reported_at": reported.isoformat(),
            "summary": story.summary.format(**words),
            "area": words["place"],
        }
        if story.officer is not None and not any(isinstance(step, s.Assigned) for step in story.steps):
            fields["officer"] = _officer(self.officers[story.officer])
        fields["victims"] = [self.cast.victim(part) for part in story.parts]
        if story.goods:
            fields["property"] = self._items(story, story.goods)
        return fields

    def _said(self, story: s.Story, step: s.Telling, words: dict[str, str]) -> dict[str, object]:
        said: dict[str, object]
        match step:
            case s.Said(text=text):
                said = self._update(story, step, text.format(**words))
            case s.Moved():
                said = _stage(step, words)
            case s.Assigned(further=further):
                officer = self.officers[((story.officer or 0) + further) % len(self.officers)]
                said = {"type": "officer.assigned", "officer": _officer(officer)}
            case s.Listed():
                said = self._hearing(step, words)
            case s.Ended(code=code, text=text):
                said = {"type": "outcome.recorded", "code": code, "text": text}
            case s.Found(items=items):
                said = {"type": "property.recorded", "items": self._items(story, items)}
            case s.Changed(part=part):
                said = {"type": "victim.changed", "victim": self.cast.victim(part)}
            case s.Shut(text=text):
                said = {"type": "crime.closed", "text": text}
            case s.Reopened(text=text):
                said = {"type": "crime.reopened", "text": text}
        return said

    def _update(self, story: s.Story, step: s.Said, text: str) -> dict[str, object]:
        fields: dict[str, object] = {"type": "update.published", "text": text, "kind": step.kind}
        if step.to:
            fields["to"] = [self.cast.identity(part).person for part in story.parts if part.key in step.to]
        if step.language != "en":
            fields["language"] = step.language
        return fields

    def _hearing(self, step: s.Listed, words: dict[str, str]) -> dict[str, object]:
        when = step.when
        return {
            "type": "hearing.listed",
            "court": self._force.crown if step.court == "crown" else self._force.magistrates,
            "hearing_type": step.hearing_type,
            "at": when.format(**words) if isinstance(when, str) else sitting(self._today, when).isoformat(),
        }

    def _items(self, story: s.Story, goods: tuple[s.Goods, ...]) -> list[dict[str, object]]:
        number = self.references[story.key].replace("/", "")
        return [_item(item, number) for item in goods]

    def _travel(self, arrival: Arrival, travel: s.Travel, recorded: datetime) -> list[Arrival]:
        later = structs.replace(arrival, at=earlier(self._today, self._rng.randrange(1, 9)), event=dict(arrival.event))
        match travel:
            case "prompt":
                return [arrival]
            case "early":
                return [structs.replace(arrival, at=earlier(recorded, 3))]
            case "late":
                return [later]
            case "twice":
                return [arrival, later]


def _officer(staff: DemoStaff) -> dict[str, object]:
    return {
        "collar_number": staff.collar_number,
        "name": staff.name,
        "role": staff.rank,
        "unit": staff.unit,
        "email": staff.email,
    }


def _stage(step: s.Moved, words: dict[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {"type": "stage.changed", "stage": step.stage}
    return fields if step.text is None else fields | {"text": step.text.format(**words)}


def _item(goods: s.Goods, number: str) -> dict[str, object]:
    fields: dict[str, object] = {"id": f"{number}-{goods.key}"}
    return fields | {name: value for name, value in structs.asdict(goods).items() if name != "key" and value}


def _unclear(story: s.Story, step: s.Telling) -> bool:
    """Whether it must wait: nobody knows the crime, whom an update is for, or what day is meant."""
    nobody_named = isinstance(step, s.Said) and len(story.parts) > 1 and not step.to
    return not story.recorded or nobody_named or (isinstance(step, s.Listed) and isinstance(step.when, str))
