"""A force changes itself: nobody sees a draft, all of it is reviewed, published with a reason, and can be taken back."""

import pytest
from msgspec import structs

from tests.cast import ADA, ALICE, HANNAH, HARRIET, OSMAN, World
from tests.web.admin.configured import filled, force_with, publish, victim_of
from trackmycrime.domain.tenancy.features import TO_COME
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
BRANDING, FEATURES, REVIEW, HISTORY = "/admin/branding", "/admin/features", "/admin/review", "/admin/history"


async def test_nothing_changes_for_victims_before_it_is_published(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = await victim_of(world, slug)
    form = await filled(ada, BRANDING)
    assert form["name"] == "Town Police"
    assert form["revision"] == "0"
    saved = await ada.submit(BRANDING, **{**form, "name": "New Town Police", "header": "#12284B"})
    assert saved.headers["location"] == REVIEW
    review = (await ada.get(REVIEW)).text
    for said in ("Force name", "Town Police", "New Town Police", "Header background", "#12284b", "Ada Ash"):
        assert said in review, said
    assert "New Town Police" not in (await vera.get("/messages")).text
    await publish(ada)
    page = (await vera.get("/messages")).text
    assert "New Town Police" in page
    history = (await ada.get(HISTORY)).text
    for said in ("Version 2", "Version 1", "Ada Ash", "The new colours of the force", "The national team"):
        assert said in history, said
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


async def test_a_feature_that_is_switched_off_does_not_exist_until_it_is_on_again(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = await victim_of(world, slug)
    form = await filled(ada, FEATURES)
    form.pop("two_way_messaging")
    assert (await ada.submit(FEATURES, **form)).headers["location"] == REVIEW
    assert 'name="message"' in (await vera.get("/messages")).text
    await publish(ada, "Nobody can answer in August")
    assert 'name="message"' not in (await vera.get("/messages")).text
    one = await filled(ada, f"{HISTORY}/1")
    again = await ada.submit(f"{HISTORY}/1/draft", revision=one["revision"])
    assert again.headers["location"] == REVIEW
    assert 'name="message"' not in (await vera.get("/messages")).text, "it is looked at first"
    await publish(ada, "August is over")
    assert 'name="message"' in (await vera.get("/messages")).text
    for nowhere in ("0", "-1", "4", "99999999999999999999"):
        assert (await ada.get(f"{HISTORY}/{nowhere}")).status_code == 404, nowhere
    three = (await ada.get(f"{HISTORY}/3")).text
    assert "Victims can write messages" in three
    assert "August is over" in three
    assert "It is the same as what you have now" in three


async def test_two_who_change_at_once_never_overwrite_each_other_silently(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    hers, his = await filled(ada, BRANDING), await filled(amos, BRANDING)
    assert (await ada.submit(BRANDING, **{**hers, "from_name": "Ada's words"})).status_code == 303
    late = await amos.submit(BRANDING, **{**his, "from_name": "Amos's words"})
    assert late.status_code == 409
    assert "Ada Ash has changed these settings" in late.text
    assert "Amos&#39;s words" in late.text, "what he typed is kept"
    assert "Ada&#39;s words" in (await ada.get(REVIEW)).text
    knowing = await amos.submit(BRANDING, **{**his, "from_name": "Amos's words", "revision": "1"})
    assert knowing.status_code == 303
    stale = await ada.submit(REVIEW, revision="1", why="Mine")
    assert (stale.status_code, "Amos Ames has changed these settings" in stale.text) == (409, True)
    assert "Amos&#39;s words" in stale.text, "she sees what she would publish now"
    assert (await ada.submit(f"{REVIEW}/discard", revision="1")).status_code == 409
    assert (await amos.submit(f"{REVIEW}/discard", revision="2")).headers["location"] == f"{REVIEW}?done=discarded"
    gone = await ada.submit(REVIEW, revision="2", why="Mine")
    assert gone.status_code == 404
    assert (await filled(ada, BRANDING))["from_name"] == "Town Police"


async def test_what_somebody_saw_is_published_or_saved_over_and_never_what_came_after_it(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    old = await filled(ada, BRANDING)
    await ada.submit(BRANDING, **{**old, "from_name": "Reviewed"})
    seen = (await filled(ada, REVIEW))["revision"]
    await amos.submit(f"{REVIEW}/discard", revision=(await filled(amos, REVIEW))["revision"])
    await amos.submit(BRANDING, **{**await filled(amos, BRANDING), "from_name": "Never reviewed by her"})
    assert (await ada.submit(REVIEW, revision=seen, why="Mine")).status_code == 409
    assert "Nothing has been published here yet" in (await ada.get(HISTORY)).text
    await publish(amos)
    late = await ada.submit(BRANDING, **{**old, "officers": "role"})
    assert (late.status_code, "Amos Ames has changed these settings" in late.text) == (409, True)
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


async def test_what_an_operator_publishes_meanwhile_stays_and_so_does_the_draft(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "from_name": "Hers", "header": "#12284b"})
    page = await filled(ada, BRANDING)
    now = (await world.force(slug)).configuration
    await world.onboarding.publish(service("test"), structs.replace(now, from_name="Theirs", update_interval_days=14))
    assert (await ada.submit(BRANDING, **page)).status_code == 409, "she has not seen it"
    review = (await ada.get(REVIEW)).text
    assert "Days between promised updates" not in review, "she does not take back what she never touched"
    for said in ("Theirs", "Hers", "#12284b"):
        assert said in review, said
    await publish(ada)
    after = (await world.force(slug)).configuration
    assert (after.from_name, after.brand.header, after.update_interval_days) == ("Hers", "#12284b", 14)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter the force&#39;s name in up to 80 characters"),
        ({"name": "x" * 81}, "Enter the force&#39;s name in up to 80 characters"),
        ({"name": "Two\u2028lines"}, "Enter the force&#39;s name in up to 80 characters"),
        ({"header": "red;}body{display:none"}, "Enter a colour as # and six letters or digits"),
        ({"link": "#57a0d3"}, "Links on the page: 2.84 to 1. It needs 4.5 to 1. Try #"),
        ({"brand": "#f2b705"}, "White text on the brand colour: 1.81 to 1. It needs 4.5 to 1. Try #"),
        ({"web": "http://192.0.2.1/"}, "Enter an address that begins with https://"),
        ({"web": "javascript:alert(1)"}, "Enter an address that begins with https://"),
        ({"non_emergency": "((phone))"}, "Enter a telephone number in figures, such as 101"),
        ({"officers": "shoe_size"}, "Choose how victims see officers"),
        ({"emblem": "crown"}, "Choose a shape"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_is_saved(
    world: World, changes: dict[str, str], message: str
) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    form = await filled(ada, BRANDING)
    answer = await ada.submit(BRANDING, **{**form, "from_name": "Kept words", **changes})
    assert (answer.status_code, message in answer.text) == (422, True), answer.text
    assert "Kept words" in answer.text
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


async def test_a_colour_that_is_offered_satisfies_every_pair_that_failed(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    form = await filled(ada, BRANDING)
    faint = {**form, "brand": "#f2b705", "link": "#57a0d3"}
    answer = (await ada.submit(BRANDING, **faint)).text
    offered = [answer.split(f'id="{field}-error"', 1)[1].split("Try ", 1)[1][:7] for field in ("brand", "link")]
    better = await ada.submit(BRANDING, **{**faint, "brand": offered[0], "link": offered[1]})
    assert better.headers["location"] == REVIEW


async def test_what_a_feature_needs_is_said_and_what_is_to_come_is_not_offered(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash", property_submission=True)
    form = await filled(ada, FEATURES)
    answer = await ada.submit(FEATURES, **form, welsh="yes")
    assert (answer.status_code, "in Welsh first, under Branding" in answer.text) == (422, True)
    page = (await ada.get(FEATURES)).text
    for feature in TO_COME:
        assert f'name="{feature}"' not in page
    without = {name: value for name, value in form.items() if name != "property_page"}
    assert (await ada.submit(FEATURES, **without, attachments="yes")).headers["location"] == REVIEW
    review = (await ada.get(REVIEW)).text
    assert "Victims can list property themselves" in review, "what stands on another goes with it"
    assert "Photos and documents" not in review


async def test_nothing_is_published_without_a_reason_or_twice(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await ada.get(BRANDING)  # a page with a form, for its token
    assert (await ada.submit(REVIEW, revision="0", why="For nothing")).status_code == 404
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "from_name": "Once"})
    for why in ("", "   ", "x" * 301):
        refused = await ada.submit(REVIEW, revision="1", why=why)
        assert refused.status_code == 422
    await publish(ada, "Once")
    assert (await ada.submit(REVIEW, revision="1", why="Once")).status_code == 404
    ((version, live, kept),) = await world.ask(
        slug,
        "select version, configuration -> 'live', configuration ->> 'slug' = $2 from app.force where id = $1",
        slug,
    )
    assert (version, live, kept) == (2, True, True)
    stored = await world.ask(slug, "select why from app.configuration_version where force_id = $1 and number = 2")
    assert b"Once" not in stored[0][0], "the reason is sealed"


async def test_a_draft_and_its_history_are_the_administrators_of_one_force_alone(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "from_name": "Not yours"})
    await publish(ada, "A secret reason")
    strangers = [world.browser("avonside") for _employee in range(4)]
    for browser, employee in zip(strangers, (ADA, OSMAN, HANNAH), strict=False):
        await browser.sign_in_as(employee)
    await strangers[3].sign_in(ALICE)
    for browser in strangers:
        for path in (BRANDING, FEATURES, REVIEW, HISTORY, f"{HISTORY}/2"):
            answer = await browser.get(path)
            assert "Not yours" not in answer.text
            assert "A secret reason" not in answer.text
            assert answer.status_code == (200 if browser is strangers[0] and path != f"{HISTORY}/2" else 404), path
        for path in (BRANDING, FEATURES, REVIEW, f"{REVIEW}/discard", f"{HISTORY}/2/draft"):
            if browser is not strangers[0]:
                assert (await browser.submit(path, revision="0", why="Mine")).status_code == 404, path
    assert (await strangers[0].submit(f"{HISTORY}/2/draft", revision="0")).status_code == 404
    elsewhere = world.browser("brackenshire")
    await elsewhere.sign_in_as(HARRIET)
    assert (await elsewhere.get(BRANDING)).status_code == 404
    nobody = await world.browser("avonside").get(REVIEW)
    assert nobody.headers["location"] == "/staff/sign-in?next=%2Fadmin%2Freview"
