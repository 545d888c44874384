"""A force says itself how it uses the service: a draft that nobody else sees, its review, its publication, its history.

All its administrators share one draft. Whoever saves says which change they saw last, so that nobody overwrites what they
have not seen. What is published is written down as a version that never changes, and any of them can be taken up again.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec import Struct, structs

from trackmycrime.domain import audit
from trackmycrime.domain.tenancy import configuration as schema
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.plan import Change, difference
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import configurations as rows
from trackmycrime.store.configurations import CurrentRow, VersionRow
from trackmycrime.tx import ForceTx

LONGEST_WHY = 300
_ENDLESS = 1_000_000_000  # no force publishes so often, and no column holds much more


class ChangedMeanwhile(Conflict):
    """Somebody else has changed the draft, or published it, since it was looked at. `name` is who has changed it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s has changed these settings since you opened this page. Look again before you save.", name=name)
            if name
            else _("The settings were published since you opened this page. Look again before you save.")
        )
        self.name = name


class Draft(Struct, frozen=True):
    """The settings as they are with all that was changed and not published.

    `revision` counts for ever, through publishing and giving up, so that an old page never fits a new draft. `changes` are
    what publishing would change; `problems` what keeps it from being published, by the path of the setting.
    """

    configuration: Configuration
    revision: int
    changed_at: datetime | None
    changed_by: str
    changes: tuple[Change, ...]
    problems: dict[str, str]


class Version(Struct, frozen=True):
    """A configuration that was published. `by` is "" where it was the service or an operator."""

    number: int
    published_at: datetime
    by: str
    why: str
    configuration: Configuration


async def draft(tx: ForceTx) -> Draft:
    """Return the draft, which is what is used now while nothing is changed."""
    used, found = _read((await rows.current(tx)).content), await rows.draft(tx)
    if found is None or found.content is None:
        return Draft(used, found.revision if found else 0, None, "", (), {})
    changed = _of_this_force(_read(found.content), used)
    return Draft(
        changed, found.revision, found.changed_at, found.name, difference(used, changed), schema.problems(changed)
    )


async def save(tx: ForceTx, changed: Configuration, revision: int) -> None:
    """Keep a change in the draft. `revision` is that of the draft that was looked at.

    Raises Invalid for what could never be published, by the path of the setting, and ChangedMeanwhile.
    """
    problems = schema.problems(changed)
    if problems:
        raise Invalid(problems)
    used = _read((await rows.current(tx)).content)
    if not await rows.save(tx, _content(_of_this_force(changed, used)), revision):
        await _refuse(tx)
    await audit.record(tx, "configuration.changed", revision=revision + 1)


async def change(tx: ForceTx, revision: int, changed: Callable[[Configuration], Configuration]) -> None:
    """Keep in the draft what `changed` makes of it. Raises as `save` does, and what `changed` raises."""
    seen = await draft(tx)
    if seen.revision != revision:
        await _refuse(tx)
    await save(tx, changed(seen.configuration), revision)


async def discard(tx: ForceTx, revision: int) -> None:
    """Give up all that was changed and not published. Raises ChangedMeanwhile."""
    if not await rows.save(tx, None, revision):
        await _refuse(tx)
    await audit.record(tx, "configuration.discarded", revision=revision)


async def publish(tx: ForceTx, revision: int, why: str) -> int:
    """Publish the draft that was looked at, and return the number of its version: from then on everybody sees it.

    Raises Invalid without a reason or while something keeps it from being published, ChangedMeanwhile, and NotFound when
    nothing is changed.
    """
    told, shown = _clean(why), await draft(tx)
    if not shown.changes:
        raise NotFound(_("Nothing is changed, so there is nothing to publish"))
    if shown.problems:
        raise Invalid(shown.problems)
    if not await rows.save(tx, None, revision):
        await _refuse(tx)
    used = await rows.current(tx)
    await rows.add(tx, used.number, msgspec.json.decode(used.content, type=dict[str, object]))
    return await _publish(tx, used, shown.configuration, told)


async def _publish(tx: ForceTx, used: CurrentRow, configuration: Configuration, why: str) -> int:
    number, content = used.number + 1, _content(configuration)
    if not await rows.publish(tx, configuration.name, content, number):
        raise ChangedMeanwhile("")
    await rows.add(tx, number, content, by=tx.actor.id, why=tx.keys.own().seal(why.encode(), place(number)))
    await audit.record(tx, "configuration.published", version=number)
    return number


async def history(tx: ForceTx) -> list[Version]:
    """Return what was published, newest first."""
    return [_version(tx, row) for row in await rows.versions(tx)]


async def version(tx: ForceTx, number: int) -> Version:
    """Return a version. Raises NotFound."""
    found = await rows.versions(tx, number=number) if number < _ENDLESS else []
    if not found:
        raise NotFound(_("Page not found"))
    return _version(tx, found[0])


async def take_up(tx: ForceTx, number: int, revision: int) -> None:
    """Make the draft what a version was: it is looked at and published like any other change.

    Raises NotFound, ChangedMeanwhile, and Invalid where what it was may not be published any more.
    """
    await save(tx, (await version(tx, number)).configuration, revision)


def _version(tx: ForceTx, row: VersionRow) -> Version:
    why = tx.keys.own().open(row.why, place(row.number)).decode() if row.why else ""
    return Version(row.number, row.published_at, row.name, why, _read(row.content))


async def _refuse(tx: ForceTx) -> None:
    found = await rows.draft(tx)
    raise ChangedMeanwhile(found.name if found else "")


def _clean(why: str) -> str:
    told = " ".join(why.split())
    if not told:
        raise Invalid({"why": _("Say why: it stays beside this change in the history")})
    if len(told) > LONGEST_WHY:
        raise Invalid({"why": _("This must be %(number)s characters or fewer", number=LONGEST_WHY)})
    return told


def _of_this_force(changed: Configuration, used: Configuration) -> Configuration:
    """Return a configuration that says neither which force it is nor whether it is live: that is not a force's to say."""
    return structs.replace(changed, slug=used.slug, live=used.live)


def place(number: int) -> bytes:
    """Return the place that the reason for a version is sealed for."""
    return b"configuration_version.why " + str(number).encode()


def _content(configuration: Configuration) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(configuration)
    return found


def _read(content: str) -> Configuration:
    return msgspec.json.decode(content, type=Configuration)
