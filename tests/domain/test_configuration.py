"""A force's file: read with every fault named, written one way only, compared setting by setting."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json, structs

from trackmycrime.domain.tenancy import canonical, configuration, demonstration, plan
from trackmycrime.domain.tenancy.brand import Brand, Emblem
from trackmycrime.domain.tenancy.configuration import (
    Configuration,
    ConfigurationError,
    Contact,
    Features,
    OffenceGroup,
    Offences,
    OfficerStyle,
    SupportService,
)
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.footer import FooterLink
from trackmycrime.domain.tenancy.kinds import Weekday
from trackmycrime.domain.tenancy.units import Routing, Rule, Unit
from trackmycrime.domain.tenancy.wording import Wording

TENANTS = Path(__file__).parents[2] / "tenants"
FILES = sorted(TENANTS.glob("*/force.toml"))
WHERE = "tenants/northshire/force.toml"

northshire = Configuration(
    slug="northshire",
    name="Northshire Police",
    from_name="Northshire Police",
    contact=Contact(),
    brand=Brand(),
    features=Features(),
    offences=Offences(),
    routing=Routing(),
)

visible = st.characters(exclude_categories=["C", "Z"], include_characters=" \u00ad\u200d\ue000")  # some need escapes
lines = st.text(visible, max_size=60).map(lambda text: f"a {text}".strip())
services = st.builds(
    SupportService,
    name=lines,
    helps_with=lines,
    who_for=lines,
    hours=lines | st.just(""),
    phone=st.just("01632 960001"),
)
links = st.builds(FooterLink, name=lines, name_cy=lines | st.just(""), web=st.just("https://www.example.org/a?b=c&d"))
words = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="()<>{}%&@:.#[]$"), max_size=60)
wordings = st.builds(
    Wording,
    key=st.sampled_from(["page.start", "page.messages", "update.arrest"]),
    en=words.map("a\n\n{}".format),
    cy=words,
)
unit_names = ("Marsh Team", "Night Desk", "Fen Team")
units = st.builds(
    Unit,
    name=st.sampled_from(unit_names),
    name_cy=lines | st.just(""),
    days=st.lists(st.sampled_from(Weekday), unique=True).map(tuple),
    opens=st.sampled_from(["00:00", "08:30", "22:00"]),
    closes=st.sampled_from(["06:00", "17:15", "00:00"]),
    bank_holidays=st.booleans(),
)
rules = st.builds(
    Rule,
    crimes=st.lists(st.sampled_from(OffenceGroup), unique=True, min_size=1, max_size=4).map(tuple),
    areas=st.lists(st.sampled_from(["East Marsh", "West Fen", 'A "B"']), unique=True).map(tuple),
    unit=st.sampled_from(unit_names),
)
routings = st.builds(
    Routing,
    contact_team=st.just("Contact Team") | st.just("Hwb"),
    silence_hours=st.integers(0, 72),
    units=st.lists(units, max_size=3, unique_by=lambda unit: unit.name).map(tuple),
    rules=st.lists(rules, max_size=4).map(tuple),
).map(
    lambda made: structs.replace(
        made,
        rules=tuple(rule for rule in made.rules if made.unit(rule.unit)),
        escalate_to=made.units[0].name if made.units else "",
    )
)
features = st.builds(Features, sms=st.booleans(), journey=st.booleans(), two_way_messaging=st.booleans())
configurations = st.builds(
    Configuration,
    slug=st.just("northshire"),
    name=lines,
    from_name=lines,
    live=st.booleans(),
    officers=st.sampled_from(OfficerStyle),
    update_interval_days=st.integers(1, 28),
    records_late_hours=st.integers(1, 240),
    contact=st.just(Contact()),
    brand=st.builds(
        Brand, emblem=st.sampled_from(Emblem), logo=st.sampled_from(["", "0a" * 32]), logo_says_name=st.booleans()
    ),
    features=features,
    offences=st.builds(Offences, tracked=st.lists(st.sampled_from(OffenceGroup), unique=True).map(tuple)),
    routing=routings,
    footer=st.lists(links, max_size=3, unique_by=lambda link: link.name).map(tuple),
    support=st.lists(services, max_size=3, unique_by=lambda service: service.name).map(tuple),
    wording=st.lists(wordings, max_size=3, unique_by=lambda wording: wording.key).map(tuple),
)


def problems_of(content: str) -> dict[str, str]:
    with pytest.raises(ConfigurationError) as refused:
        configuration.load(content.encode(), where=WHERE)
    return refused.value.problems


@given(configurations)
def test_what_is_written_is_read_back_and_written_again_byte_for_byte(chosen: Configuration) -> None:
    written = canonical.write(chosen)
    read = configuration.load(written, where=WHERE)
    assert read == chosen
    assert canonical.write(read) == written


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_tenant_is_sound_canonical_and_named_by_its_folder(file: Path) -> None:
    read = configuration.load(file.read_bytes(), where=str(file))
    assert read.slug == file.parent.name
    assert canonical.write(read) == file.read_bytes()
    assert not read.live


def test_there_is_a_folder_for_every_force() -> None:
    assert len(FILES) == 46
    welsh = {file.parent.name for file in FILES if configuration.load(file.read_bytes(), where="").features.welsh}
    assert welsh == {"dyfed-powys", "gwent", "north-wales", "south-wales"}


def test_only_the_forces_without_101_have_no_number() -> None:
    read = [configuration.load(file.read_bytes(), where="") for file in FILES]
    assert {one.slug for one in read if not one.contact.non_emergency} == {"btp", "mdp", "cnc"}
    assert all(one.contact.web for one in read)


def test_every_fault_is_named_at_once_in_the_readers_words() -> None:
    content = """
        slug = "North Shire"
        colour = "blue"
        live = "yes"
        officers = "rank"
        [brand]
        header = "navy"
        [features]
        telepathy = true
        [[support]]
        name = 7
    """
    problems = problems_of(content)
    assert problems["brand.header"] == "brand.header must be a colour such as #12284b, in small letters"
    assert problems["live"] == "live must be true or false"
    assert problems["officers"] == "officers must be one of name, role, collar_number"
    assert {"slug", "colour", "features.telepathy", "name", "contact", "support[1].name"} <= problems.keys()


def test_a_fault_is_found_by_its_line_and_column() -> None:
    written = canonical.write(northshire).decode().replace("[brand]\n", '[brand]\n  colour = "blue"\n')
    written += '\n[[support]]\nname = "A"\nhelps_with = "b"\nwho_for = "c"\n\n[[support]]\nname = "B"\n  phone = "no"\n'
    lines = written.splitlines()
    with pytest.raises(ConfigurationError) as refused:
        configuration.load(written.encode(), where=WHERE)
    told = str(refused.value)
    last = len(lines)
    assert f"line {lines.index('  colour = "blue"') + 1}, column 3: brand.colour is not a setting" in told
    assert f"line {last}, column 3: support[2].phone must be" in told
    assert f"line {last - 2}, column 1: support[2].helps_with is missing" in told
    with pytest.raises(ConfigurationError, match=r"line 1, column 1: slug must not be console"):
        configuration.load(canonical.write(structs.replace(northshire, slug="console")), where=WHERE)


def test_the_message_is_one_line_that_opens_with_the_file() -> None:
    with pytest.raises(ConfigurationError, match=rf"\A{WHERE}: [^\n]*slug is missing[^\n]*\Z"):
        configuration.load(b'"a\\nb" = 1', where=WHERE)
    for broken in (b"slug =", b"\xff"):
        with pytest.raises(ConfigurationError, match="not a TOML file"):
            configuration.load(broken, where=WHERE)


@pytest.mark.parametrize(
    ("faulty", "path"),
    [
        (structs.replace(northshire, slug="console"), "slug"),
        (structs.replace(northshire, from_name="Northshire\nBcc: x"), "from_name"),
        (structs.replace(northshire, website="javascript:alert(1)"), "website"),
        (structs.replace(northshire, website="https://example.org/\n"), "website"),
        (structs.replace(northshire, update_interval_days=29), "update_interval_days"),
        (structs.replace(northshire, features=Features(welsh=True)), "name_cy"),
        (structs.replace(northshire, features=Features(property_submission=True)), "features.property_submission"),
        (structs.replace(northshire, contact=Contact(non_emergency="")), "contact.web"),
        (structs.replace(northshire, brand=Brand(link="#ffdd00")), "brand.link"),
        (structs.replace(northshire, brand=Brand(logo="../../x")), "brand.logo"),
        (structs.replace(northshire, footer=(FooterLink(name="A", web="https://10.0.0.1/"),)), "footer[1].web"),
        (structs.replace(northshire, footer=(FooterLink(name="A", web=""),)), "footer[1].web"),
        (
            structs.replace(
                northshire, footer=tuple(FooterLink(name=f"{n}", web="https://www.example.org/") for n in range(7))
            ),
            "footer",
        ),
        (structs.replace(northshire, offences=Offences(extra_risky_codes=("",))), "offences.extra_risky_codes[1]"),
        (
            structs.replace(northshire, support=(SupportService(name="A", helps_with="b", who_for="c"),)),
            "support[1].phone",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_would_mislead_or_endanger_is_refused(faulty: Configuration, path: str) -> None:
    assert path in configuration.problems(faulty)
    with pytest.raises(ConfigurationError):
        configuration.require_sound(faulty, where=WHERE)


def test_a_force_without_101_may_give_a_web_address_instead() -> None:
    contact = Contact(non_emergency="", text_relay="", web="https://example.org/")
    assert not configuration.problems(structs.replace(northshire, contact=contact))


def test_the_stored_form_is_the_same_schema() -> None:
    assert json.decode(json.encode(northshire), type=Configuration) == northshire


def test_the_longer_of_two_codes_decides_and_else_the_kind_of_crime() -> None:
    said = Offences(tracked=(OffenceGroup.THEFT,), tracked_codes=("TH68010",), untracked_codes=("TH68010A", "TH68001"))
    asked = {
        ("burglary", "TH68010"),
        ("burglary", "TH68010A"),
        ("theft", "TH68001"),
        ("theft", "TH68002"),
        ("drugs", ""),
    }
    told = {code: said.follows(OffenceGroup(group), code) for group, code in asked}
    assert told == {"TH68010": True, "TH68010A": False, "TH68001": False, "TH68002": True, "": False}
    everything = structs.replace(said, tracked=tuple(OffenceGroup), tracked_codes=(), untracked_codes=())
    assert all(everything.follows(group, "") for group in OffenceGroup)


def test_every_feature_is_a_switch() -> None:
    assert [field.name for field in structs.fields(Features)] == list(Feature)
    on = structs.replace(northshire, features=Features(sms=True))
    assert on.has(Feature.SMS)
    assert not on.has(Feature.JOURNEY)


def test_names_are_welsh_where_welsh_is_spoken_and_known() -> None:
    service = SupportService(name="Link", name_cy="Cyswllt", helps_with="Scams", who_for="Anyone")
    assert (service.in_language("cy").name, service.in_language("cy").helps_with) == ("Cyswllt", "Scams")
    assert service.in_language("en") == service
    assert northshire.name_in("cy") == "Northshire Police"
    assert structs.replace(northshire, name_cy="Heddlu'r Gogledd").name_in("cy") == "Heddlu'r Gogledd"


def test_a_plan_names_each_setting_that_changes_and_matches_services_by_name() -> None:
    link = SupportService(name="Link", helps_with="Scams", who_for="Anyone", phone="01632 960001")
    care = structs.replace(link, name="Care")
    old = structs.replace(northshire, support=(link,))
    new = structs.replace(northshire, support=(care, link), features=Features(sms=True), update_interval_days=14)
    changes = {change.path: (change.before, change.after) for change in plan.difference(old, new)}
    assert changes["features.sms"] == ("off", "on")
    assert changes["update_interval_days"] == ("28", "14")
    assert changes["support.Care.phone"] == (None, "01632 960001")
    assert not [path for path in changes if path.startswith("support.Link.")]


def test_a_plan_for_no_change_says_so_and_a_new_force_is_all_new() -> None:
    assert plan.render(plan.difference(northshire, northshire)) == "Nothing changes."
    new = plan.difference(None, northshire)
    assert all(change.before is None for change in new)
    assert "+ name: Northshire Police" in plan.render(new).splitlines()


def test_a_plan_shows_what_comes_what_goes_and_what_changes() -> None:
    changes = (plan.Change("a", None, "1"), plan.Change("b", "1", None), plan.Change("c", "1", "2"))
    assert plan.render(changes) == "+ a: 1\n- b: 1\n~ c: 1 -> 2"


def test_the_demonstration_is_sound_and_its_forces_differ() -> None:
    shown = {slug: demonstrated(slug) for slug in demonstration.forces()}
    assert list(shown) == ["kent", "humberside", "gwent", "lincolnshire"]
    assert not any(configuration.problems(one) for one in shown.values())
    assert len({one.brand for one in shown.values()}) == 4
    assert not shown["humberside"].has(Feature.PROPERTY_PAGE)
    assert not shown["humberside"].has(Feature.SMS)
    assert shown["gwent"].has(Feature.WELSH)
    assert not shown["lincolnshire"].has(Feature.TWO_WAY_MESSAGING)
    assert all(shown["kent"].has(feature) for feature in Feature if feature is not Feature.WELSH)


def test_the_demonstration_rings_nobody() -> None:
    for slug in demonstration.forces():
        for service in demonstrated(slug).support:
            assert service.phone.startswith(("0808 157 0", "01632 960")) or not service.phone
            assert service.web.endswith(".example.org/")


def demonstrated(slug: str) -> Configuration:
    own = configuration.load((TENANTS / slug / "force.toml").read_bytes(), where=slug)
    return demonstration.demonstration(slug, own)
