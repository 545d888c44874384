"""A force's own words: what may stand in them, and that nothing put into them becomes a place, a link or markup."""

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markupsafe import escape
from msgspec import structs

from tests.cast import configuration
from trackmycrime.domain.notifications import wording as emails
from trackmycrime.domain.tenancy import canonical, own_words, plan, texts, wording_faults
from trackmycrime.domain.tenancy.configuration import Contact, Features, OffenceGroup, Routing, load, problems
from trackmycrime.domain.tenancy.texts import Event, Text, Where
from trackmycrime.domain.tenancy.wording import Wording, filled, leads_somewhere, led, spoken, told
from trackmycrime.kit.words import ENGLISH, WELSH, language, speaking
from trackmycrime.web.common.pages import environment

northshire = configuration("northshire", "Northshire Police")
EVERY = (*texts.all_of_them(), *texts.of_crimes())
WRITTEN = tuple(text for text in EVERY if not text.choices)
# Most of what chance writes is refused, and the first of them compiles the template.
OFTEN_REFUSED = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much], max_examples=200)
NAMES = ("force", "officer", "phone", "reply_days", "sender", "team", "update_days", "nobody")
LINKS = ("https://example.org/help", "https://www.example.org/?a=1&b=2", "help@example.org")
signs = st.sampled_from(["(", ")", "((", "))", "{{", "<b>", "&", '"', "'", "\n", "\n\n", " ", ". ", "https://"])
letters = st.text(st.characters(exclude_categories=["C"]), max_size=8)
values = st.fixed_dictionaries({name: st.text(max_size=20) | signs for name in NAMES})


@st.composite
def accepted(draw: st.DrawFn, *wheres: Where) -> tuple[Text, str]:
    """Return a text, and something that may stand in it: its places and links among words, signs and spaces."""
    key = draw(st.sampled_from([text.key for text in texts.all_of_them() if text.where in wheres]))
    text = texts.find(key)
    assert text
    known = st.sampled_from([f"(({name}))" for name in text.places] + [f" {link} " for link in LINKS if text.links])
    own = "".join(draw(st.lists(st.one_of(known, letters, known, signs), min_size=1, max_size=6)))
    assume(not wording_faults.of(Wording(key=text.key, en=own)))
    return text, own


def fault(key: str, en: str, cy: str = "") -> str:
    found = wording_faults.of(Wording(key=key, en=en, cy=cy))
    return next(iter(found.values()), "")


@OFTEN_REFUSED
@given(accepted(Where.EMAIL, Where.PAGE, Where.SENT, Where.UPDATE), values)
def test_what_is_accepted_shows_no_place_and_no_markup_whatever_is_filled_in(
    found: tuple[Text, str], given_values: dict[str, str]
) -> None:
    text, own = found
    shown = told(own, given_values)
    plain = spoken(shown)
    assert "((" not in plain
    assert "))" not in plain
    assert "{{" not in own
    page = str(environment().get_template("common/told.html").make_module().told(shown))  # type: ignore[attr-defined]
    without_links = re.sub(
        r'<a class="govuk-link" href="(https://[^"<>\s]*)" rel="noreferrer noopener">\1</a>', "", page
    )
    assert re.fullmatch(r"(?:\s|<p class=\"govuk-body tmc-as-written\">|</p>|[^<>])*", without_links), page
    for paragraph in shown:
        for piece in paragraph:
            assert piece.href in {"", piece.text}
            assert not piece.href or (piece.href in own and str(escape(piece.text)) in page)
    assert text.links or not any(piece.href for paragraph in shown for piece in paragraph)


@OFTEN_REFUSED
@given(accepted(Where.EMAIL), values)
def test_an_email_is_one_paragraph_of_plain_words_whatever_is_filled_in(
    found: tuple[Text, str], given_values: dict[str, str]
) -> None:
    _text, own = found
    opening = filled(own, given_values)
    assert "\n" not in opening
    words = emails.Words("A subject", (opening, "The end."), "")
    html = emails._html(words, None, "")  # noqa: SLF001 - what every email is drawn with
    head, foot = '<!DOCTYPE html><html lang="en"><head><title>A subject</title></head><body>', "</body></html>"
    assert html == f"{head}<p>{escape(opening)}</p><p>The end.</p>{foot}"
    assert "://" not in own
    assert "@" not in own


@OFTEN_REFUSED
@given(accepted(Where.PAGE, Where.UPDATE))
def test_whatever_leads_somewhere_is_known_to_lead_somewhere(found: tuple[Text, str]) -> None:
    _text, own = found
    shown = told(own, own_words.values(northshire))
    assert leads_somewhere(own) >= any(piece.href for paragraph in shown for piece in paragraph)


