"""The mailbox keeps what was sent, in order, whole, and for nobody else's eyes."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from trackmycrime.gateways.mailbox import Kind, Mailbox
from trackmycrime.kit import ids


def test_an_empty_mailbox_shows_nothing(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mailbox")
    assert mailbox.newest(10) == []
    assert mailbox.find(ids.new()) is None


def test_the_newest_comes_first_and_can_be_found(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mailbox")
    sent = [mailbox.put(Kind.TEXT, to="+447700900123", text=f"{number} dŵr") for number in range(5)]

    assert mailbox.newest(3) == sent[:1:-1]
    assert mailbox.newest(10) == sent[::-1]
    assert [mailbox.find(message.id) for message in sent] == sent


def test_a_message_half_written_is_not_there(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    kept = mailbox.put(Kind.TEXT, to="+447700900123", text="whole")
    with closing(sqlite3.connect(tmp_path / "sent.sqlite")) as dying:
        dying.execute("insert into sent values (?, ?)", (str(ids.new()), b'{"kind": "te'))  # and nothing commits it
    assert mailbox.newest(10) == [kept]


def test_several_processes_may_put_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        put = [threads.submit(Mailbox(tmp_path).put, Kind.TEXT, to="+447700900123", text=str(n)) for n in range(100)]
    assert {sent.id for sent in Mailbox(tmp_path).newest(200)} == {done.result().id for done in put}


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "mailbox"
    mailbox = Mailbox(folder)
    mailbox.put(Kind.TEXT, to="+447700900123", text="private")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}  # what SQLite puts beside it too
