"""What keeps guessing slow without ever locking the real person out (security.md, "Sign-in and registration").

Failures count, not attempts. A device that its owner signed in on before is counted by itself, so that whoever sits beside
them cannot use up their tries from somewhere else.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit.actor import service
from trackmycrime.kit.errors import Slower
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store.identity import failures
from trackmycrime.tx import ForceDoor, ForceTx

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_CLOCK = service("throttle")


class Limit(Struct, frozen=True):
    """How many failures of one thing are heard out in one window."""

    name: str
    window: timedelta
    most: int


DEVICE = Limit("device", HOUR, 10)
ACCOUNT_HOUR = Limit("account-hour", HOUR, 10)
ACCOUNT_DAY = Limit("account-day", DAY, 30)
NETWORK = Limit("network", HOUR, 30)
NETWORK_ACCOUNTS = Limit("network-accounts", HOUR, 5)
# A refuge or a mobile carrier is one network for many people: once it is full it is slowed to this, never shut out.
NETWORK_SLOWED = Limit("network-slowed", MINUTE, 1)
_OF_NETWORKS = (NETWORK, NETWORK_ACCOUNTS)


class Attempt(Struct, frozen=True):
    """One attempt: at which account, from which network, and on which known device of that account if any."""

    account: str
    network: str
    device: UUID | None = None


class Bucket(Struct, frozen=True):
    """Where failures are counted."""

    limit: Limit
    key: bytes
    start: datetime

    @property
    def window(self) -> tuple[bytes, datetime]:
        """Which counter this is."""
        return self.key, self.start


async def require_patience(door: ForceDoor, attempt: Attempt) -> None:
    """Raise Slower when this attempt must wait. The answer is the same whether the account exists or not."""
    buckets = _buckets(door.force.keys, attempt)
    async with door.open(_CLOCK) as tx:
        counts = await failures.counts(tx, [bucket.window for bucket in buckets])
    full = _refusing([bucket for bucket in buckets if counts.get(bucket.key, 0) >= bucket.limit.most])
    if full:
        wait = max(_seconds_left(bucket) for bucket in full)
        raise Slower(_("There have been too many tries. Wait a while, then try again."), retry_after=wait)


def _refusing(full: Sequence[Bucket]) -> list[Bucket]:
    """Return which full buckets refuse: an account's or device's own; a network's only while its last failure is fresh."""
    limits = {bucket.limit for bucket in full}
    slowed = NETWORK_SLOWED in limits and not limits.isdisjoint(_OF_NETWORKS)
    own = [bucket for bucket in full if bucket.limit not in (*_OF_NETWORKS, NETWORK_SLOWED)]
    return own + [bucket for bucket in full if slowed and bucket.limit is NETWORK_SLOWED]


async def failed(door: ForceDoor, attempt: Attempt) -> None:
    """Count a failure, in a transaction of its own: the refusal that follows undoes nothing of it."""
    keys = door.force.keys
    counted = [bucket for bucket in _buckets(keys, attempt) if bucket.limit is not NETWORK_ACCOUNTS]
    async with door.open(_CLOCK) as tx:
        await failures.add(tx, [bucket.window for bucket in counted])
        if attempt.device is None:
            pair = _bucket(keys, NETWORK_ACCOUNTS, f"{attempt.network} {attempt.account}")
            (new,) = await failures.add(tx, [pair.window])
            if new:
                await failures.add(tx, [_bucket(keys, NETWORK_ACCOUNTS, attempt.network).window])


async def sweep(tx: ForceTx) -> int:
    """Forget failures of windows that can no longer matter."""
    return await failures.sweep(tx, 2 * DAY)


def _buckets(keys: Keyring, attempt: Attempt) -> Sequence[Bucket]:
    if attempt.device is not None:
        return [_bucket(keys, DEVICE, f"{attempt.device} {attempt.account}")]
    return [
        _bucket(keys, ACCOUNT_HOUR, attempt.account),
        _bucket(keys, ACCOUNT_DAY, attempt.account),
        _bucket(keys, NETWORK, attempt.network),
        _bucket(keys, NETWORK_ACCOUNTS, attempt.network),
        _bucket(keys, NETWORK_SLOWED, attempt.network),
    ]


def _bucket(keys: Keyring, limit: Limit, subject: str) -> Bucket:
    seconds = int(limit.window.total_seconds())
    moment = now()
    start = datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, moment.tzinfo)
    return Bucket(limit, keys.sign(f"throttle {limit.name}", subject.encode())[:16], start)


def _seconds_left(bucket: Bucket) -> int:
    return max(1, int((bucket.start + bucket.limit.window - now()).total_seconds()))
