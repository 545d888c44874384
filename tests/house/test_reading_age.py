"""What we say to victims can be read at the age of eleven: measured over the catalogue's own sentences, concept by concept."""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

import pytest

from tests.house import sentences as catalogue
from trackmycrime.domain.cases import outcomes
from trackmycrime.kit import reading
from trackmycrime.kit.reading import OLDEST

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it finds its word lists in a way that has been given up
    from textstat import textstat  # pyright: ignore[reportMissingTypeStubs]

MOST_WORDS = 25  # in one sentence
FEWEST_WORDS = 5  # less is a label, and no formula can tell anything of it
ENOUGH = 60  # words: a concept that says less is measured with the others of its kind

AUDIENCES = ("web/public/", "web/victim/", "domain/", "data/")
# What only staff, administrators, operators and record systems read.
NOT_FOR_VICTIMS = {"audit", "feed", "ingest", "onboarding", "reporting", "tasks", "tenancy"}
# What a force may say in its own words: the national wording, which stands where the rest is for administrators.
NATIONAL = "domain/tenancy/texts.py"
# Not our words: the Home Office's own labels of outcomes, which a victim may hear from others too.
OFFICIAL = {found.label for code in outcomes.CODES if (found := outcomes.outcome(code))}


def is_measured(name: str) -> bool:
    """Say whether what stands in a file is ours to measure: what victims and the public read, in code, pages and data."""
    path = PurePath(name)
    return name == NATIONAL or (name.startswith(AUDIENCES) and not NOT_FOR_VICTIMS & {*path.parts, path.stem})


def concept(name: str) -> str:
    """Name what a file is about: a template belongs to the module beside it."""
    path = PurePath(name)
    if path.parts[0] == "data":
        return f"data/{path.stem}"
    audience = path.parts[-2] if path.parts[0] == "domain" else path.parts[1]
    return f"{audience}/{path.parent.name if path.suffix == '.html' else path.stem}"


def for_victims() -> Mapping[str, list[str]]:
    """Return our sentences by concept: those of the catalogue, each in every file that says it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for message in catalogue.sentences(catalogue.gathered()):
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        for about in {concept(name) for name, _line in message.locations if is_measured(name)}:
            found[about] += ours(texts)
    return {name: said for name, said in found.items() if said}


def ours(texts: Iterable[str]) -> Iterator[str]:
    """Yield whole sentences, with a short word in each place that is filled in."""
    for text in texts:
        plain = re.sub(r"%\(\w+\)s", "this", text)
        if text not in OFFICIAL and len(plain.split()) >= FEWEST_WORDS:
            yield plain if plain[-1] in ".?!" else plain.rstrip(":,") + "."


def merged(concepts: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """Return the concepts, those that say little put together: a formula needs something to go by."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, sentences in concepts.items():
        large = sum(len(sentence.split()) for sentence in sentences) >= ENOUGH
        found[name if large else f"{name.partition('/')[0]}: the rest"] += sentences
    return found


def test_everything_that_victims_read_can_be_read_at_eleven() -> None:
    concepts = for_victims()
    assert {
        "public/help",
        "public/information",
        "public/support",
        "victim/messages",
        "data/glossary",
    } <= concepts.keys()
    assert sum(map(len, concepts.values())) > 400
    ages = {name: round(reading.age(sentences), 1) for name, sentences in merged(concepts).items()}
    assert {name: age for name, age in ages.items() if age > OLDEST} == {}, "use shorter words and shorter sentences"


def test_no_sentence_is_longer_than_a_breath() -> None:
    found = [
        part
        for sentences in for_victims().values()
        for sentence in sentences
        for part in re.split(r"(?<=[.?!])\s", sentence)
        if len(part.split()) > MOST_WORDS
    ]
    assert found == [], f"make two sentences of each: {MOST_WORDS} words are the most"


def test_the_measure_tells_hard_words_from_easy_ones_and_is_the_known_one() -> None:
    assert reading.age(["We tell you when the case goes to court.", "You can ask us why."]) < OLDEST
    hard = "Notification of prosecutorial determinations is disseminated in accordance with statutory obligations."
    assert reading.age([hard]) > OLDEST
    assert reading.age([]) == 0
    for name, sentences in merged(for_victims()).items():  # Flesch-Kincaid, as others count it
        known: float = textstat.flesch_kincaid_grade(" ".join(sentences)) + 5
        assert reading.age(sentences) == pytest.approx(known, abs=0.8), name
