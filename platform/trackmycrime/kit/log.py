"""Logs: one line of JSON on standard output for each event, made of ids, counts and names of things alone.

Nothing that a person wrote or is may reach a log. So a field that is not known to be harmless is withheld, and of an
exception only its type and the places in the code are told: its message may hold what a victim wrote.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import cast

import msgspec
import structlog
from msgspec import Struct, field
from structlog.typing import EventDict, WrappedLogger

WITHHELD = "[withheld]"
HARMLESS = frozenset(
    {
        "at",
        "bytes",
        "count",
        "error",
        "event",
        "force",
        "host",
        "job",
        "kind",
        "level",
        "logger",
        "method",
        "milliseconds",
        "port",
        "request",
        "role",
        "route",
        "state",
        "status",
        "step",
        "surface",
        "why",
    }
)
_FRAMES, _LINKS = 30, 5
_LONGEST_TEMPLATE = 200


def configure() -> None:
    """Log as JSON from now on: what we log, what libraries log as a warning or worse, and what ends the process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _tell_places,
            _withhold,
            structlog.processors.JSONRenderer(serializer=_encoded),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_FromLibraries()], level=logging.WARNING, force=True)
    sys.excepthook = _crashed


class RequestLine(Struct, kw_only=True):
    """The line of one request. It has a way of its own because every request waits for it: all its fields are harmless."""

    request: str
    method: str
    route: str
    status: int
    milliseconds: float
    force: str
    event: str = "request"
    level: str = "info"
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())


def tell_request(line: RequestLine) -> None:
    """Write the line of a request."""
    sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
    sys.stdout.flush()


def _encoded(event: EventDict, **_: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()


def _withhold(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: value if key in HARMLESS else WITHHELD for key, value in event.items()}


def _tell_places(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    raised: object = event.pop("exc_info", None)
    if isinstance(raised, tuple):
        raised = cast("tuple[object, ...]", raised)[1]
    if raised is True:
        raised = sys.exception()
    if isinstance(raised, BaseException):
        event["error"] = [_told(error) for error in _chain(raised)]
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what led to it, as a traceback would show them."""
    following: BaseException | None = error
    for _ in range(_LINKS):
        if following is None:
            return
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _told(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]
    told: dict[str, object] = {"type": f"{type(error).__module__}.{type(error).__qualname__}", "at": places}
    if isinstance(error, BaseExceptionGroup):
        parts = cast("BaseExceptionGroup[BaseException]", error).exceptions
        told["of"] = [_told(part) for part in parts[:_LINKS]]
    return told


class _FromLibraries(logging.Handler):
    """Passes on what libraries log: their sentence without what they would fill into it."""

    def emit(self, record: logging.LogRecord) -> None:
        template = str(record.msg).split("\n", 1)[0][:_LONGEST_TEMPLATE]
        level = min(record.levelno // 10 * 10, logging.CRITICAL)
        structlog.get_logger().log(level, template, logger=record.name, exc_info=record.exc_info)


def _crashed(kind: type[BaseException], error: BaseException, places: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, places)
    else:
        structlog.get_logger().critical("crashed", exc_info=error)
