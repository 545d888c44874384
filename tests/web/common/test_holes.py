"""A page with holes is the page that would have been drawn for this reader alone, and never shows another's."""

from itertools import product

import pytest
from markupsafe import Markup
from msgspec import structs

from trackmycrime.domain.tenancy.wording import Piece
from trackmycrime.web.common import holes
from trackmycrime.web.common.frame import CaseBar, Day, Form, Frame, Link
from trackmycrime.web.common.holes import NOTHING, Holes, draw
from trackmycrime.web.common.pages import render
from trackmycrime.web.common.timeline import OfficerLine
from trackmycrime.web.victim.messages import MessagesPage

TEMPLATE = "victim/messages/index.html"
NASTY = "<script>alert(\"1\")</script> & 'it'"


def _frame(own: Holes | None, who: str) -> Frame:
    put = own.put if own else _as_text
    return Frame(
        language="en",
        organisation="Avonside Police",
        brand_href="",
        theme_colour="#12284b",
        emblem="star",
        logo=None,
        service="TrackMyCrime",
        home="/messages",
        navigation=(Link("Messages", "/messages", current=True),),
        csrf=put(f"token of {who}"),
        once=put(f"once of {who}"),
        exit_href="/exit",
        case_bar=CaseBar("Theft", put(f"AV/{who}/26"), "Recorded", Day(put("2026-12-01"), put("1 December 2026"))),
        switch=(),
        footer=(),
        footnote="",
        wide=False,
        body_class="",
    )


def _page(own: Holes | None, who: str, *, new: bool, earlier: bool, officer: bool, due: bool) -> MessagesPage:
    put = own.put if own else _as_text
    return MessagesPage(
        new=put(Markup("<ol>new to {}</ol>").format(who) if new else ""),
        number_new=2 if new else 0,
        latest="" if new else put(Markup("<ol>latest of {}</ol>").format(who) if earlier else ""),
        earlier=put(Markup("<ol>earlier of {}</ol>").format(who) if earlier else ""),
        older_href="",
        officer=OfficerLine(put(f"PC {who}"), put(NASTY), put("Monday 30 November")) if officer else None,
        can_write=True,
        who_reads="The team reads it.",
        due=put(f"1 December 2026 for {who}" if due else ""),
        due_passed=False,
        told_late=False,
        moves=True,
        interval="We update you at least once every 28 days.",
        phone="101",
        urgent="Not read at night.",
        intro=((Piece(NASTY, ""),),),
        sent="",
        case=put(f"case of {who}"),
        danger=False,
        draft=False,
        support=(Link("Talk to someone", "/support"),),
        closed=None,
    )


def _as_text(text: str) -> str:
    return text


@pytest.mark.parametrize(("new", "earlier", "officer", "due"), list(product([True, False], repeat=4)))
def test_it_is_the_page_that_is_drawn_for_one_reader_alone(
    *, new: bool, earlier: bool, officer: bool, due: bool
) -> None:
    for who in ("alice", NASTY):
        own = Holes()
        frame = _frame(own, who)
        drawn = draw(
            TEMPLATE, frame, own, NOTHING, page=_page(own, who, new=new, earlier=earlier, officer=officer, due=due)
        )
        alone = _page(None, who, new=new, earlier=earlier, officer=officer, due=due)
        assert drawn.decode() == render(TEMPLATE, _frame(None, who), form=NOTHING, page=alone)


def test_two_readers_share_a_kept_page_and_nothing_else() -> None:
    shown: list[str] = []
    for who in ("alice", "brenda"):
        own = Holes()
        frame = _frame(own, who)
        page = _page(own, who, new=True, earlier=True, officer=True, due=True)
        shown.append(draw(TEMPLATE, frame, own, NOTHING, page=page).decode())
    assert "alice" in shown[0]
    assert "alice" not in shown[1]
    assert shown[0].replace("alice", "brenda") == shown[1]
    assert holes._kept_pieces.cache_info().hits > 0  # noqa: SLF001 - the point of it all


def test_what_is_in_no_hole_makes_another_page() -> None:
    drawn: list[str] = []
    for number in (1, 2):
        own = Holes()
        frame = _frame(own, "alice")
        page = _page(own, "alice", new=True, earlier=False, officer=False, due=False)
        drawn.append(
            draw(TEMPLATE, frame, own, NOTHING, page=structs.replace(page, phone=f"0117 496 000{number}")).decode()
        )
    assert "0117 496 0001" in drawn[0]
    assert "0117 496 0001" not in drawn[1]
    assert "0117 496 0002" in drawn[1]


def test_a_form_that_was_filled_in_is_given_back_and_not_kept() -> None:
    own = Holes()
    frame = _frame(own, "alice")
    page = _page(own, "alice", new=False, earlier=False, officer=False, due=False)
    before = holes._kept_pieces.cache_info()  # noqa: SLF001 - as above
    form = Form({"message": "What I had written"}, {"message": "Too long"})
    drawn = draw(TEMPLATE, frame, own, form, page=page).decode()
    assert "What I had written" in drawn
    assert "Too long" in drawn
    assert holes._kept_pieces.cache_info() == before  # noqa: SLF001 - as above
