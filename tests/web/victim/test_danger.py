"""Words of danger: their writer sees 999 once, sends them all the same, and they come first in the inbox."""

import pytest

from tests.cast import HANNAH, World
from tests.web.staff.conftest import Crimes, Told
from trackmycrime.domain.messages.danger import suggested

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def tasks_of(told: Told) -> list[tuple[bool, list[str]]]:
    sql = "select urgent, why from app.task where force_id = $1 and case_id = $2 and kind = 'message' order by made_at"
    return await told.world.ask("avonside", sql, told.id)


async def test_words_of_danger_show_999_once_and_are_sent_all_the_same(world: World) -> None:
    told = await Crimes(world).make()
    await told.message("Is there any news about the bicycle?")
    vera = world.browser("avonside")
    calm = (await vera.sign_in(told.victims[0])).text
    assert "in danger now?" not in calm
    frightening = "He's OUTSIDE my house,\r\nand he has a <hammer>."
    shown = await vera.submit("/messages", message=frightening)
    assert shown.status_code == 422
    assert '<a class="govuk-link" href="tel:999">999</a>' in shown.text
    assert '<a class="govuk-link" href="tel:101">101</a>' in shown.text
    assert "Your message has not been sent yet" in shown.text
    assert "He&#39;s OUTSIDE my house," in shown.text
    assert "and he has a &lt;hammer&gt;.</textarea>" in shown.text
    assert 'name="warned" value="yes"' in shown.text
    assert "There is a problem" not in shown.text
    assert shown.text.index("in danger now?") < shown.text.index('id="reply"') < shown.text.index('id="new"')
    assert shown.text.count('id="reply"') == 1
    assert await tasks_of(told) == [(False, [])]

    sent = await vera.submit_and_follow("/messages", message=frightening, warned="yes")
    assert "Your message has been sent" in sent.text
    assert "in danger now?" not in sent.text
    assert await tasks_of(told) == [(False, []), (True, ["danger"])]
    hannah = world.browser("avonside")
    await hannah.sign_in_as(HANNAH)
    inbox = (await hannah.get("/staff/inbox")).text
    first = inbox.split("<article", 2)[1]
    assert "OUTSIDE my house" in first
    assert ">Urgent</strong>" in first
    assert "somebody may be in danger" in first
    assert "Is there any news about the bicycle?" not in first
    urgent = """select f.detail from app.feed_entry f where f.force_id = $1 and f.case_id = $2 and f.type = 'message.sent'
                order by f.made_at"""
    assert [detail for (detail,) in await world.ask("avonside", urgent, told.id)] == [{}, {"urgent": True}]


async def test_having_been_warned_marks_nothing_that_is_calm(world: World) -> None:
    told = await Crimes(world).make()
    vera = world.browser("avonside")
    await vera.sign_in(told.victims[0])
    answer = await vera.submit("/messages", message="Thank you for the letter.", warned="yes")
    assert answer.status_code == 303
    assert await tasks_of(told) == [(False, [])]


@pytest.mark.parametrize(
    "text",
    [
        "he is outside",
        "He\u2019s outside again",
        "SOMEONE IS BREAKING IN!!",
        "I am scared for my life.",
        "he said he is going to kill me",
        "I feel suicidal",
        "please send the\npolice",
        "Mae rhywun yma",
        "Mae o wrth y drws rŵan",
        "Dwi mewn perygl",
        "mae'n bygwth fy merch",
        "tu allan i'r tŷ",
    ],
)
async def test_danger_is_found_however_it_is_written(text: str) -> None:
    assert suggested(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is there any news about my bicycle?",
        "The shop was closed when it happened. I was outside.",
        "I began to write this yesterday, and I am safe.",
        "Gwn fod y beic yn las.",
        "A oes newyddion am fy meic?",
        "",
        "killer whale poster, blue frame",
    ],
)
async def test_what_is_calm_is_left_alone(text: str) -> None:
    assert not suggested(text)
