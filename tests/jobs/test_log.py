"""Nothing that a person wrote or is gets into a log, whoever logs it and however it fails."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from trackmycrime.kit import ids, log

SECRET = "alice@example.org lives at 1 Sample Street"


class Lost(Exception):
    """Something was lost."""


@pytest.fixture(autouse=True)
def logging_as_json() -> Iterator[None]:
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    log.configure()
    yield
    structlog.reset_defaults()
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)


def fail() -> None:
    private = SECRET
    try:
        dict[str, str]()[private]
    except LookupError as cause:
        raise Lost(private) from cause


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    written = capsys.readouterr().out
    assert "alice" not in written
    assert "Sample Street" not in written
    return [json.loads(line) for line in written.splitlines()]


def test_an_event_is_one_line_of_json_with_its_time_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    request = ids.new()
    structlog.get_logger().info("asked", request=request, status=200, milliseconds=1.5)
    (line,) = lines(capsys)
    assert line.pop("at").endswith("Z")
    assert line == {"event": "asked", "level": "info", "request": str(request), "status": 200, "milliseconds": 1.5}


def test_what_is_not_known_to_be_harmless_is_withheld(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("asked", body=SECRET, email=SECRET, name=SECRET, path=SECRET)
    (line,) = lines(capsys)
    assert {line[key] for key in ("body", "email", "name", "path")} == {log.WITHHELD}


def test_an_exception_is_told_by_its_kind_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail()
    except Lost:
        structlog.get_logger().exception("failed")
    (line,) = lines(capsys)
    lost, cause = line["error"]
    assert lost["type"].endswith(".Lost")
    assert cause["type"] == "builtins.KeyError"
    assert [place.split(" ")[-1] for place in lost["at"]][-1] == "fail"
    assert all("test_log.py:" in place for place in lost["at"])


def test_a_group_of_exceptions_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    group = ExceptionGroup(SECRET, [ValueError(SECRET), Lost(SECRET)])
    structlog.get_logger().error("failed", exc_info=group)
    (line,) = lines(capsys)
    assert [part["type"].rsplit(".", 1)[-1] for part in line["error"][0]["of"]] == ["ValueError", "Lost"]


def test_libraries_log_their_sentence_without_what_they_fill_in(capsys: pytest.CaptureFixture[str]) -> None:
    library = logging.getLogger("library")
    library.info("all is well")
    library.warning("refused %s", SECRET)
    try:
        fail()
    except Lost:
        library.exception("never retrieved\nfuture: %s", SECRET)
    refused, failed = lines(capsys)
    assert (refused["event"], refused["logger"], refused["level"]) == ("refused %s", "library", "warning")
    assert (failed["event"], failed["error"][0]["type"].rsplit(".", 1)[-1]) == ("never retrieved", "Lost")


def test_what_ends_the_process_is_logged_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail()
    except Lost as error:
        sys.excepthook(Lost, error, error.__traceback__)
    (line,) = lines(capsys)
    assert (line["event"], line["level"]) == ("crashed", "critical")
