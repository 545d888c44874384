"""Passkeys: making one behind the password, and signing in with nothing but it."""

import secrets
from datetime import timedelta
from uuid import UUID

from trackmycrime.domain.cases import entry, factors, proof
from trackmycrime.domain.cases.entry import SignedIn
from trackmycrime.domain.cases.factors import Content, FactorKind
from trackmycrime.domain.identity import ceremonies, sessions
from trackmycrime.domain.identity.ceremonies import Asked, WrongAnswer
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.words import _
from trackmycrime.store import challenges
from trackmycrime.store import factors as rows
from trackmycrime.store import people as people_rows
from trackmycrime.store.factors import FactorRow
from trackmycrime.tx import ForceDoor, ForceTx

LIVES = timedelta(minutes=5)
_NEW, _USE = "passkey_new", "passkey_use"
_LONGEST_COOKIE = 64


def _challenge(keys: Keyring, given: UUID) -> bytes:
    return keys.sign("passkey challenge", given.bytes)


def _holder(keys: Keyring, person_id: UUID) -> bytes:
    """Return what passkeys keep of whose they are: without the force's key it says nothing."""
    return keys.sign("passkey holder", person_id.bytes)


def _handle(keys: Keyring, credential_id: bytes) -> bytes:
    return keys.sign("passkey", credential_id)


async def begin(door: ForceDoor, session: Session, password: str, by: Browser) -> None:
    """Begin to make a passkey in this session, for whoever knows the password. Raises Invalid and Slower for a wrong one."""
    await proof.prove(door, session, password, by)
    async with door.open(session.actor) as tx:
        await challenges.give(tx, _NEW, session.id.bytes)


async def begun(tx: ForceTx, session: Session) -> str:
    """Return what the browser needs to make it, as JSON. Raises NotFound in any other session, or after five minutes."""
    given = await challenges.live(tx, _NEW, session.id.bytes, LIVES)
    if given is None:
        raise NotFound(_("Page not found"))
    own = [row for row in await rows.of_person(tx, tx.actor.id) if row.kind == FactorKind.PASSKEY]
    known = [factors.opened(tx, row).credential for row in own]
    return ceremonies.creation(tx, _challenge(tx.keys, given), _holder(tx.keys, tx.actor.id), known)


async def confirm(door: ForceDoor, session: Session, answer: str, name: str) -> None:
    """Keep the passkey that was made, under a name of its owner's. One challenge is answered once, rightly or not.

    Raises NotFound when nothing was begun in this session, WrongAnswer when this does not answer it.
    """
    async with door.open(session.actor) as tx:
        given = await challenges.take(tx, _NEW, session.id.bytes, LIVES)
    if given is None:
        raise NotFound(_("Page not found"))
    async with door.open(session.actor) as tx:
        made = ceremonies.made(tx, _challenge(tx.keys, given), answer)
        content = Content(" ".join(name.split())[: factors.LONGEST_NAME], made.public_key, made.id)
        handle = _handle(tx.keys, made.id)
        await factors.add(tx, session, FactorKind.PASSKEY, content, handle=handle, counter=made.count)


async def ask(tx: ForceTx) -> Asked:
    """Ask a browser that nobody is signed in with for a passkey."""
    cookie = secrets.token_urlsafe(32)
    given = await challenges.give(tx, _USE, sessions.hashed(cookie))
    return Asked(cookie, ceremonies.request(tx, _challenge(tx.keys, given)))


async def sign_in(door: ForceDoor, cookie: str, answer: str, by: Browser) -> SignedIn:
    """Sign in with a passkey alone, whatever others have failed at: it cannot be guessed.

    Raises WrongSignIn for every failure alike: another browser's challenge, one that was answered, another's passkey.
    """
    async with door.open(VISITOR) as tx:
        hashed = sessions.hashed(cookie[:_LONGEST_COOKIE])
        given = await challenges.take(tx, _USE, hashed, LIVES)
    if given is None:
        raise WrongSignIn
    async with door.open(VISITOR) as tx:
        try:
            row = await _proved(tx, _challenge(tx.keys, given), answer)
        except WrongAnswer:
            raise WrongSignIn from None
        account = await people_rows.account(tx, row.person_id)
        if account is None:
            raise WrongSignIn
        return await entry.entered(
            tx.acting(entry.owner(row.person_id)), account, by, FactorKind.PASSKEY, shared=by.shared
        )


async def _proved(tx: ForceTx, challenge: bytes, answer: str) -> FactorRow:
    claim = ceremonies.claimed(answer)
    row = await rows.by_handle(tx, _handle(tx.keys, claim.id))
    if row is None or claim.holder != _holder(tx.keys, row.person_id):
        raise WrongAnswer
    public_key = factors.opened(tx, row).secret
    count = ceremonies.proved(tx, challenge, answer, public_key=public_key, count=row.counter)
    if not await rows.move_on(tx, row.id, count, uncounted=count == 0):
        raise WrongAnswer
    return row
