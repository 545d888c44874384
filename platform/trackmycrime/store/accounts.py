"""Accounts: the password, the devices that are known, and whether anybody may come in."""

from uuid import UUID

from trackmycrime.kit import ids
from trackmycrime.store.cases.links import ENTRY_PART
from trackmycrime.tx import ForceTx

# Somebody who acted for a victim, and may not any more, gets in by a known device no more than by the facts.
_OF_DEVICE = f"""
select a.person_id from app.account a
where a.force_id = $1 and (a.devices = $2 or (a.person_id = $2 and a.devices is null))
  and exists (select from app.case_person cp where cp.force_id = $1 and cp.person_id = a.person_id and {ENTRY_PART})
"""
# What a member of staff confirmed opens the account again, whatever it was closed for; nothing else does.
_RENEW = """
update app.account set password_hash = $3, devices = $4, state = 'open'
where force_id = $1 and person_id = $2 and (state = 'open' or $5::bool)
"""
_MOBILE = "update app.account set mobile = $3 where force_id = $1 and person_id = $2"
_SHUT = "update app.account set state = $3, devices = $4 where force_id = $1 and person_id = $2 and state = 'open'"

_LOST_BY = "select factors_lost_by from app.account where force_id = $1 and person_id = $2"
_PUT_FORWARD = "update app.account set factors_lost_by = $3 where force_id = $1 and person_id = $2"
_FORGET_DEVICES = "update app.account set devices = $3, factors_lost_by = null where force_id = $1 and person_id = $2"


async def of_device(tx: ForceTx, device: UUID) -> UUID | None:
    """Return whose account the cookie of a known device names, or None when it was forgotten."""
    return await tx.value(_OF_DEVICE, device)


async def set_password(tx: ForceTx, person_id: UUID, password_hash: str, *, confirmed: bool = False) -> UUID | None:
    """Replace a password and forget the known devices; return what new ones are to name.

    None when the account is shut and nobody has `confirmed` that its owner is back.
    """
    devices = ids.new()
    done = await tx.run(_RENEW, person_id, password_hash, devices, confirmed)
    return devices if done else None


async def set_mobile(tx: ForceTx, person_id: UUID, mobile: bytes) -> None:
    """Write the number that texts to somebody go to, sealed."""
    await tx.run(_MOBILE, person_id, mobile)


async def shut(tx: ForceTx, person_id: UUID, state: str) -> bool:
    """Let nobody in any more, for the reason that `state` names, and forget the known devices; False when it was shut."""
    return await tx.run(_SHUT, person_id, state, ids.new()) == 1


async def factors_lost_by(tx: ForceTx, person_id: UUID) -> UUID | None:
    """Return who of the staff put forward that somebody lost their ways to sign in, or None."""
    return await tx.value(_LOST_BY, person_id)


async def put_forward_loss(tx: ForceTx, person_id: UUID, staff_id: UUID) -> None:
    """Note who put forward that somebody lost their ways to sign in."""
    await tx.run(_PUT_FORWARD, person_id, staff_id)


async def forget_devices(tx: ForceTx, person_id: UUID) -> UUID:
    """Know no device of somebody's any more, nor what was put forward about what they lost; return what new ones name."""
    devices = ids.new()
    await tx.run(_FORGET_DEVICES, person_id, devices)
    return devices
