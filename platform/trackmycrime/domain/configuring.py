"""A force says itself how it uses the service: a draft that nobody else sees, its review, its publication, its history.

All its administrators share one draft. Whoever saves says which change they saw last, so that nobody overwrites what they
have not seen. What is published is written down as a version that never changes, and any of them can be taken up again.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import cast
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from trackmycrime.domain import audit
from trackmycrime.domain.cases import offences
from trackmycrime.domain.tenancy import configuration as schema
from trackmycrime.domain.tenancy import footer, wording
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.plan import Change, difference
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.words import _, language
from trackmycrime.store import configurations as rows
from trackmycrime.store import logos
from trackmycrime.store.configurations import CurrentRow, DraftRow, VersionRow
from trackmycrime.tx import ForceTx

LONGEST_WHY = 300
_KEPT = 2  # of each: whoever changes thousands of services looks at the same ones page after page
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


class NeedsAnother(Conflict):
    """Somebody else has to publish the draft: who wrote where a text leads does not send victims there alone."""

    def __init__(self) -> None:
        super().__init__(
            _("You wrote a link or an email address in a text. Somebody else has to look at it and publish.")
        )


class Draft(Struct, frozen=True):
    """The settings as they are with all that was changed and not published.

    `revision` counts for ever, through publishing and giving up, so that an old page never fits a new draft. `changes` are
    what publishing would change; `problems` what keeps it from being published, by the path of the setting. `led_by` says
    who last wrote each new text that leads somewhere, by its path: none of them may publish.
    """

    configuration: Configuration
    revision: int
    changed_at: datetime | None
    changed_by: str
    changes: tuple[Change, ...]
    problems: dict[str, str]
    led_by: dict[str, UUID] = {}


class Publication(Struct, frozen=True):
    """That a version was published. `by` is "" where it was the service or an operator."""

    number: int
    published_at: datetime
    by: str
    why: str


class Version(Publication, frozen=True):
    """A configuration that was published."""

    configuration: Configuration


async def draft(tx: ForceTx) -> Draft:
    """Return the draft, which is what is used now while nothing is changed."""
    used, found = (await rows.current(tx)).content, await rows.draft(tx)
    if found is None or found.content is None:
        return Draft(_read(used), found.revision if found else 0, None, "", (), {})
    changed, changes, problems = _compared(used, found.content, language())
    led_by = _led_by(found, _read(used), changed)
    return Draft(changed, found.revision, found.changed_at, found.name, changes, dict(problems), led_by)


@lru_cache(maxsize=_KEPT)
def _compared(used: str, drafted: str, _language: str) -> tuple[Configuration, tuple[Change, ...], dict[str, str]]:
    """Return a draft, what it changes, and what keeps it from being published, in the language of the moment."""
    before = _read(used)
    changed = _of_this_force(_read(drafted), before)
    return changed, difference(before, changed), schema.problems(changed)


def _led_by(found: DraftRow, used: Configuration, changed: Configuration) -> dict[str, UUID]:
    """Return who wrote what leads somewhere else than now; where nobody knows, it was who changed anything last."""
    written = msgspec.json.decode(found.led_by, type=dict[str, UUID])
    return {path: written.get(path, found.changed_by) for path in leading(changed, used)}


def leading(changed: Configuration, before: Configuration) -> list[str]:
    """Return the paths of what leads somewhere and was not the same before."""
    return [*wording.led(changed.wording, before.wording), *footer.led(changed.footer, before.footer)]


async def save(tx: ForceTx, changed: Configuration, revision: int) -> None:
    """Keep a change in the draft. `revision` is that of the draft that was looked at.

    Raises Invalid for what could never be published, by the path of the setting, and ChangedMeanwhile.
    """
    problems = schema.problems(changed)
    if problems:
        raise Invalid(problems)
    before, used = await draft(tx), _read((await rows.current(tx)).content)
    if changed.brand.logo and not await logos.choose(tx, changed.brand.logo):
        raise Invalid({"brand.logo": _("brand.logo names a picture that is not here: choose its file under Branding")})
    mine = set(leading(changed, before.configuration))
    led_by = {
        path: tx.actor.id if path in mine else before.led_by.get(path, tx.actor.id) for path in leading(changed, used)
    }
    if not await rows.save(tx, _content(_of_this_force(changed, used)), revision, led_by=led_by):
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

    Raises Invalid without a reason or while something keeps it from being published, ChangedMeanwhile, NotFound when
    nothing is changed, and NeedsAnother for who wrote in it where a text leads.
    """
    told, shown = _clean(why), await draft(tx)
    if not shown.changes:
        raise NotFound(_("Nothing is changed, so there is nothing to publish"))
    if shown.problems:
        raise Invalid(shown.problems)
    if tx.actor.id in shown.led_by.values():
        raise NeedsAnother
    if shown.revision != revision or not await rows.save(tx, None, revision):
        await _refuse(tx)
    used = await rows.current(tx)
    await rows.add(tx, used.number, msgspec.json.decode(used.content, type=dict[str, object]))
    return await _publish(tx, used, shown.configuration, told)


