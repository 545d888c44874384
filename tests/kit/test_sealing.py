"""Sealed text opens at its own place with its own key, and nowhere else."""

import secrets
from uuid import uuid4

import pytest

from trackmycrime.kit import links
from trackmycrime.kit.folding import fold
from trackmycrime.kit.sealing import KEY_BYTES, Keyring, Unreadable


def ring() -> Keyring:
    return Keyring(secrets.token_bytes(KEY_BYTES))


def test_a_text_opens_only_where_it_was_sealed() -> None:
    mine, other = ring(), ring()
    key = mine.unwrap(mine.make())
    sealed = key.seal(b"a text", b"place")
    assert key.open(sealed, b"place") == b"a text"
    assert b"a text" not in sealed
    assert key.seal(b"a text", b"place") != sealed
    for wrong in (lambda: key.open(sealed, b"elsewhere"), lambda: other.own().open(sealed, b"place")):
        with pytest.raises(Unreadable):
            wrong()
    with pytest.raises(Unreadable):
        key.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), b"place")
    with pytest.raises(Unreadable):
        other.unwrap(mine.make())


def test_keys_never_show_themselves() -> None:
    root = secrets.token_bytes(KEY_BYTES)
    assert repr(Keyring(root)) == "Keyring(...)"
    assert root.hex() not in repr(vars(Keyring)) + repr(Keyring(root).own())


def test_a_link_opens_one_thing_for_one_purpose_in_one_force() -> None:
    mine, subject = ring(), uuid4()
    text = links.token(mine, "invite", subject)
    assert len(text) == 64
    assert links.opened(mine, "invite", text) == subject
    assert links.opened(mine, "unsubscribe", text) is None
    assert links.opened(ring(), "invite", text) is None
    for wrong in ("", "x", text[:-1], text + "A", "é" * 64, text[:-2] + "AA", "=" * 64):
        assert links.opened(mine, "invite", wrong) is None


def test_names_are_the_same_however_they_are_written() -> None:
    for one, other in (
        ("O'Neill-Hartley", "oneill hartley"),
        ("Òran", "Oran"),
        ("ØKLAND", "okland"),
        ("Łukasz", "lukasz"),
        ("Siân", "SIAN"),
        ("46/114907/26", "46 114907 26"),
        ("Straße", "strasse"),
    ):
        assert fold(one) == fold(other)
    assert fold("Ann") != fold("Anna")
