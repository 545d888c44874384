"""A case's timeline as a page shows it: the most read list of the service, so it is put together by hand.

A template costs four times as much for it: each of its two hundred places is looked up, called and marked by itself. Here
too, all that somebody wrote goes through `escape` (Python's own: text in, text out).
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from trackmycrime.kit.words import _
from trackmycrime.web.common.dates import moment

_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")


class EntryLine(Struct, frozen=True):
    """An update, a message or an event, ready to be read.

    `who` is the author's name, or the event's sentence where `kind` is "system"; for "sent" the page says "You".
    `body` keeps the writer's line breaks, `language` is the one it was written in, and `read_foot` says who has read it
    and when ("" for nothing).
    """

    id: str
    kind: Literal["officer", "sent", "system"]
    who: str
    at: datetime
    body: str
    language: str
    new: bool
    read_foot: str


class OfficerLine(Struct, frozen=True):
    """Who deals with the case, and as what; `next_on_duty` is a day in words, "" where nobody says it."""

    name: str
    role_and_unit: str
    next_on_duty: str


def timeline(lines: Sequence[EntryLine], language: str) -> Markup:
    """Draw updates, messages and events, newest first; `language` is the page's."""
    you = escape(_("You"))
    tag = f' <strong class="govuk-tag govuk-tag--blue">{escape(_("New"))}</strong>'
    drawn = [_entry(line, you if line.kind == "sent" else escape(line.who), tag, language) for line in lines]
    return Markup('<ol class="tmc-timeline" role="list">' + "".join(drawn) + "</ol>")  # noqa: S704 - escaped piece by piece


def _entry(line: EntryLine, who: str, tag: str, language: str) -> str:
    new, shown = (" tmc-entry--new", tag) if line.new else ("", "")
    body = _body(line, language) if line.body else ""
    foot = f'<p class="tmc-entry__foot">{escape(line.read_foot)}</p>' if line.read_foot else ""
    return (
        f'<li class="tmc-entry tmc-entry--{line.kind}{new}" id="entry-{line.id}"><article>'
        f'<h3 class="tmc-entry__who">{who}{shown}</h3>{_when(line.at, language)}{body}{foot}</article></li>'
    )


@lru_cache(maxsize=5000)
def _when(at: datetime, _language: str) -> str:
    return f'<p class="tmc-entry__when"><time datetime="{at.isoformat()}">{moment(at)}</time></p>'


def _body(line: EntryLine, language: str) -> str:
    said_in = "" if line.language == language else f' lang="{escape(line.language)}"'
    text = "</p><p>".join(paragraphs(escape(line.body)))
    return f'<div class="tmc-entry__body"{said_in}><p>{text}</p></div>'


def paragraphs(text: str) -> list[str]:
    """Split what somebody wrote where they left an empty line."""
    if "\n" not in text:
        return [text]
    parts = _EMPTY_LINES.split(text.replace("\r\n", "\n").strip())
    return [part.rstrip() for part in parts]
