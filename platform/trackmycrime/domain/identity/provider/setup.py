"""How a force's provider is set up: a draft that is tried before anyone depends on it, and what is in use."""

import hashlib
from datetime import datetime
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct, structs

from trackmycrime.domain import audit
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.gateways.providers import Client
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store.identity import providers as rows
from trackmycrime.store.identity.providers import ProviderRow
from trackmycrime.tx import ForceTx

CALLBACK, LOGOUT, SIGN_IN = "/staff/sign-in/provider/callback", "/staff/sign-in/provider/logout", "/staff/sign-in"
LONGEST, MOST_GROUPS = 300, 50
# Which role counts where somebody is in the groups of several.
ORDER = (StaffRole.ADMIN, StaffRole.SUPERVISOR, StaffRole.HUB, StaffRole.OFFICER)


class Rule(Struct, frozen=True):
    """Who is in this group has this role; the first rule that fits counts."""

    group: str
    role: StaffRole


class Setup(Struct, frozen=True):
    """How the service and a force's provider know each other.

    `groups` is what the provider calls the list of somebody's groups; `level` what it calls a sign-in with a second factor
    (an `acr` value), "" where it says `mfa` (RFC 8176). Only where its email addresses `are_confirmed` by the force does one
    that the provider says nothing of find somebody.
    """

    issuer: str = ""
    client_id: str = ""
    secret: str = ""
    groups: str = "groups"
    second_factor: bool = True
    level: str = ""
    are_confirmed: bool = False
    rules: tuple[Rule, ...] = ()

    def of_role(self, role: StaffRole) -> tuple[str, ...]:
        """Return the groups whose members have a role."""
        return tuple(rule.group for rule in self.rules if rule.role is role)


class Trial(Struct, frozen=True):
    """What came of trying the draft: what the provider said, and the role it would give ("" for none).

    `failed` names what went wrong, "" where nothing did.
    """

    revision: int
    at: datetime
    failed: str
    name: str = ""
    email: str = ""
    email_confirmed: bool = False
    groups: tuple[str, ...] = ()
    second_factor: bool = False
    role: str = ""

    @property
    def worked(self) -> bool:
        """Whether whoever tried it would still be an administrator: else switching it on would shut them out."""
        return not self.failed and self.role == StaffRole.ADMIN


class Provider(Struct, frozen=True):
    """A force's provider: what is in use (None: people sign in here with a password), the draft, and how trying it went."""

    used: Setup | None
    draft: Setup
    trial: Trial | None
    revision: int

    @property
    def may_be_used(self) -> bool:
        """Whether the draft was tried as it is now, and worked."""
        return self.trial is not None and self.trial.worked and self.trial.revision == self.revision

    @property
    def changed(self) -> bool:
        """Whether the draft is not what is in use."""
        return self.used != self.draft


class SetUpMeanwhile(Conflict):
    """Somebody else has changed the draft since it was looked at."""

    def __init__(self) -> None:
        super().__init__(_("Someone else has changed this since you opened the page. Look again before you save."))


class NotTried(Conflict):
    """The draft was not tried as it is now, or trying it did not work."""

    def __init__(self) -> None:
        super().__init__(_("Try it first: only what has worked can be switched on."))


def place(column: str) -> bytes:
    """Return the place that a column of a force's provider is sealed for."""
    return b"provider." + column.encode()


def client(tx: ForceTx, setup: Setup) -> Client:
    """Return how the provider knows this service."""
    return Client(setup.issuer, setup.client_id, setup.secret, tx.force.origin + CALLBACK)


async def read(tx: ForceTx) -> Provider:
    """Return the force's provider; nothing is set up where nobody has."""
    row = await rows.provider(tx) or ProviderRow(None, None, None, 0)
    used, draft = _setup(tx, row.used, "used"), _setup(tx, row.draft, "draft")
    trial = msgspec.json.decode(_open(tx, row.trial, "trial"), type=Trial) if row.trial else None
    return Provider(used, draft or used or Setup(), trial, row.revision)


async def used(tx: ForceTx) -> Setup | None:
    """Return what is in use; None where people sign in here with a password."""
    row = await rows.provider(tx)
    return _setup(tx, row.used, "used") if row else None


async def is_on(tx: ForceTx) -> bool:
    """Say whether the force's people sign in with its own provider."""
    return await rows.is_on(tx)


