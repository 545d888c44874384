"""The checks of staff on their way in; and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

_CODES, _PASSKEYS, _BACK = ("staff in: codes",), ("staff in: passkeys",), ("staff in: from the provider",)
_STEPS, _TAKE = "store.identity.steps", "store.identity.providers:_TAKE"

STAFF = (
    M("whose half way, of staff", f"{_STEPS}:_TRY", "h.cookie_hash = $2", "$2::bytea is not null", _CODES),
    M(
        "half way, of staff, too late",
        f"{_STEPS}:_TRY",
        "and h.made_at > now() - $3::interval",
        "and $3::interval is not null",
        _CODES,
    ),
    M("half way, of staff, too often", f"{_STEPS}:_TRY", "and h.tries_left > 0", "", _CODES),
    M(
        "half way, of staff, with another password",
        "domain.identity.second_step:_still",
        "if not hmac.compare_digest(half.proof, _proof(tx, row)):",
        "if False:",
        _CODES,
    ),
    M(
        "a code of staff, once",
        f"{_STEPS}:_MOVE_ON",
        "and (counter < $3 or $4::bool and counter = 0)",
        "and ($3::bigint is not null or $4::bool)",
        _CODES,
    ),
    M(
        "a second thing to sign in with",
        "domain.identity.second_step:keep",
        "or await rows.of_staff(tx, row.id)",
        "",
        _CODES,
    ),
    M(
        "a staff passkey's holder",
        "domain.identity.staff_passkeys:_proved",
        "or claim.holder != _holder(tx.keys, row.staff_id)",
        "",
        _PASSKEYS,
    ),
    M(
        "an officer's passkey beside the provider",
        "domain.identity.staff_passkeys:sign_in",
        "or (beside and row.role != StaffRole.ADMIN)",
        "",
        _PASSKEYS,
    ),
    M("whose way back", _TAKE, "and bound = $3", "and $3::bytea is not null", _BACK),
    M("a way back, too late", _TAKE, "and made_at > now() - $4::interval", "and $4::interval is not null", _BACK),
    M(
        "another set-up",
        "domain.identity.provider.signing_in:_taken",
        "if setup.digest(tx, found) != pending.setup:",
        "if False:",
        _BACK,
    ),
)