def test_the_national_texts_keep_every_rule_that_they_ask_of_forces() -> None:
    for spoken_in in (ENGLISH, WELSH):
        with speaking(spoken_in):
            for text in WRITTEN:
                assert list(wording_faults.faults(text, text.national() or "x")) == [], (spoken_in, text.key)
                assert filled(text.national(), own_words.values(northshire)) == text.national().replace(
                    "((force))", "Northshire Police"
                )


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("Ask ((colour))", "“((colour))” is not known here"),
        ("Ask ((officer))", "“((officer))” is not known here"),  # nobody's page is the same for all
        ("Ask ((force)", "“((force)” is not a place"),
        ("Ask ((Force))", "“((Force))” is not a place"),
        ("Ask them))", "“))” is not a place"),
        ("{{ 7 * 7 }}", "“{{” is code"),
        ("{% include 'x' %}", "“{%” is code"),
        ("${x}", "“${” is code"),
        ("%(force)s", "“%(” is code"),
        ("<b>Bold</b>", "“<b>” is code"),
        ("<script", "“<script” is code"),
        ("&lt;b", "“&lt;” is code"),
        ("a\u202eb", "nobody can see (U+202E)"),
        ("a\u200bb", "nobody can see (U+200B)"),
        ("a\x07b", "nobody can see (U+0007)"),
        ("a\ttab", "nobody can see (U+0009)"),
        ("http://example.org", "“http://example.org” cannot be used"),
        ("HTTPS://example.org", "cannot be used"),
        ("https://192.0.2.1/", "“https://192.0.2.1/” cannot be used"),
        ("https://0x7f.1/", "cannot be used"),
        ("https://2130706433/", "cannot be used"),
        ("https://[::1]/", "cannot be used"),
        ("https://localhost/", "cannot be used"),
        ("https://printer.local/", "cannot be used"),
        ("https://user:secret@example.org/", "cannot be used"),
        ("https://example.org@192.0.2.1/", "cannot be used"),
        ("https://example.org:8443/", "cannot be used"),
        ("https://xn--80ak6aa92e.com/", "cannot be used"),
        ("https://еxample.org/", "cannot be used"),  # noqa: RUF001 - a Cyrillic letter
        ("https://example.org/((force))", "cannot be used"),
        ("ftp://example.org/x", "cannot be used"),
        ("javascript:alert(1)", "“javascript:” leads out of the service"),
        ("data: text/html,x", "“data:” leads out of the service"),
        ("See www.example.org", "“www.example.org” looks like an address"),
        ("See //example.org/x", "looks like an address"),
        ("See example.org/x.", "“example.org/x” looks like an address"),
        ("Write to them@192.0.2.1", "cannot be used"),
        ("x" * 401, "it must be 400 characters or fewer"),
        ("   ", "only spaces"),
        ("", "nothing is said"),
    ],
)
def test_what_must_not_stand_in_a_text_is_named(own: str, says: str) -> None:
    assert says in fault("page.messages", own)
    assert not own or says in fault("page.messages", "Good words.", own), "in Welsh too"
    refused = problems(structs.replace(northshire, wording=(Wording(key="page.messages", en=own),)))
    assert refused["wording[1].en"].startswith("wording[1].en: ")


@pytest.mark.parametrize(
    "own",
    [
        "Write to ((team)) (they read it first) or call ((phone)).",
        "(((force)))",
        "See https://example.org/help. It is 9.30 a.m., e.g. today; less < more & more > less.",
        "First.\n\nSecond: help@example.org",
    ],
)
def test_plain_words_places_and_whole_links_may_stand_there(own: str) -> None:
    assert fault("page.messages", own, own) == ""


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("News about your crime. Sign in.", "“crime”"),
        ("A VICTIM may read it.", "“victim”"),
        ("Your Póliçe force has news.", "“police”"),
        ("Newyddion am y drosedd.", "“drosedd”"),
        ("Neges gan yr heddlu.", "“heddlu”"),
        ("See https://example.org", "leads somewhere: this text must not"),
        ("Write to help@example.org", "leads somewhere: this text must not"),
        ("Two\nlines", "it must be one paragraph"),
        ("From ((force))", "“((force))” is not known here"),
        ("About ((officer))", "“((officer))” is not known here"),
    ],
)
def test_an_email_tells_nobody_what_it_is_about_and_leads_nowhere_else(own: str, says: str) -> None:
    for key in ("email.invite", "email.news"):
        assert says in fault(key, own)
        assert says in fault(key, "There is news.", own)


def test_subjects_are_chosen_and_never_typed() -> None:
    for key in ("subject.invite", "subject.news"):
        text = texts.find(key)
        assert text
        assert text.choices
        assert "is not in it" in fault(key, "Your stolen bicycle")
        assert "leave it empty" in fault(key, text.choices()[1], "Eich beic")
        for choice in text.choices():
            assert fault(key, choice) == ""
            with speaking(WELSH):
                welsh = texts.said((Wording(key=key, en=choice),), text)
                assert welsh in text.choices()
                assert welsh != choice


