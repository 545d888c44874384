"""A printed card of ten codes: each works once, and is heard even while somebody else's guesses are slowed.

Twelve letters of 24 are 55 bits: nobody guesses one, so nothing has to slow them down.
"""

from uuid import UUID

from trackmycrime.domain.cases import activation, factors, proof
from trackmycrime.domain.cases.factors import Content, FactorKind
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.folding import fold
from trackmycrime.kit.sealing import Keyring
from trackmycrime.store import factors as rows
from trackmycrime.store.factors import CodeRow
from trackmycrime.tx import ForceDoor, ForceTx

CODES = 10
_GROUPS = 3
_LETTERS = _GROUPS * activation.GROUP


async def make(door: ForceDoor, session: Session, password: str, by: Browser) -> tuple[str, ...]:
    """Return the codes of a new card, told once, for whoever knows the password. An old card works no more.

    Raises Invalid and Slower for a wrong password.
    """
    await proof.prove(door, session, password, by)
    codes = tuple(activation.spoken(_GROUPS) for _ in range(CODES))
    async with door.open(session.actor) as tx:
        old = await rows.of_kind(tx, tx.actor.id, FactorKind.CARD)
        if old is not None:
            await rows.remove(tx, tx.actor.id, [old.id])
        factor_id = await factors.add(tx, session, FactorKind.CARD, Content("", b""))
        await rows.add_codes(tx, factor_id, [hashed(tx.keys, tx.actor.id, code) for code in codes])
    return codes


def hashed(keys: Keyring, person_id: UUID, code: str) -> bytes:
    """Return what is stored of a code, however it is written: without the force's key nobody can guess it."""
    return keys.sign("card code", person_id.bytes + fold(code).encode())


def looks_like_one(code: str) -> bool:
    """Say whether somebody who typed this meant a code of a card."""
    return len(fold(code)) == _LETTERS


async def unused(tx: ForceTx, person_id: UUID, code: str) -> CodeRow | None:
    """Return the code of somebody's card that was typed, if it still works; it is not used by that."""
    return await rows.unused(tx, hashed(tx.keys, person_id, code), person_id) if looks_like_one(code) else None


async def use(tx: ForceTx, code: CodeRow) -> bool:
    """Use a code up; False when somebody else was faster."""
    return await rows.use_code(tx, code)
