"""Every way the service says no, in words fit for the reader."""

from collections.abc import Mapping


class Refusal(Exception):
    """A normal "no": shown as a page or as problem+json, never logged as a crash."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Refusal):
    """Not there, or not yours: the same answer for both, so that nobody can learn what exists."""

    status = 404


class SignedOut(Refusal):
    """Nobody is signed in; the page may be asked for again after signing in.

    `unsent` says what became of something that somebody wrote: "kept", "lost", or "" when nothing was written.
    """

    status = 401

    def __init__(self, message: str, *, unsent: str = "") -> None:
        super().__init__(message)
        self.unsent = unsent


class Forbidden(Refusal):
    """The request itself cannot be trusted, whoever sent it."""

    status = 403


class Conflict(Refusal):
    """Somebody was there first, or the state of the thing does not allow it."""

    status = 409


class TooLarge(Refusal):
    """More than one request may carry."""

    status = 413


class Slower(Refusal):
    """Too many attempts, or too much at once: try again after `retry_after` seconds."""

    status = 429

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(Slower):
    """The service cannot take this now: try again after `retry_after` seconds."""

    status = 503


class Invalid(Refusal):
    """What was filled in cannot be used: one message for each field, by the field's name."""

    status = 422

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)