async def _publish(tx: ForceTx, used: CurrentRow, configuration: Configuration, why: str) -> int:
    number, content = used.number + 1, _content(configuration)
    if not await rows.publish(tx, configuration.name, content, number):
        raise ChangedMeanwhile("")
    await take_effect(tx, _read(used.content), configuration)
    await rows.add(tx, number, content, by=tx.actor.id, why=tx.keys.own().seal(why.encode(), place(number)))
    await audit.record(tx, "configuration.published", version=number)
    return number


async def by_administrators(tx: ForceTx) -> bool:
    """Say whether administrators have changed something since an operator, or a file, last said how the force is."""
    newest, found = await rows.versions(tx, limit=1), await rows.draft(tx)
    return bool((newest and newest[0].published_by) or (found and found.content))


async def carry_over(tx: ForceTx, before: dict[str, object], after: dict[str, object]) -> None:
    """Keep in the draft what was changed in it, and nothing else, after somebody else has published something."""
    carried = False
    while not carried:  # somebody may be saving at this moment
        found = await rows.draft(tx)
        if found is None or found.content is None:
            return
        own = msgspec.json.decode(found.content, type=dict[str, object])
        carried = await rows.carry_over(tx, cast("dict[str, object]", merged(before, own, after)), found.revision)


def merged(before: object, own: object, after: object) -> object:
    """Return `after` with every setting that `own` has otherwise than `before` had it. A list is one setting."""
    if not isinstance(after, dict):
        return after if own == before else own
    earlier, mine, later = _table(before), _table(own), _table(cast("object", after))
    return {name: merged(earlier.get(name), mine.get(name), said) for name, said in later.items()}


def _table(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


async def take_effect(tx: ForceTx, before: Configuration, after: Configuration) -> None:
    """Do to what is here already what a force's new settings ask for.

    Anybody may see its logo from now on, and what it calls risky is so at once.
    """
    if after.brand.logo:
        await logos.publish(tx, after.brand.logo)
    new = set(after.offences.extra_risky_codes) - set(before.offences.extra_risky_codes)
    if new:
        called = await offences.call_risky(tx, new)
        await audit.record(tx, "cases.called_risky", number=called)


async def history(tx: ForceTx) -> list[Publication]:
    """Return what was published, newest first."""
    return [Publication(row.number, row.published_at, row.name, _why(tx, row)) for row in await rows.versions(tx)]


async def version(tx: ForceTx, number: int) -> Version:
    """Return a version. Raises NotFound."""
    found = await rows.versions(tx, number=number) if number < _ENDLESS else []
    if not found:
        raise NotFound(_("Page not found"))
    row = found[0]
    return Version(row.number, row.published_at, row.name, _why(tx, row), _read(row.content))


async def published(tx: ForceTx) -> Configuration:
    """Return what is used now."""
    return _read((await rows.current(tx)).content)


async def take_up(tx: ForceTx, number: int, revision: int) -> None:
    """Make the draft what a version was: it is looked at and published like any other change.

    Raises NotFound, ChangedMeanwhile, and Invalid where what it was may not be published any more.
    """
    await save(tx, (await version(tx, number)).configuration, revision)


def _why(tx: ForceTx, row: VersionRow) -> str:
    return tx.keys.own().open(row.why, place(row.number)).decode() if row.why else ""


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


@lru_cache(maxsize=_KEPT)
def _read(content: str) -> Configuration:
    return msgspec.json.decode(content, type=Configuration)
