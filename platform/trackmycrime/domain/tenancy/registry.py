"""Which forces there are, and what each has published about itself."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast
from uuid import UUID

import msgspec

from trackmycrime.domain.tenancy import brand, own_words
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.wording import Told
from trackmycrime.kit.actor import service
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.words import ENGLISH, LANGUAGES, WELSH, _, language
from trackmycrime.store import reporting as figures
from trackmycrime.store import tenancy as rows
from trackmycrime.store.tenancy import ForceRow, KeyedForce, Stamp
from trackmycrime.tx import Database, ForceDoor, ForceRef, ForceTx, NationalTx

_FRESH_FOR = 2.0  # seconds: how old a copy of the registry may be in any process
_MISSES = 1000
_MEASURED_FOR = 300.0  # seconds: how old the figures may be that a force's own pages tell
TYPICAL_REPLY = "typical_reply"  # the name of the figure: working days, 0 while too few replies say anything


@dataclass(frozen=True)
class Force:
    """A force as every page, job and event needs it: its door, and its configuration as published now.

    `typical_reply` is measured: within how many working days most people get a reply; 0 while nobody can say.
    """

    ref: ForceRef
    row: ForceRow
    configuration: Configuration
    typical_reply: int = 0

    @property
    def name(self) -> str:
        """The force's name in the language of the moment."""
        welsh = self.configuration.name_cy
        return welsh if welsh and language() == WELSH else self.configuration.name

    def has(self, feature: Feature) -> bool:
        """Say whether the force has a feature."""
        return self.configuration.has(feature)

    def need(self, feature: Feature) -> None:
        """Raise NotFound unless the force has the feature: a feature that is off does not exist."""
        if not self.has(feature):
            raise NotFound(_("Page not found"))

    @cached_property
    def stylesheet(self) -> str:
        """The brand as a stylesheet."""
        return brand.stylesheet(self.configuration.brand)

    def told(self, key: str) -> Told:
        """Return a page's text in the force's words, or the national ones, in the language of the moment."""
        return self._texts[language()][key]

    @cached_property
    def _texts(self) -> dict[str, dict[str, Told]]:
        """What pages say, made once for each publication: a page only looks it up."""
        return {spoken: own_words.on_pages(self.configuration, spoken) for spoken in LANGUAGES}

    @cached_property
    def digest(self) -> str:
        """The name of this version of the stylesheet."""
        return brand.digest(self.configuration.brand)


def configuration(tx: ForceTx) -> Configuration:
    """Return the force's configuration, as published when this transaction's request or job began."""
    return cast("Configuration", tx.force.published)


def spoken(tx: ForceTx, preferred: str) -> str:
    """Return the language in which the force speaks to somebody who prefers `preferred`: not every force has Welsh."""
    return preferred if configuration(tx).has(Feature.WELSH) else ENGLISH


class Registry:
    """This process's copy of the registry. It is never older than two seconds, and a new force answers at once.

    The database announces each change, so that mostly it is no older than a moment; the two seconds hold whatever happens.
    """

    def __init__(
        self,
        database: Database,
        *,
        opened: Callable[[UUID, bytes], bytes],
        origin: Callable[[str], str],
    ) -> None:
        self._database, self._opened, self._origin = database, opened, origin
        self._forces: dict[str, Force] = {}
        self._stamps: dict[str, Stamp] = {}
        self._misses: dict[str, float] = {}
        self._measured_at: dict[UUID, float] = {}
        self._read_at = float("-inf")
        self._changes = 0
        self._reading = asyncio.Lock()

    def door(self, force: Force) -> ForceDoor:
        """Return the door to a force's data."""
        return self._database.force(force.ref)

    async def all(self) -> list[Force]:
        """Return every force, by slug."""
        await self._refresh()
        return list(self._forces.values())

    async def find(self, slug: str) -> Force | None:
        """Return the force of a slug, or None. A slug nobody has is looked up again once a second at most."""
        await self._refresh()
        found = self._forces.get(slug)
        if found is None and time.monotonic() - self._misses.get(slug, float("-inf")) > 1:
            found = await self._look(slug)
        if found and time.monotonic() - self._measured_at.get(found.ref.id, float("-inf")) > _MEASURED_FOR:
            found = await self._measured(found)
        return found

    async def _measured(self, force: Force) -> Force:
        """Return a force with its figures as they are now: read here, now and then, so that no page asks for them."""
        self._measured_at[force.ref.id] = time.monotonic()
        async with self.door(force).open(service("registry")) as tx:
            days = await figures.figure(tx, TYPICAL_REPLY) or 0
        self._forces[force.ref.slug] = measured = replace(force, typical_reply=days)
        return measured

    async def need(self, slug: str) -> Force:
        """Return the force of a slug; NotFound says it in the words of an operator."""
        found = await self.find(slug)
        if found is None:
            raise NotFound(_("There is no force called %(slug)s.", slug=slug))
        return found

    async def by_id(self, force_id: UUID) -> Force | None:
        """Return the force of an id, or None."""
        return next((force for force in await self.all() if force.ref.id == force_id), None)

    def _is_fresh(self) -> bool:
        return time.monotonic() - self._read_at <= _FRESH_FOR

    def forget(self) -> None:
        """Read the registry again at the next question: somebody has just changed it."""
        self._changes += 1
        self._read_at = float("-inf")
        self._misses.clear()
        self._measured_at.clear()

    async def _refresh(self) -> None:
        if self._is_fresh():
            return
        self._database.listen("registry", self.forget)
        async with self._reading:
            if self._is_fresh():  # somebody else has just read it
                return
            began, changes = time.monotonic(), self._changes
            async with self._database.national("app").open(service("registry")) as tx:
                await self._read(tx)
            if changes == self._changes:  # else it changed while we read
                self._read_at = began

    async def _read(self, tx: NationalTx) -> None:
        """Read what has changed since it was read last."""
        stamps = await rows.stamps(tx)
        changed = [slug for slug, stamp in stamps.items() if self._stamps.get(slug) != stamp]
        new = await self._found(tx, changed) if changed else {}
        self._forces = {slug: force for slug in stamps if (force := new.get(slug) or self._forces.get(slug))}
        self._stamps = stamps

    async def _found(self, tx: NationalTx, slugs: Sequence[str]) -> dict[str, Force]:
        return {keyed.row.slug: self._force(keyed) for keyed in await rows.keyed(tx, slugs)}

    async def _look(self, slug: str) -> Force | None:
        if len(self._misses) > _MISSES:
            self._misses.clear()
        self._misses[slug] = time.monotonic()
        async with self._database.national("app").open(service("registry")) as tx:
            self._forces |= await self._found(tx, [slug])
        return self._forces.get(slug)

    def _force(self, keyed: KeyedForce) -> Force:
        known = self._forces.get(keyed.row.slug)
        if known and known.row == keyed.row:
            return known
        row, published = keyed.row, msgspec.convert(keyed.row.configuration, Configuration)
        same = known is not None and known.row.id == row.id
        keys = known.ref.keys if known and same else Keyring(self._opened(row.id, keyed.wrapped_key))
        days = known.typical_reply if known and same else 0
        return Force(ForceRef(row.id, row.slug, self._origin(row.slug), keys, published), row, published, days)
