"""What the pages of wording show: the list by place, and one text with all that helps to write it."""

from msgspec import Struct

from trackmycrime.domain.cases import offences
from trackmycrime.domain.configuring import Draft
from trackmycrime.domain.tenancy import texts
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.texts import Event, Text, Where
from trackmycrime.domain.tenancy.wording import Wording, leads_somewhere, without_places
from trackmycrime.kit import reading
from trackmycrime.kit.words import ENGLISH, WELSH, _, speaking
from trackmycrime.web.admin import desk, wording_preview, wording_words
from trackmycrime.web.admin.wording_preview import Preview
from trackmycrime.web.common.frame import Form, Link


class TextLine(Struct, frozen=True):
    """A text in the list; `changed` says that it is not published like this yet, `unused` that its part is switched off."""

    href: str
    title: str
    own: bool
    changed: bool
    unused: bool
    no_welsh: bool


class Group(Struct, frozen=True):
    """The texts of one place."""

    heading: str
    lines: tuple[TextLine, ...]


class ListPage(Struct, frozen=True):
    """All that the list shows."""

    groups: tuple[Group, ...]
    changed: bool
    done: str


class PlaceLine(Struct, frozen=True):
    """A place of a text: as it is written, what is put there, and what that is now."""

    name: str
    means: str
    example: str


class TextPage(Struct, frozen=True):
    """All that is shown of one text.

    `age` is from when on one can read the English, 0 where there is none, and `hard` that this is too old. `choices` are
    pairs of a value and its words; `crimes` lead to the texts for one kind of crime, `parent` from there back.
    """

    href: str
    title: str
    read_by: str
    form: Form
    longest: int
    links: bool
    welsh: bool
    own: bool
    no_welsh: bool
    leads: bool
    choices: tuple[tuple[str, str], ...]
    national: tuple[str, ...]
    national_welsh: tuple[str, ...]
    places: tuple[PlaceLine, ...]
    age: int
    hard: bool
    oldest: int
    previews: tuple[Preview, ...]
    standing: tuple[str, ...]
    crimes: tuple[Link, ...]
    parent: str


def listed(published: Configuration, draft: Draft, done: str) -> ListPage:
    """Return the list of all texts, those for one kind of crime only where the force has some."""
    now = {own.key: own for own in published.wording}
    drafted = {own.key: own for own in draft.configuration.wording}
    known = [*texts.all_of_them(), *(text for text in texts.of_crimes() if text.key in now.keys() | drafted.keys())]
    lines = {text.key: _line(text, now.get(text.key), drafted.get(text.key), draft.configuration) for text in known}
    groups = tuple(
        Group(heading, tuple(lines[text.key] for text in known if text.where is where))
        for where, heading in wording_words.headings().items()
    )
    return ListPage(groups, any(line.changed for line in lines.values()), _confirmation(done))


def _confirmation(done: str) -> str:
    return {
        "saved": _("Saved. Nothing changes for victims until you publish it."),
        "national": _("The national wording comes back when you publish. Nothing changes for victims until then."),
    }.get(done, "")


def _line(text: Text, now: Wording | None, drafted: Wording | None, configuration: Configuration) -> TextLine:
    needed = wording_words.NEEDS.get(text.key)
    return TextLine(
        href=f"{desk.WORDING}/{text.key}",
        title=wording_words.title(text),
        own=drafted is not None,
        changed=now != drafted,
        unused=needed is not None and not configuration.has(needed),
        no_welsh=_no_welsh(text, drafted, configuration),
    )


def _no_welsh(text: Text, own: Wording | None, configuration: Configuration) -> bool:
    return own is not None and not own.cy and not text.choices and configuration.has(Feature.WELSH)


def one(text: Text, draft: Draft, as_read: Configuration, form: Form) -> TextPage:
    """Return the page of a text; `as_read` is what its previews show."""
    own = next((each for each in as_read.wording if each.key == text.key), None)
    written = form.values.get("en", "") or (_in(text, ENGLISH) if text.where is not Where.SUBJECT else "")
    age = round(reading.age([without_places(written)]))
    parent, crimes = _crimes(text)
    return TextPage(
        href=f"{desk.WORDING}/{text.key}",
        title=wording_words.title(text),
        read_by=wording_words.read_by(text),
        form=form,
        longest=text.longest,
        links=text.links,
        welsh=as_read.has(Feature.WELSH),
        own=any(each.key == text.key for each in draft.configuration.wording),
        no_welsh=_no_welsh(text, own, as_read),
        leads=own is not None and (leads_somewhere(own.en) or leads_somewhere(own.cy)),
        choices=tuple((choice, choice) for choice in text.choices()) if text.choices else (),
        national=_national(text, ENGLISH),
        national_welsh=_national(text, WELSH),
        places=_places(text, draft.configuration),
        age=age,
        hard=age > reading.OLDEST,
        oldest=reading.OLDEST,
        previews=wording_preview.previews(as_read, text) if not form.errors else (),
        standing=wording_preview.standing(text),
        crimes=crimes,
        parent=parent,
    )


def _in(text: Text, spoken: str) -> str:
    with speaking(spoken):
        return text.national()


def _national(text: Text, spoken: str) -> tuple[str, ...]:
    return tuple(filter(None, _in(text, spoken).split("\n\n")))


def _places(text: Text, configuration: Configuration) -> tuple[PlaceLine, ...]:
    means, examples = wording_words.places(), wording_preview.examples(configuration, text)
    return tuple(PlaceLine(f"(({name}))", means[name], examples[name]) for name in text.places)


def _crimes(text: Text) -> tuple[str, tuple[Link, ...]]:
    """Return where a text for one kind of crime belongs, or the texts for kinds of crime that belong to this one."""
    if text.where is not Where.UPDATE:
        return "", ()
    _update, event, *crime = text.key.split(".")
    if crime:
        return f"{desk.WORDING}/{texts.update_key(Event(event))}", ()
    named = sorted((offences.plain(group), group) for group in OffenceGroup)
    return "", tuple(Link(name, f"{desk.WORDING}/{texts.update_key(Event(event), group)}") for name, group in named)
