"""The command line refuses in one line with exit code 1, and a wrong call with 2."""

from pathlib import Path

import pytest

from trackmycrime.cli import main
from trackmycrime.cli.home import AlreadyRunning, Home
from trackmycrime.cli.run import table


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRACKMYCRIME_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_wrong_setting_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "http")
    assert main(["migrate"]) == 1
    assert capsys.readouterr().err == "PORT takes a whole number from 1 to 65535.\n"


def test_a_command_without_the_service_says_how_to_start_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--json"]) == 1
    assert "make run" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["arrest"], ["migrate", "--sideways"]])
def test_a_wrong_call_is_exit_code_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_a_second_run_in_the_same_folder_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Home(home).claim()
    with pytest.raises(AlreadyRunning):
        Home(home).claim()
    assert main(["run"]) == 1
    assert str(home) in capsys.readouterr().err


def test_the_sign_ins_are_an_aligned_table_of_what_is_filled_in() -> None:
    lines = table(
        [
            {"who": "victim", "force": "kent", "crime_reference": "46/1/26", "password": "one two"},
            {"who": "operator", "password": "three"},
        ]
    )
    assert lines == [
        "who       force  crime reference  password",
        "victim    kent   46/1/26          one two",
        "operator                          three",
    ]
