"""Every sentence that victims and the public read is there in Welsh, and the catalogue is what the sources say."""

import re
from collections import Counter

from tests.house.sentences import WELSH, brought_up_to_date, forms, is_for_victims, is_said, kept, sentences

_PLACES = re.compile(r"%\(\w+\)s|%\{\w+\}|\{\w+\}")


def test_the_catalogue_is_not_stale() -> None:
    # One word, not two files: where they differ, pytest would take twenty minutes to write the difference.
    is_up_to_date = WELSH.read_bytes() == brought_up_to_date()
    assert is_up_to_date, "run ./dev words, and write the Welsh of what is new"


def test_what_victims_read_has_its_welsh() -> None:
    missing = [message.id for message in sentences(kept()) if is_for_victims(message) and not is_said(message)]
    assert missing == []


def test_welsh_has_the_same_places_to_fill_in() -> None:
    wrong = list[object]()
    for message in sentences(kept()):
        english = message.id if isinstance(message.id, str) else message.id[1]
        wrong += [message.id for form in forms(message) if form and _places(form) != _places(english)]
    assert wrong == []


def _places(text: str) -> Counter[str]:
    return Counter(_PLACES.findall(text))
