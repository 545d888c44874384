"""Where in a TOML file a setting stands: whoever mends a mistake wants its line and column, not its path alone."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from trackmycrime.kit.words import _

type Place = tuple[int, int]

_TABLE = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\]]+?)\s*\]")
_KEY = re.compile(r"\s*(?P<name>[A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*')\s*=")
_LAST = re.compile(r"(\A|\.)[^.\[]+\Z|\[\d+\]\Z")


def placed(content: str, problems: Mapping[str, str]) -> dict[str, str]:
    """Return the same problems, each after the line and column of its setting, or of the table that it is missing from."""
    places = dict(_places(content))
    return {path: _with_place(sentence, _nearest(places, path)) for path, sentence in problems.items()}


def _with_place(sentence: str, place: Place | None) -> str:
    if place is None:
        return sentence
    return _("line %(line)s, column %(column)s: %(problem)s", line=place[0], column=place[1], problem=sentence)


def _nearest(places: Mapping[str, Place], path: str) -> Place | None:
    while path and path not in places:
        path = _LAST.sub("", path)
    return places.get(path)


def _places(content: str) -> Iterator[tuple[str, Place]]:
    """Return where each table and each setting begins, counted from one; a list's tables are counted as `problems` counts them."""
    table, counted = "", Counter[str]()
    for number, line in enumerate(content.splitlines(), start=1):
        if heading := _TABLE.match(line):
            table = heading["name"]
            if heading["open"] == "[[":
                counted[table] += 1
                table = f"{table}[{counted[table]}]"
            yield table, (number, heading.start("open") + 1)
        elif key := _KEY.match(line):
            yield f"{table}.{key['name']}".lstrip("."), (number, key.start("name") + 1)
