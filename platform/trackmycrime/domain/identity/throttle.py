"""What keeps guessing slow without ever locking the real person out (security.md, "Sign-in and registration").

Failures count, not attempts: each try is counted before it is looked at, so that a thousand at once are counted too, and
taken back when it was right. A device that its owner signed in on before is counted by itself, so that whoever guesses
from somewhere else cannot use up their tries. A crowd (one network, the force as a whole) is never shut out: once too
many of it have failed, each browser has to do some work first, or without scripts there is one wrong try in a while.
"""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.identity import work
from trackmycrime.domain.identity.sessions import BrowserKind
from trackmycrime.domain.identity.work import Done
from trackmycrime.kit.actor import service
from trackmycrime.kit.errors import Busy, Slower
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _, ngettext
from trackmycrime.store.identity import failures
from trackmycrime.store.identity.failures import Window
from trackmycrime.tx import ForceDoor, ForceTx

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_CLOCK = service("throttle")


class Limit(Struct, frozen=True):
    """How many failures of one thing are heard out in one window."""

    name: str
    window: timedelta
    most: int


DEVICE = Limit("device", HOUR, 10)
ACCOUNT_NETWORK = Limit("account-network", HOUR, 8)
ACCOUNT_HOUR = Limit("account-hour", HOUR, 10)
ACCOUNT_DAY = Limit("account-day", DAY, 30)
MACHINES = Limit("machines", HOUR, 30)
WORK = Limit("work", work.LIVES, 1)
CODES_OF_PERSON = Limit("codes-person", HOUR, 3)
CODES_TO_NUMBER = Limit("codes-number", HOUR, 3)

# Crowds, and how slowly one that has had too many failures is heard without work.
NETWORK = Limit("network", HOUR, 30)
NETWORK_ACCOUNTS = Limit("network-accounts", HOUR, 5)
NETWORK_SLOWED = Limit("network-slowed", MINUTE, 1)
FORCE = Limit("force", DAY, 50)
FORCE_SLOWED = Limit("force-slowed", 15 * MINUTE, 1)
_SLOWED = {NETWORK: NETWORK_SLOWED, NETWORK_ACCOUNTS: NETWORK_SLOWED, FORCE: FORCE_SLOWED}


class Attempt(Struct, frozen=True):
    """One attempt: at which account, from which network, and what speaks for it.

    `device` is whom this browser's own cookie remembers, when that is who they say they are; `worked` the work that the
    browser says it has done; `machine` says that a record system asks: its secret cannot be guessed, and it has no
    browser to work with, so only noise is kept out.
    """

    account: str
    network: str
    device: UUID | None = None
    worked: str = ""
    machine: bool = False


class Browser(Struct, frozen=True):
    """Where somebody signs in: from which network, whom the browser's own cookie remembers, the work it has done.

    On a `shared` device they want it not to remember them.
    """

    network: str
    remembers: UUID | None = None
    worked: str = ""
    kind: BrowserKind = BrowserKind.OTHER
    shared: bool = False

    def attempt(self, account: str, subject_id: UUID | None) -> Attempt:
        """Return an attempt at an account by this browser; it is known there if it remembers whose account that is."""
        known = self.remembers if self.remembers == subject_id else None
        return Attempt(account, self.network, known, self.worked)


class Bucket(Struct, frozen=True):
    """Where failures are counted."""

    limit: Limit
    key: bytes
    start: datetime

    @property
    def window(self) -> Window:
        """Which counter this is."""
        return self.key, self.start

    @property
    def seconds_left(self) -> int:
        """Say when this window ends."""
        return max(1, int((self.start + self.limit.window - now()).total_seconds()))


class Taken(Struct, frozen=True):
    """A try that was counted as a failure, until it proves right."""

    buckets: tuple[Bucket, ...]
    accounts: Bucket | None


async def spend(door: ForceDoor, attempt: Attempt) -> None:
    """Count something that is never taken back, such as asking for a new password: right facts are no more than wrong ones.

    It says nothing of an attack on the whole force, so that many who forget do not slow everybody. Raises Slower.
    """
    taken = await take(door, attempt)
    ours = [bucket.window for bucket in taken.buckets if bucket.limit in {FORCE, FORCE_SLOWED}]
    async with door.open(_CLOCK) as tx:
        await failures.add(tx, ours, number=-1)


async def ration(tx: ForceTx, rations: Mapping[Limit, str]) -> None:
    """Count something that may be had only so often, each limit by its own subject, in the transaction that gives it.

    Raises Slower, after which nothing was counted: the transaction is undone.
    """
    buckets = [_bucket(tx.keys, limit, subject) for limit, subject in rations.items()]
    _require_patience(buckets, await failures.add(tx, [bucket.window for bucket in buckets]))


@asynccontextmanager
async def trying(door: ForceDoor, attempt: Attempt) -> AsyncGenerator[Taken]:
    """Look at a try inside the block. One that could not be looked at, because too many waited, counts as none."""
    taken = await take(door, attempt)
    try:
        yield taken
    except Busy:
        async with door.open(_CLOCK) as tx:
            await take_back(tx, taken)
        raise


async def take(door: ForceDoor, attempt: Attempt) -> Taken:
    """Count a try as a failure before it is looked at. The answer is the same whether the account exists or not.

    Raises Slower, and counts nothing, when it must wait.
    """
    async with door.open(_CLOCK) as tx:
        worked = work.done(tx.keys, attempt.network, attempt.worked)
        buckets = _buckets(tx.keys, attempt, worked)
        counts = await failures.add(tx, [bucket.window for bucket in buckets])
        accounts = await _accounts(tx, attempt, buckets, counts)
        heard = [*buckets, accounts] if accounts else buckets
        _require_work(heard, counts, worked)
        _require_patience(heard, counts)
    return Taken(tuple(buckets), accounts)


