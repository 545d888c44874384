"""The checks of passkeys, apps and cards; and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

_PASSKEYS, _CODES = ("ways in: passkeys",), ("ways in: codes of an app",)
_STEPS, _SETTING_UP = ("ways in: second steps",), ("ways in: setting up",)
_PROVED, _ENTER = "domain.identity.ceremonies:proved", "domain.cases.registration:_enter"
_TAKE, _TRY, _LIVE = "store.challenges:_TAKE", "store.challenges:_TRY", "store.challenges:_LIVE"
# What a browser says that it was asked, believed.
_BELIEVED = """expected_challenge=webauthn.base64url_to_bytes(__import__("json").loads(webauthn.base64url_to_bytes(
            __import__("json").loads(answer)["response"]["clientDataJSON"]))["challenge"])"""

PASSKEYS = (
    M(
        "a passkey's origin",
        _PROVED,
        "expected_origin=tx.force.origin",
        'expected_origin=[tx.force.origin, "https://elsewhere.example.org"]',
        _PASSKEYS,
    ),
    M("a passkey's site", _PROVED, "expected_rp_id=_site(tx)", 'expected_rp_id="elsewhere.example.org"', _PASSKEYS),
    M(
        "who is at the passkey",
        _PROVED,
        "require_user_verification=True",
        "require_user_verification=False",
        _PASSKEYS,
    ),
    M("a passkey's challenge", _PROVED, "expected_challenge=challenge", _BELIEVED, _PASSKEYS),
    M(
        "a passkey's holder",
        "domain.cases.passkeys:_proved",
        "or claim.holder != _holder(tx.keys, row.person_id)",
        "",
        _PASSKEYS,
    ),
    M("whose challenge", _TAKE, "and bound = $3", "and $3::bytea is not null", _PASSKEYS),
    M("a challenge's age", _TAKE, "and made_at > now() - $4::interval", "and $4::interval is not null", _PASSKEYS),
    M(
        "a challenge, once",
        _TAKE,
        "delete from app.challenge where",
        "update app.challenge set made_at = made_at where",
        _PASSKEYS,
    ),
    M(
        "a passkey of somebody who left",
        "store.factors:_BY_HANDLE",
        "and cp.proxy_until >= current_date",
        "",
        _PASSKEYS,
    ),
    M(
        "a passkey of a locked account",
        "store.identity.sessions:_ADD_PROVEN",
        "and state = 'open'",
        "",
        _PASSKEYS,
    ),
)
STEPS = (
    M("whose half way", _TRY, "h.cookie_hash = $2", "$2::bytea is not null", _CODES),
    M("half way, too late", _TRY, "and h.made_at > now() - $3::interval", "and $3::interval is not null", _CODES),
    M("half way, too often", _TRY, "and h.tries_left > 0", "", _CODES),
    M(
        "half way, with another password",
        "domain.cases.halfway:_account",
        "or not hmac.compare_digest(row.proof, _proof(tx, account))",
        "",
        (*_CODES,),
    ),
    M(
        "a code, once",
        "store.factors:_MOVE_ON",
        "and (counter < $3 or $4::bool and counter = 0)",
        "and ($3::bigint is not null or $4::bool)",
        _CODES,
    ),
    M("a code, whose", "store.factors:_OF_KIND", "and f.person_id = $2", "and $2::uuid is not null", _CODES),
    M("a second step", _ENTER, "await halfway.is_asked(tx, stored)", "False", _STEPS),
    M(
        "a device that knows her",
        _ENTER,
        "by.remembers != stored.known_as",
        "by.remembers is None",
        _STEPS,
    ),
    M("a card's code, once", _ENTER, "code is not None and not await card.use(tx, code)", "False", _STEPS),
    M("whose set-up", _LIVE, "and bound = $3", "and $3::bytea is not null", _SETTING_UP),
    M("a set-up's age", _LIVE, "and made_at > now() - $4::interval", "and $4::interval is not null", _SETTING_UP),
    M("whose is removed", "store.factors:_FORGET", "and person_id = $2", "and $2::uuid is not null", _SETTING_UP),
    M("nothing is added to a locked account", "store.factors:_ADD", "and state = 'open'", "", _SETTING_UP),
    M(
        "whose way to sign in",
        "store.factors:_ONE",
        "and f.person_id = $3",
        "and $3::uuid is not null",
        ("a victim removes",),
    ),
)
