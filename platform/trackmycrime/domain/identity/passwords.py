"""Passwords: what may be one (NIST SP 800-63B-4), and how it is kept (Argon2id)."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from trackmycrime.kit.errors import Busy, Invalid
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _

SHORTEST, LONGEST = 15, 256  # one factor alone: 15 (NIST SP 800-63B-4, 3.1.1.1)
SHORTEST_OF_TWO = 8  # where a second factor is asked for too (as above)
_QUEUE = 50
_DISTINCT = 6
_SHORTEST_FACT = 4
_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)


class _Line:
    """Hashing waits in one short line beside the event loop, so that signing in never stops anybody's reading."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, "argon2", initializer=_step_back)
        self._waiting = 0

    async def run[T](self, work: Callable[[], T]) -> T:
        if self._waiting >= _QUEUE:
            raise Busy(_("Many people are signing in at this moment. Wait 10 seconds, then try again."), retry_after=10)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1


def _step_back() -> None:
    os.setpriority(os.PRIO_PROCESS, 0, 10)  # on Linux a thread has a priority of its own


@cache
def _line() -> _Line:
    return _Line()


@cache
def _dummy() -> str:
    return _HASHER.hash("nobody has this password")


async def hashed(password: str) -> str:
    """Return what is stored of a password. Raises Busy when too many wait."""
    return await _line().run(lambda: _HASHER.hash(password))


async def matches(password: str, stored: str | None) -> bool:
    """Say whether this is the password. Nobody's password (`None`) costs the same work and never matches."""
    right = await _line().run(lambda: _verified(password, stored or _dummy()))
    return right and stored is not None


def _verified(password: str, stored: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def own_facts(born: date | None, *texts: str) -> list[str]:
    """Return what a relative would try first: these texts, and the ways to write a birthday."""
    return [*texts, *([f"{born:%d%m%Y}", f"{born:%Y%m%d}", f"{born:%d%m%y}", f"{born:%Y}"] if born else [])]


def require_good(password: str, repeated: str, own_facts: list[str], *, shortest: int = SHORTEST) -> None:
    """Raise Invalid unless this may be somebody's password; `own_facts` are what a relative would try first."""
    problem = _problem(password, own_facts, shortest)
    if problem:
        raise Invalid({"password": problem})
    if password != repeated:
        raise Invalid({"repeat_password": _("The two passwords are not the same")})


def _problem(password: str, own_facts: list[str], shortest: int) -> str:
    if not password:
        return _("Create a password")
    if len(password) < shortest:
        return _("Your password must be %(number)s characters or more. Three or four words work well.", number=shortest)
    if len(password) > LONGEST:
        return _("Your password must be %(number)s characters or fewer", number=LONGEST)
    if _guessable(fold(password), own_facts):
        return _("This password is easy to guess. Do not use names, dates or common passwords.")
    return ""


def _guessable(folded: str, own_facts: list[str]) -> bool:
    rest = folded
    for fact in sorted((fold(fact) for fact in own_facts), key=len, reverse=True):
        if len(fact) >= _SHORTEST_FACT:
            rest = rest.replace(fact, "")
    for common in _common():
        rest = rest.replace(common, "")
    return len(set(rest)) < _DISTINCT


@cache
def _common() -> tuple[str, ...]:
    lines = (files("trackmycrime.data") / "common_passwords.txt").read_text().splitlines()
    return tuple(sorted((fold(line) for line in lines if line and not line.startswith("#")), key=len, reverse=True))