def _setup(tx: ForceTx, sealed: bytes | None, column: str) -> Setup | None:
    return msgspec.json.decode(_open(tx, sealed, column), type=Setup) if sealed else None


def _open(tx: ForceTx, sealed: bytes, column: str) -> bytes:
    return tx.keys.own().open(sealed, place(column))


def _sealed(tx: ForceTx, content: Setup | Trial, column: str) -> bytes:
    return tx.keys.own().seal(encoded(content), place(column))


def encoded(content: Setup | Trial) -> bytes:
    """Return what is sealed."""
    return msgspec.json.encode(content)


def digest(tx: ForceTx, setup: Setup) -> bytes:
    """Return what tells one set-up from another: a sign-in that began with one is not ended with another."""
    return tx.keys.sign("provider setup", hashlib.sha256(msgspec.json.encode(setup)).digest())


async def save(tx: ForceTx, setup: Setup, revision: int) -> None:
    """Keep a draft; an empty secret keeps the one that is there for the same provider. Nothing changes for anybody.

    Raises Invalid by field, and SetUpMeanwhile.
    """
    before = (await read(tx)).draft
    if not setup.secret and (setup.issuer, setup.client_id) == (before.issuer, before.client_id):
        setup = structs.replace(setup, secret=before.secret)
    problems = _problems(setup)
    if problems:
        raise Invalid(problems)
    if not await rows.save(tx, _sealed(tx, setup, "draft"), revision):
        raise SetUpMeanwhile
    await audit.record(tx, "provider.changed", revision=revision + 1)


def _problems(setup: Setup) -> dict[str, str]:
    least = _("Enter at least one group whose members are administrators, or nobody could change this again")
    checks = {
        "issuer": (_is_address(setup.issuer), _("Enter the address of your provider. It begins with https://")),
        "client_id": (_fits(setup.client_id), _("Enter the name that your provider gave this service")),
        "secret": (_fits(setup.secret), _("Enter the secret that your provider gave for this service")),
        "groups": (_fits(setup.groups), _("Enter what your provider calls the list of somebody's groups")),
        "level": (len(setup.level) <= LONGEST, _("This must be %(number)s characters or fewer", number=LONGEST)),
        str(StaffRole.ADMIN): (bool(setup.of_role(StaffRole.ADMIN)), least),
    }
    problems = {field: wrong for field, (good, wrong) in checks.items() if not good}
    return problems | _too_many(setup)


def _too_many(setup: Setup) -> dict[str, str]:
    wrong = _("Enter up to %(number)s groups of up to %(length)s characters", number=MOST_GROUPS, length=LONGEST)
    names = {role: setup.of_role(role) for role in ORDER}
    return {
        str(role): wrong
        for role, groups in names.items()
        if len(groups) > MOST_GROUPS or (not all(map(_fits, groups)) and groups)
    }


def _fits(text: str) -> bool:
    return 0 < len(text) <= LONGEST and text.isprintable()


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError:
        return False
    good = (
        parts.scheme in {"https", "http"} and parts.hostname and not (parts.username or parts.query or parts.fragment)
    )
    return bool(good) and _fits(text)


async def keep_trial(tx: ForceTx, trial: Trial) -> None:
    """Keep how trying the draft went."""
    await rows.keep_trial(tx, _sealed(tx, trial, "trial"))
    await audit.record(tx, "provider.tried", worked=trial.worked, failed=trial.failed)


async def switch_on(tx: ForceTx, revision: int) -> None:
    """Use the draft from now on: the force's people sign in with its provider, and no password of ours works.

    Raises SetUpMeanwhile, and NotTried where it was not tried as it is.
    """
    found = await read(tx)
    if not found.may_be_used:
        raise NotTried
    if found.revision != revision or not await rows.use(tx, _sealed(tx, found.draft, "used"), revision):
        raise SetUpMeanwhile
    await audit.record(tx, "provider.on", revision=revision)


async def switch_off(tx: ForceTx, revision: int) -> None:
    """Let the force's people sign in here with a password again.

    Raises NotFound where no provider is in use, and SetUpMeanwhile.
    """
    if not await is_on(tx):
        raise NotFound(_("Page not found"))
    if not await rows.stop(tx, revision):
        raise SetUpMeanwhile
    await audit.record(tx, "provider.off", revision=revision)
