"""The directory as a file: what is written comes back byte for byte, and what is wrong is named by line and column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json, structs

from tests.cast import configuration
from trackmycrime.domain.support import spreadsheet, writing
from trackmycrime.domain.support.spreadsheet import FIELD, Comparison
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.services import SupportCategory, SupportService
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import WELSH, speaking

EMPTY = configuration("northshire", "Northshire Police")
CARE = SupportService(name="Victim Care", helps_with="Someone to talk to", who_for="Anyone", phone="01632 960111")
LOCKS = structs.replace(CARE, name="Safe Homes", helps_with="Locks", phone="01632 960112")
HEAD = "Name,Helps with,Who for,Phone"

solid = st.characters(exclude_categories=["C", "Z"])
texts = st.text(st.one_of(solid, st.sampled_from("=+-@' \",;")), min_size=1, max_size=40).map(lambda text: f"{text}.")
lines = texts.map(str.strip).filter(lambda text: not any(mark in text for mark in ("((", "{{", "{%", "${", "<%")))
codes = st.sampled_from(["en", "cy", "pl", "pa", "ur", "ro", "so", "zz", "yue", "ckb"])
services = st.builds(
    SupportService,
    name=lines,
    name_cy=lines | st.just(""),
    helps_with=lines,
    who_for=lines,
    who_for_cy=lines | st.just(""),
    category=st.sampled_from(SupportCategory),
    areas=lines | st.just(""),
    phone=st.sampled_from(["01632 960001", "0800 1111", "+44 1632 960001", "101"]),
    text_relay=st.sampled_from(["", "18001 01632 960001"]),
    web=st.sampled_from(["", "https://help.example.org/A?b=c,d"]),
    hours=lines | st.just(""),
    languages=st.lists(codes, unique=True, max_size=4).map(tuple),
    free=st.booleans(),
    anonymous=st.booleans(),
    crimes=st.lists(st.sampled_from(OffenceGroup), unique=True, max_size=4).map(tuple),
    reviewed_on=st.sampled_from(["", "2026-03-31"]),
)


def compared(text: str | bytes, *own: SupportService, removes: bool = False) -> Comparison:
    content = text if isinstance(text, bytes) else text.encode()
    return spreadsheet.compare(structs.replace(EMPTY, support=own), content, removes=removes)


def faults(text: str | bytes, *own: SupportService) -> str:
    with pytest.raises(Invalid) as refused:
        compared(text, *own)
    assert all(name.startswith(FIELD) for name in refused.value.fields)
    return "\n".join(refused.value.fields.values())


@given(st.lists(services, max_size=4, unique_by=lambda service: service.name.casefold()))
def test_what_is_written_comes_back_service_by_service(own: list[SupportService]) -> None:
    with speaking(WELSH):
        content = spreadsheet.write(own)
    if own:
        again = compared(content, removes=True).configuration.support
        assert json.encode(again) == json.encode(own)
        assert spreadsheet.write(again) == content
        assert compared(content, *own).same == len(own)


@given(services)
def test_a_form_says_all_of_a_service(service: SupportService) -> None:
    assert writing.read(writing.as_text(service)) == service


def test_every_language_of_the_list_comes_back_from_its_name() -> None:
    codes = ["en", "cy", "pl", "ar", "fa", "zh", "yue", "bn", "gu", "ta", "ti", "so", "sq", "ku", "ckb", "ps", "uk"]
    service = structs.replace(CARE, languages=tuple(codes))
    assert writing.read(writing.as_text(service)) == service
    assert "Polish" in writing.as_text(service)["languages"]


def test_a_file_adds_and_changes_and_what_it_does_not_say_stays() -> None:
    found = compared(f"{HEAD}\nVictim Care,Company,Anyone,01632 960111\nNew Door,Jobs,Adults,0800 1111\n", CARE, LOCKS)
    assert (found.added, found.changed, found.removed, found.same) == (("New Door",), ("Victim Care",), (), 0)
    assert [service.name for service in found.configuration.support] == ["Victim Care", "Safe Homes", "New Door"]
    assert found.configuration.support[0] == structs.replace(CARE, helps_with="Company")


def test_a_file_may_be_all_there_is_in_its_own_order() -> None:
    found = compared(f"{HEAD}\nSafe Homes,Locks,Anyone,01632 960112\n", CARE, LOCKS, removes=True)
    assert (found.added, found.changed, found.removed, found.same) == ((), (), ("Victim Care",), 1)
    assert found.configuration.support == (LOCKS,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_it_is_read_as_spreadsheets_write_it(encoding: str, mark: str) -> None:
    rows = f'Name{mark}Helps with{mark}Who for{mark}Phone\r\n"Côr y Cwm"{mark}"Talk, and tea"{mark}Anyone{mark}01632 960001\r\n'
    assert compared(rows.encode(encoding)).configuration.support[0].name == "Côr y Cwm"


def test_empty_columns_and_lines_at_the_end_are_nothing() -> None:
    found = compared(f"{HEAD},,\r\na,b,c,101,,\r\n,,,,,\r\n\r\n")
    assert found.added == ("a",)


def test_days_are_read_as_spreadsheets_show_them_and_cells_that_were_quoted_too() -> None:
    found = compared("Name,Helps with,Who for,Phone,Checked on\n'=Help,'-a,b,'+44 1632 960001,1/3/2026\n")
    (service,) = found.configuration.support
    assert (service.name, service.helps_with, service.phone) == ("=Help", "-a", "+44 1632 960001")
    assert service.reviewed_on == "2026-03-01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (",,\n", "Line 1: the column “Name” is missing"),
        ("\0\0", "We could not read this file"),
        (b"\x81\x8d", "We could not read this file"),
        (HEAD, "There is no service in this file"),
        ("Name,Helps with", "Line 1: the column “Who for” is missing"),
        (f"{HEAD},Colour\na,b,c,101,red", "Line 1: we do not know the column “Colour”"),
        (f"{HEAD},Name\n", "Line 1: the column “Name” is there twice"),
        (f"{HEAD}\na,b,c,101,x\n", "Line 2 has more cells than there are columns"),
        (f'{HEAD}\n"a\nb",c,d,101\n', "Line 2, Name: Enter the name of the service"),
        (f'{HEAD}\n"a,b,c,101\n', "a quotation mark is missing"),
        (f"{HEAD}\nA,b,c,101\n\na,b,c,101\n", "Lines 2 and 4: “a” is there twice"),
        (f"{HEAD}\n=HYPERLINK(1),b,c,101\n", "Line 2, Name: this begins like a formula"),
        (f"{HEAD}\na,@b,-c,+cmd|' /C calc'!A0\n", "Line 2, Phone: this begins like a formula"),
        (f"{HEAD}\na,((unknown)),c,101\n", "Line 2, Helps with: Write plain words"),
        (f"{HEAD}\na,{{{{ 7*7 }}}},c,101\n", "Line 2, Helps with: Write plain words"),
        (f"{HEAD}\na,b,c,\n", "Line 2, Phone: Enter a telephone number, or a website"),
        (f"{HEAD}\na,b,c,8081570101\n", "Line 2, Phone: Enter a telephone number that people can call"),
        (f"{HEAD},Website\na,b,c,101,http://x.example.org\n", "Line 2, Website: Enter an address that begins with"),
        (f"{HEAD},Website\na,b,c,101,https://10.0.0.1/\n", "Line 2, Website: Enter a website by its name"),
        (f"{HEAD},Free\na,b,c,101,maybe\n", "Line 2, Free: Enter yes or no"),
        (f"{HEAD},Kind of help\na,b,c,101,hugs\n", "Line 2, Kind of help: Choose one of: listening"),
        (f"{HEAD},After which crimes\na,b,c,101,jaywalking\n", "Line 2, After which crimes: Enter crimes"),
        (f"{HEAD},Checked on\na,b,c,101,2026-02-30\n", "Line 2, Checked on: Enter a day"),
        (f"{HEAD},Checked on\na,b,c,101,2999-01-01\n", "Line 2, Checked on: This day is still to come"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(text: str | bytes, said: str) -> None:
    assert said in faults(text, CARE)


def test_all_that_is_wrong_is_said_at_once_and_much_of_it_is_counted() -> None:
    said = faults(f"{HEAD}\n,b,c,101\na,,c,12\n")
    assert "Line 2, Name" in said
    assert "Line 3, Helps with" in said
    assert "Line 3, Phone" in said
    many = faults(HEAD + "\n,b,c,101" * 50)
    assert "There are 30 more like these" in many


@pytest.mark.parametrize(
    "address",
    [
        "https://192.0.2.1/",
        "https://2130706433/",
        "https://127.1/",
        "https://a.0x7f/",
        "https://[::1]/",
        "https://localhost/",
        "https://help.localhost/",
        "https://nas.local/",
        "https://help.internal/x",
        "https://router.lan",
        "https://me@help.example.org/",
        "https://help.example.org:8443/",
        "https://help.example.org\\@evil.example.org/",
        "http://help.example.org/",
        "javascript:alert(1)",
        "//help.example.org/",
        "data:text/html,x",
        "help.example.org",
    ],
)
def test_a_link_leads_to_a_site_that_everybody_can_reach_or_is_refused(address: str) -> None:
    with pytest.raises(Invalid) as refused:
        writing.read(writing.as_text(CARE) | {"web": address})
    assert list(refused.value.fields) == ["web"]


def test_a_site_may_be_written_in_capitals() -> None:
    assert (
        writing.read(writing.as_text(CARE) | {"web": "HTTPS://Help.Example.org/Way"}).web
        == "https://help.example.org/Way"
    )