async def _accounts(
    tx: ForceTx, attempt: Attempt, buckets: Sequence[Bucket], counts: dict[bytes, int]
) -> Bucket | None:
    """Count the account among those tried from its network when it is new there; what may be heard anyway has none."""
    if attempt.device or attempt.machine:
        return None
    accounts = _bucket(tx.keys, NETWORK_ACCOUNTS, attempt.network)
    counted = failures.add if counts[_of(ACCOUNT_NETWORK, buckets).key] == 1 else failures.counts
    counts.update(await counted(tx, [accounts.window]))
    return accounts


def _require_work(buckets: Sequence[Bucket], counts: Mapping[bytes, int], worked: Done | None) -> None:
    """Raise Slower where a crowd asks for more work than was done, unless it is time for one try without any."""
    asked = _bits_asked(buckets, counts)
    if asked and worked and worked.bits < asked:
        raise _slower(1)
    if asked and not worked:
        full = _full(buckets, counts)
        refusing = [full[slowed] for crowd, slowed in _SLOWED.items() if crowd in full and slowed in full]
        if refusing:
            raise _slower(max(bucket.seconds_left for bucket in refusing))


def _require_patience(buckets: Sequence[Bucket], counts: Mapping[bytes, int]) -> None:
    """Raise Slower where this account, device or work has had its failures: no work helps there."""
    crowds = {*_SLOWED, *_SLOWED.values()}
    own = [bucket.seconds_left for limit, bucket in _full(buckets, counts).items() if limit not in crowds]
    if own:
        raise _slower(max(own))


def _full(buckets: Sequence[Bucket], counts: Mapping[bytes, int]) -> dict[Limit, Bucket]:
    return {bucket.limit: bucket for bucket in buckets if counts.get(bucket.key, 0) > bucket.limit.most}


def _of(limit: Limit, buckets: Sequence[Bucket]) -> Bucket:
    return next(bucket for bucket in buckets if bucket.limit is limit)


def _bits_asked(buckets: Collection[Bucket], counts: Mapping[bytes, int]) -> int:
    """Return the work that the fullest crowd asks for: a bit more, so twice as much, each time its failures double."""
    times = [counts.get(bucket.key, 0) / bucket.limit.most for bucket in buckets if bucket.limit in _SLOWED]
    fullest = max(times, default=0)
    return min(work.MOST, work.LEAST + int(fullest).bit_length() - 1) if fullest > 1 else 0


def _slower(seconds: int) -> Slower:
    if seconds > HOUR.total_seconds():
        return Slower(_("There have been too many tries. Wait until tomorrow, then try again."), retry_after=seconds)
    wait = ngettext(
        "There have been too many tries. Wait %(num)s minute, then try again.",
        "There have been too many tries. Wait %(num)s minutes, then try again.",
        -(-seconds // 60),
    )
    return Slower(wait, retry_after=seconds)


async def take_back(tx: ForceTx, taken: Taken) -> None:
    """Count a try no more: it was right."""
    counts = await failures.add(tx, [bucket.window for bucket in taken.buckets], number=-1)
    if taken.accounts and counts[_of(ACCOUNT_NETWORK, taken.buckets).key] == 0:
        await failures.add(tx, [taken.accounts.window], number=-1)


async def challenge(tx: ForceTx, network: str) -> str:
    """Return the work that a browser of this network has to do before it is heard, or "" when there is none."""
    crowds = [_crowd(tx.keys, limit, network) for limit in _SLOWED]
    counts = await failures.counts(tx, [bucket.window for bucket in crowds])
    following = {bucket.key: counts.get(bucket.key, 0) + 1 for bucket in crowds}
    bits = _bits_asked(crowds, following)
    return work.challenge(tx.keys, network, bits) if bits else ""


async def sweep(tx: ForceTx) -> int:
    """Forget failures of windows that can no longer matter."""
    return await failures.sweep(tx, 2 * DAY)


def _buckets(keys: Keyring, attempt: Attempt, worked: Done | None) -> list[Bucket]:
    if attempt.device is not None:
        return [_bucket(keys, DEVICE, str(attempt.device))]
    pair = _bucket(keys, ACCOUNT_NETWORK, f"{attempt.network} {attempt.account}")
    if attempt.machine:
        return [pair, _bucket(keys, MACHINES, attempt.network)]
    account = [_bucket(keys, limit, attempt.account) for limit in (ACCOUNT_HOUR, ACCOUNT_DAY)]
    crowds = [_crowd(keys, limit, attempt.network) for limit in (NETWORK, FORCE)]
    slowed = [_crowd(keys, limit, attempt.network) for limit in (NETWORK_SLOWED, FORCE_SLOWED)]
    return [pair, *account, *crowds, *([_spent(keys, worked)] if worked else slowed)]


def _crowd(keys: Keyring, limit: Limit, network: str) -> Bucket:
    return _bucket(keys, limit, "" if limit in {FORCE, FORCE_SLOWED} else network)


def _spent(keys: Keyring, worked: Done) -> Bucket:
    """Return where a challenge is counted: in the one window that ends with it, so that it never counts anew."""
    return Bucket(WORK, _key(keys, WORK, worked.challenge), worked.expires_at - WORK.window)


def _bucket(keys: Keyring, limit: Limit, subject: str) -> Bucket:
    seconds = int(limit.window.total_seconds())
    moment = now()
    start = datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, moment.tzinfo)
    return Bucket(limit, _key(keys, limit, subject), start)


def _key(keys: Keyring, limit: Limit, subject: str) -> bytes:
    return keys.sign(f"throttle {limit.name}", subject.encode())[:16]
