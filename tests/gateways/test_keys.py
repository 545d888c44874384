"""The keys of forces open for their own force alone, whoever keeps the master key."""

from pathlib import Path
from uuid import UUID

import pytest

from trackmycrime.gateways import aws
from trackmycrime.gateways.keys import Keys, KmsKeys, LocalKeys, keys
from trackmycrime.kit import ids
from trackmycrime.kit.sealing import KEY_BYTES, Unreadable
from trackmycrime.settings import Settings

KENT, GWENT = ids.new(), ids.new()


@pytest.fixture(params=["local", "kms"])
def two_masters(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Keys, Keys]:
    if request.param == "local":
        return LocalKeys(tmp_path / "one"), LocalKeys(tmp_path / "other")
    request.getfixturevalue("amazon")
    return _kms("One"), _kms("Other")


def _kms(prefix: str) -> Keys:
    alias = f"{prefix}-{ids.new()}"
    kms = aws.client("kms")
    kms.create_alias(AliasName=f"alias/{alias}", TargetKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    return keys(Settings.from_environment({"TRACKMYCRIME_KEYS_URL": f"kms://{alias}"}))


def test_a_key_opens_the_same_every_time(two_masters: tuple[Keys, Keys]) -> None:
    ours, _ = two_masters
    wrapped = ours.make(KENT)
    key = ours.open(KENT, wrapped)
    assert len(key) == KEY_BYTES
    assert key == ours.open(KENT, wrapped)
    assert key not in wrapped


def test_every_key_is_another(two_masters: tuple[Keys, Keys]) -> None:
    ours, _ = two_masters
    assert len({ours.open(KENT, ours.make(KENT)) for _ in range(3)}) == 3


@pytest.mark.parametrize("force", [GWENT, UUID(int=0xFF << 120)])
def test_a_key_does_not_open_for_another_force(two_masters: tuple[Keys, Keys], force: UUID) -> None:
    ours, _ = two_masters
    with pytest.raises(Unreadable):
        ours.open(force, ours.make(KENT))


def test_a_key_does_not_open_by_another_master_key(two_masters: tuple[Keys, Keys]) -> None:
    ours, others = two_masters
    with pytest.raises(
        (Unreadable, aws.refusals()[0])
    ):  # KMS says IncorrectKeyException, its stand-in AccessDeniedException
        others.open(KENT, ours.make(KENT))


def test_what_was_altered_does_not_open(two_masters: tuple[Keys, Keys]) -> None:
    ours, _ = two_masters
    wrapped = ours.make(KENT)
    with pytest.raises(Unreadable):
        ours.open(KENT, wrapped[:-1] + bytes([wrapped[-1] ^ 1]))


def test_every_process_finds_the_same_master_key(tmp_path: Path) -> None:
    file = tmp_path / "home" / "master.key"
    wrapped = LocalKeys(file).make(KENT)
    assert LocalKeys(file).open(KENT, wrapped) == LocalKeys(file).open(KENT, wrapped)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]


@pytest.mark.usefixtures("amazon")
def test_the_settings_choose_the_keys(tmp_path: Path) -> None:
    home = {"TRACKMYCRIME_HOME": str(tmp_path)}
    assert isinstance(keys(Settings.from_environment(home)), LocalKeys)
    assert isinstance(keys(Settings.from_environment(home | {"TRACKMYCRIME_KEYS_URL": "kms://tmc"})), KmsKeys)
