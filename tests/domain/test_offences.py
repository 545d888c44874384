"""Offences by real titles: which are risky to write about, and what they are called in plain words."""

import csv
from importlib.resources import files

import pytest

from trackmycrime.domain.cases import offences, outcomes, stages
from trackmycrime.domain.support import national
from trackmycrime.domain.tenancy.configuration import OffenceGroup

STANDING = [
    ("TH68026", "burglary", False),
    ("TH68037", "burglary", False),
    ("TH68036", "burglary", False),  # "no violence" is not violence
    ("TH68028", "burglary", True),  # with intent to inflict grievous bodily harm
    ("TH68032", "burglary", True),  # with intent to cause damage
    ("TH68045", "burglary", True),  # aggravated: with a weapon
    ("TH68023", "robbery", True),
    ("TH68001", "theft", False),
    ("TH68002", "theft", True),  # in a dwelling: by somebody who was let in
    ("TH68006", "bicycle", False),
    ("TH68007", "vehicle", False),
    ("TH68010", "shoplifting", False),
    ("TH68010C", "shoplifting", False),
    ("TH68013", "vehicle", False),
    ("TH68071", "threats", True),
    ("FA06001", "fraud", False),
    ("CD71039", "damage", True),
    ("CD71015", "damage", True),
    ("CD71043", "threats", True),
    ("OF61014", "threats", True),
    ("OF61102", "violence", True),
    ("OF61016", "violence", True),
    ("CJ88116", "violence", True),
    ("COML025", "violence", True),
    ("COML020", "violence", True),
    ("SC15005", "violence", True),
    ("PH97004", "stalking", True),
    ("PH97010", "stalking", True),
    ("SC15004", "domestic", True),
    ("DA21001", "domestic", True),
    ("FL96001", "domestic", True),
    ("FL96002", "honour_based", True),
    ("FG03001", "honour_based", True),
    ("MS15001", "exploitation", True),
    ("SX03002", "sexual", True),
    ("SX03007", "sexual", True),
    ("PU86004", "public_order", True),
    ("CJ88144", "weapons", True),
    ("MD71022", "drugs", True),
    ("RT88026", "driving", False),
    ("AB13001", "other", True),  # nothing says what it is, so a person looks
]

TITLES = [
    ("Burglary - residential", "burglary", False),
    ("Domestic burglary", "burglary", False),
    ("Burglary of a stable", "burglary", False),
    ("Theft of a car battery", "theft", False),
    ("Bicycle theft", "bicycle", False),
    ("THEFT OF PEDAL CYCLE", "bicycle", False),
    ("Interfering with a motor vehicle", "vehicle", False),
    ("Making off without payment", "theft", False),
    ("Theft by ex-partner", "theft", True),
    ("Assault occasioning A.B.H.", "violence", True),
    ("S.47 assault", "violence", True),
    ("Domestic incident", "domestic", True),
    ("Honour-based abuse", "honour_based", True),
    ("Malicious communications", "stalking", True),
    ("Racially aggravated criminal damage", "damage", True),
    ("Attempted murder", "violence", True),
    ("Rape of a female aged 16 or over", "sexual", True),
    ("Byrgleriaeth", "other", True),  # not recognised, so a person looks
    ("", "other", True),
]


@pytest.mark.parametrize(("code", "group", "risky"), STANDING)
def test_a_known_code_is_judged_by_itself_and_by_its_standing_title(code: str, group: str, *, risky: bool) -> None:
    standing = offences.title(code)
    assert standing
    assert (offences.group(code, ""), offences.risky(code, "")) == (group, risky)
    assert (offences.group("", standing), offences.risky("", standing)) == (group, risky)


@pytest.mark.parametrize(("title", "group", "risky"), TITLES)
def test_an_offence_without_a_code_is_judged_by_its_title(title: str, group: str, *, risky: bool) -> None:
    assert (offences.group("", title), offences.risky("", title)) == (group, risky)


def test_a_harmless_title_never_hides_a_risky_code_nor_the_other_way_round() -> None:
    assert offences.risky("SX03002", "Theft")
    assert offences.risky("TH68010", "Shoplifting by ex-husband, with threats")


def test_a_force_adds_risky_codes_and_they_stand_for_attempts_too() -> None:
    assert not offences.risky("TH68006", "Theft of pedal cycle")
    assert offences.risky("TH68006", "Theft of pedal cycle", extra=["TH68006"])
    assert offences.risky(" th68006a", "Attempt theft of pedal cycle", extra=["TH68006"])
    assert not offences.risky("TH68026", "Burglary dwelling", extra=["TH68006"])


def test_every_standing_title_is_found_and_nothing_else_is() -> None:
    content = (files("trackmycrime.data") / "cjs" / "offences.csv").read_text("utf-8")
    rows = list(csv.DictReader(content.splitlines()))
    assert len(rows) == 15_352
    for row in rows[::97] + rows[:2] + rows[-2:]:
        assert offences.title(row["code"]) == row["title"]
    for unknown in ("", "code", "TH6801", "AA00000", "ZZ99999", "title"):
        assert offences.title(unknown) is None


def test_no_standing_title_with_a_grave_word_is_called_harmless() -> None:
    content = (files("trackmycrime.data") / "cjs" / "offences.csv").read_text("utf-8")
    grave = ("rape", "sexual", "assault", "murder", "stalk", "harass", "threat", "violence", "domestic", "arson")
    for row in csv.DictReader(content.replace("no violence", "").splitlines()):
        if any(word in row["title"].casefold().split() for word in grave):
            assert offences.risky(row["code"], row["title"]), row


def test_every_group_stage_and_outcome_has_plain_words() -> None:
    assert all(offences.plain(group) for group in OffenceGroup)
    assert all(stages.plain(stage) for stage in stages.Stage)
    described = [outcomes.outcome(code) for code in outcomes.CODES]
    assert all(found and found.label and found.sentence.endswith(".") for found in described)
    assert outcomes.outcome(23) is None
    assert outcomes.outcome(-1) is None


def test_national_services_show_hours_only_where_a_source_was_found() -> None:
    services = national.directory()
    assert len(services) == 15
    assert all(service.phone or service.web for service in services)
    assert {service.hours for service in services} == {"", "24 hours, every day"}
