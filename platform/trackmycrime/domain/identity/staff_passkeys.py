"""Passkeys of staff: made as a second step, and enough alone, because whoever uses one has the device and can unlock it.

While the force's own provider is on, one of an administrator is the only way in beside it: else nobody could change anything
while the provider is down.
"""

import secrets
from uuid import UUID

from trackmycrime.domain.identity import ceremonies, second_step, sessions
from trackmycrime.domain.identity.ceremonies import Asked, WrongAnswer
from trackmycrime.domain.identity.second_step import PASSKEY_NEW, Content, StepKind
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.domain.identity.staff import StaffRole, WrongSignIn
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.sealing import Keyring
from trackmycrime.store import challenges
from trackmycrime.store.identity import providers, staff
from trackmycrime.store.identity import steps as rows
from trackmycrime.store.identity.staff import StaffRow
from trackmycrime.tx import ForceDoor, ForceTx

_USE = "passkey_use"
_LONGEST_COOKIE = 64


def _challenge(keys: Keyring, given: UUID) -> bytes:
    return keys.sign("staff passkey challenge", given.bytes)


def _holder(keys: Keyring, staff_id: UUID) -> bytes:
    return keys.sign("staff passkey holder", staff_id.bytes)


def _handle(keys: Keyring, credential_id: bytes) -> bytes:
    return keys.sign("staff passkey", credential_id)


async def options(tx: ForceTx, cookie: str) -> str:
    """Return what the browser of somebody who is half way in needs to make a passkey, as JSON. Raises Gone."""
    row = await second_step.who(tx, cookie)
    given = await second_step.given(tx, cookie, PASSKEY_NEW)
    return ceremonies.creation(tx, _challenge(tx.keys, given), _holder(tx.keys, row.id), [])


async def confirm(door: ForceDoor, cookie: str, answer: str) -> tuple[Begun, StaffRow]:
    """Keep the passkey that was made, and come in. Raises Gone and WrongAnswer."""
    async with door.open(VISITOR) as tx:
        given = await second_step.given(tx, cookie, PASSKEY_NEW)
        made = ceremonies.made(tx, _challenge(tx.keys, given), answer)
        handle = _handle(tx.keys, made.id)
    content = Content(made.public_key, made.id)
    return await second_step.keep(door, cookie, StepKind.PASSKEY, content, counter=made.count, handle=handle)


async def ask(tx: ForceTx) -> Asked:
    """Ask a browser that nobody is signed in with for a passkey."""
    cookie = secrets.token_urlsafe(32)
    given = await challenges.give(tx, _USE, sessions.hashed(cookie))
    return Asked(cookie, ceremonies.request(tx, _challenge(tx.keys, given)))


async def sign_in(door: ForceDoor, cookie: str, answer: str) -> tuple[Begun, StaffRow]:
    """Sign in with a passkey alone. Raises WrongSignIn for every failure alike."""
    async with door.open(VISITOR) as tx:
        given = await challenges.take(tx, _USE, sessions.hashed(cookie[:_LONGEST_COOKIE]), second_step.LIVES)
    if given is None:
        raise WrongSignIn
    async with door.open(VISITOR) as tx:
        try:
            row = await _proved(tx, _challenge(tx.keys, given), answer)
        except WrongAnswer:
            raise WrongSignIn from None
        beside = await providers.is_on(tx)
        if not (row.active and row.role) or (beside and row.role != StaffRole.ADMIN):
            raise WrongSignIn
        way = "passkey beside the provider" if beside else "passkey"
        return await second_step.entered(tx.acting(second_step.acting(row)), row, way), row


async def _proved(tx: ForceTx, challenge: bytes, answer: str) -> StaffRow:
    claim = ceremonies.claimed(answer)
    row = await rows.by_handle(tx, _handle(tx.keys, claim.id))
    if row is None or claim.holder != _holder(tx.keys, row.staff_id):
        raise WrongAnswer
    public_key = second_step.opened(tx, row).secret
    count = ceremonies.proved(tx, challenge, answer, public_key=public_key, count=row.counter)
    found = await staff.by_id(tx, row.staff_id)
    if found is None or not await rows.move_on(tx, row.id, count, uncounted=count == 0):
        raise WrongAnswer
    return found
