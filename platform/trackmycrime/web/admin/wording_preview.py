"""A text as its readers would see it: with your own names, with the longest ones, and where something is not known."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from trackmycrime.domain.tenancy import own_words, texts
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.texts import Text, Where
from trackmycrime.domain.tenancy.wording import Piece, Told, told
from trackmycrime.kit.words import ENGLISH, LANGUAGES, WELSH, _, speaking


class Preview(Struct, frozen=True):
    """A text as it is read; `title` says by whom, and `language` is the text's."""

    title: str
    language: str
    text: Told


def previews(configuration: Configuration, text: Text) -> tuple[Preview, ...]:
    """Return what its readers would see, in each language of the force; what looks the same is shown once."""
    spoken = LANGUAGES if configuration.has(Feature.WELSH) else (ENGLISH,)
    found: dict[tuple[str, Told], Preview] = {}
    for preview in (preview for name in spoken for preview in _in(configuration, text, name)):
        found.setdefault((preview.language, preview.text), preview)
    return tuple(found.values())


def _in(configuration: Configuration, text: Text, spoken: str) -> Iterator[Preview]:
    name = {ENGLISH: _("English"), WELSH: _("Welsh")}[spoken]
    titles = (
        name,
        _("%(language)s, with the longest names", language=name),
        _("%(language)s, with no officer yet", language=name),
    )
    with speaking(spoken):
        said = texts.said(configuration.wording, text)
        shapes = [told(said, values) for values in _shapes(configuration, spoken)]
    for title, shape in zip(titles, shapes, strict=True):
        if shape:
            yield Preview(title, spoken, _plain(shape) if text.where is Where.UPDATE else shape)


def _plain(shape: Told) -> Told:
    """Return a text without its links: what officers publish shows an address, and leads nowhere by itself."""
    return tuple(tuple(Piece(piece.text, "") for piece in paragraph) for paragraph in shape)


def _shapes(configuration: Configuration, spoken: str) -> tuple[Mapping[str, str], ...]:
    return (
        own_words.values(configuration, "PC Sam Carter"),
        own_words.values(configuration, "PC Sam Carter") | _LONG[spoken],
        own_words.values(configuration),
    )


_LONG: dict[str, dict[str, str]] = {
    ENGLISH: {
        "force": "Avon Vale, Marches and Northern Moorland Constabulary",
        "officer": "Detective Constable Gwenllian Llewelyn-Prytherch",
        "phone": "01632 960 960",
        "sender": "Avon Vale, Marches and Northern Moorland Online Service",
        "team": "First Contact and Resolution Team",
    },
    WELSH: {
        "force": "Heddlu Dyffryn Afan, y Gororau a Gweundir y Gogledd",
        "officer": "Ditectif Gwnstabl Gwenllian Llewelyn-Prytherch",
        "phone": "01632 960 960",
        "sender": "Gwasanaeth Ar-lein Dyffryn Afan a Gweundir y Gogledd",
        "team": "Y Tîm Cyswllt Cyntaf a Datrys",
    },
}


def examples(configuration: Configuration, text: Text) -> dict[str, str]:
    """Return what stands in each place of a text now."""
    values = own_words.values(configuration, "PC Sam Carter")
    return {name: values[name] for name in text.places}


def standing(text: Text) -> tuple[str, ...]:
    """Return what stands below a text, whoever wrote it, in words that say so."""
    if text.where is not Where.EMAIL:
        return ()
    return (
        _("Our link stands here."),
        _("Then we say what to do with an email that nobody expected, and how to stop them."),
    )
