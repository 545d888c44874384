"""Words explained: the terms of the justice system, from A to Z."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Struct

from trackmycrime.domain.support import glossary
from trackmycrime.domain.support.glossary import Term
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_LONGEST_SEARCH = 100


class Letter(Struct, frozen=True):
    """A letter, and the words that begin with it."""

    letter: str
    terms: tuple[Term, ...]


class GlossaryPage(Struct, frozen=True):
    """What was looked for, and what was found."""

    force: str
    q: str
    count: int
    letters: tuple[Letter, ...]


@get("/glossary", opt={"permission": Permission.PUBLIC})
async def glossary_page(visit: NamedDependency[Visit], q: FromQuery[str] = "") -> Page:
    """Show the words, or those that fit the search."""
    asked = q.strip()[:_LONGEST_SEARCH]
    found = glossary.terms(asked)
    shown = GlossaryPage(visit.site.name, asked, len(found), tuple(_letters(found)))
    return page("public/glossary/index.html", frames.of_support(visit), page=shown)


def _letters(terms: Sequence[Term]) -> Iterator[Letter]:
    for letter, own in groupby(terms, key=lambda term: term.word[0].upper()):
        yield Letter(letter, tuple(own))
