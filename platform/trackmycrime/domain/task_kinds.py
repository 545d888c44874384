"""What sorts of things people must do, and how soon each is to be done."""

from datetime import timedelta
from enum import StrEnum


class TaskKind(StrEnum):
    """What sort of thing is to be done."""

    MESSAGE = "message"
    UPDATE_REQUEST = "update_request"
    CALL_REQUEST = "call_request"
    ASSESS_SUITABILITY = "assess_suitability"
    CONFIRM_ADDRESS = "confirm_address"
    NAME_ADDRESSEE = "name_addressee"
    MISSING_PERSON = "missing_person"
    INVITE_ENDED = "invite_ended"
    TELL_IN_PERSON = "tell_in_person"
    INVITE_WITH_CODE = "invite_with_code"
    SAFE_CONTACT_OLD = "safe_contact_old"
    BROKEN_PROMISE = "broken_promise"
    PASSWORD_HELP = "password_help"  # noqa: S105 - the name of a kind
    ACCOUNT_FROZEN = "account_frozen"
    FACTORS_LOST = "factors_lost"
    WITHDRAWAL = "withdrawal"
    CHECK_PROXY = "check_proxy"


_WITHIN = {
    TaskKind.MESSAGE: timedelta(hours=12),
    TaskKind.UPDATE_REQUEST: timedelta(days=3),
    TaskKind.CALL_REQUEST: timedelta(hours=12),
    TaskKind.ASSESS_SUITABILITY: timedelta(days=1),
    TaskKind.TELL_IN_PERSON: timedelta(days=1),
    TaskKind.INVITE_WITH_CODE: timedelta(days=1),
    TaskKind.SAFE_CONTACT_OLD: timedelta(days=7),
    TaskKind.BROKEN_PROMISE: timedelta(days=1),
    TaskKind.PASSWORD_HELP: timedelta(hours=12),
    TaskKind.ACCOUNT_FROZEN: timedelta(hours=1),
    TaskKind.FACTORS_LOST: timedelta(hours=12),
    TaskKind.WITHDRAWAL: timedelta(hours=12),
}
_OTHERWISE = timedelta(days=3)


def within(kind: TaskKind) -> timedelta:
    """Return how soon something of this kind is to be done."""
    return _WITHIN.get(kind, _OTHERWISE)
