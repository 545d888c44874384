"""A provider and an outbox that do as they are told, for the worker to work on."""

import asyncio

from trackmycrime.gateways.email import Email
from trackmycrime.gateways.senders import Senders, Undelivered
from trackmycrime.gateways.text import Text
from trackmycrime.jobs.chores import SEAL_BATCH
from trackmycrime.tx import ForceDoor, ForceTx


class Provider:
    """Takes emails and texts; refuses as often as it is told to."""

    def __init__(self, *, refusals: int = 0) -> None:
        self.refusals = refusals
        self.sent: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self.asked = asyncio.Event()

    async def send(self, message: Email | Text) -> None:
        """Take a message once the door is open, or refuse it."""
        self.asked.set()
        await self.open.wait()
        if self.refusals:
            self.refusals -= 1
            raise Undelivered("refused " + message.to)
        self.sent.append(message.to)


class RefusesThenWaits(Provider):
    """Closes its door behind a refusal, so that the next try is seen while it lasts."""

    async def send(self, message: Email | Text) -> None:
        """Take a message, or refuse it and close the door."""
        try:
            await super().send(message)
        except Undelivered:
            self.open.clear()
            self.asked.clear()
            raise


class Outbox:
    """Stands for the outbox of each force: what waits in it, and what was done."""

    def __init__(self, **queued: int) -> None:
        self.queued = queued
        self.sealed: list[str] = []
        self.unsealed: dict[str, int] = {}
        self.tidied: list[str] = []
        self.turns: list[str] = []
        self.poisoned: set[str] = set()

    async def dispatch(self, door: ForceDoor, senders: Senders) -> int:
        """Send one text of the force."""
        self.turns.append(door.force.slug)
        if not self.queued.get(door.force.slug):
            return 0
        await senders.texter.send(Text(door.force.slug, "You have an update.", "1"))
        self.queued[door.force.slug] -= 1
        return 1

    async def waiting(self, tx: ForceTx) -> bool:
        """Say whether anything waits, unless the force is poisoned."""
        self.fail_if_poisoned(tx)
        return bool(self.queued.get(tx.force.slug))

    async def seal(self, tx: ForceTx) -> int:
        """Seal a batch."""
        self.fail_if_poisoned(tx)
        count = min(SEAL_BATCH, self.unsealed.get(tx.force.slug, 0))
        if count:
            self.unsealed[tx.force.slug] -= count
            self.sealed.append(tx.force.slug)
        return count

    async def tidy(self, tx: ForceTx) -> None:
        """Note the force that the database sees."""
        self.fail_if_poisoned(tx)
        self.tidied.append(await tx.value("select slug from app.force where id = $1"))

    def fail_if_poisoned(self, tx: ForceTx) -> None:
        """Fail with words that no log may have."""
        if tx.force.slug in self.poisoned:
            raise ValueError(tx.force.slug)