def test_unknown_texts_and_texts_that_stand_twice_are_refused() -> None:
    assert "there is no text called “page.secret”" in fault("page.secret", "Hello")
    assert "there is no text" in fault("update.arrest.telepathy", "Hello")
    twice = (Wording(key="page.start", en="One"), Wording(key="page.start", en="Two"))
    assert "wording" in problems(structs.replace(northshire, wording=twice))
    assert "wording[1].en" in problems(structs.replace(northshire, wording=(Wording(key="page.start", en="x" * 2001),)))


def test_the_welsh_that_a_force_has_not_written_is_the_national_welsh() -> None:
    own = structs.replace(northshire, wording=(Wording(key="page.property", en="These are your things."),))
    assert own_words.line(own, "page.property") == "These are your things."
    with speaking(WELSH):
        assert own_words.line(own, "page.property") == own_words.line(northshire, "page.property")
        assert own_words.line(own, "page.property") != "These are your things."
    assert language() == ENGLISH


def test_every_place_says_something_whatever_is_missing() -> None:
    bare = structs.replace(northshire, contact=Contact(non_emergency="", web="https://example.org/contact"))
    for spoken_in in (ENGLISH, WELSH):
        with speaking(spoken_in):
            for officer in ("", "  ", "PC Omar Osman"):
                found = own_words.values(bare, officer)
                assert all(value.strip() for value in found.values()), found
    assert own_words.values(bare)["officer"] == "your officer"
    assert own_words.values(bare)["phone"] == "https://example.org/contact"
    days = own_words.values(structs.replace(northshire, routing=Routing(reply_working_days=1)))["reply_days"]
    assert days == "1 working day"
    named = {name for text in EVERY for name in text.places}
    assert named == own_words.values(northshire).keys()


def test_an_update_begins_with_the_words_for_its_crime_then_for_all_then_the_national_ones() -> None:
    general = Wording(key="update.arrest", en="((officer)) made an arrest.")
    special = Wording(key="update.arrest.bicycle", en="((officer)) arrested a thief of bicycles.")

    def begins(*own: Wording, crime: OffenceGroup = OffenceGroup.BICYCLE, officer: str = "PC Omar Osman") -> str:
        return own_words.update(structs.replace(northshire, wording=own), Event.ARREST, crime, officer)

    assert begins(general, special) == "PC Omar Osman arrested a thief of bicycles."
    assert begins(general, special, crime=OffenceGroup.FRAUD) == "PC Omar Osman made an arrest."
    assert begins(general, officer="") == "Your officer made an arrest."
    assert begins().startswith("We have arrested somebody in your case.")


def test_a_sentence_that_begins_with_a_place_begins_with_a_capital() -> None:
    found = own_words.values(northshire)
    assert filled("((officer)) and ((officer)).\n((officer)). ((officer))! ((officer))", found) == (
        "Your officer and your officer.\nYour officer. Your officer! Your officer"
    )
    assert spoken(told("See https://example.org/ ((officer)) or (((officer)))", found)) == (
        "See https://example.org/ your officer or (your officer)"
    )


def test_a_change_is_told_text_by_text_and_language_by_language() -> None:
    before = structs.replace(northshire, wording=(Wording(key="page.start", en="One"),))
    after = structs.replace(
        northshire,
        wording=(Wording(key="page.messages", en="First\nline"), Wording(key="page.start", en="One", cy="Un")),
    )
    changes = plan.difference(before, after)
    assert [(change.path, change.before, change.after) for change in changes] == [
        ("wording.page.messages.en", None, "First\nline"),
        ("wording.page.start.cy", None, "Un"),
    ]
    assert plan.render(changes).splitlines() == [
        "+ wording.page.messages.en: First\\nline",
        "+ wording.page.start.cy: Un",
    ]
    assert [change.after for change in plan.difference(after, northshire)] == [None, None, None]


def test_the_file_keeps_own_words_byte_for_byte() -> None:
    own = (Wording(key="page.start", en='Say "hello"\n\nto ((force)) \\ all', cy="Shwmae, fyd"),)
    written = canonical.write(structs.replace(northshire, features=Features(), wording=own))
    read = load(written, where="force.toml")
    assert read.wording == own
    assert canonical.write(read) == written


def test_only_what_leads_somewhere_and_is_new_needs_a_second_person() -> None:
    link, other = "See https://example.org/a", "See https://example.org/b"
    one = (Wording(key="page.start", en=link, cy="Plain"),)
    assert led(one, ()) == ["page.start.en"]
    assert led(one, one) == []
    assert led((Wording(key="page.start", en=other, cy=link),), one) == ["page.start.en", "page.start.cy"]
    assert led((Wording(key="page.start", en="Plain"),), one) == []
    assert led((Wording(key="page.start", en="Write to a@example.org"),), ()) == ["page.start.en"]


def test_emails_and_confirmations_never_lead_anywhere() -> None:
    assert {text.where for text in EVERY if text.links} == {Where.PAGE, Where.UPDATE}
