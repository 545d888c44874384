"""A force says things in its own words: beside the national ones, looked at first, and links by two people."""

import re
from html import unescape
from uuid import uuid4

import pytest
from msgspec import structs

from tests.cast import ADA, ALICE, HANNAH, HARRIET, OSMAN, Browser, Victim, World, configuration, crime
from tests.domain.test_notifications import drained
from tests.web.admin.configured import force_with, publish, victim_of
from trackmycrime.domain import people
from trackmycrime.domain.notifications import wording
from trackmycrime.domain.notifications.queueing import Channel, NoticeKind
from trackmycrime.domain.people import Leave, Risk
from trackmycrime.domain.people.safe_contact import SafeChannel, SafeContact
from trackmycrime.domain.tenancy import texts
from trackmycrime.gateways.email import Email
from trackmycrime.kit.actor import service
from trackmycrime.store.notifications import Due

pytestmark = pytest.mark.asyncio(loop_scope="session")
WORDING, REVIEW, HISTORY = "/admin/wording", "/admin/review", "/admin/history"
_AREA = re.compile(r'<textarea[^>]*? name="(en|cy)"[^>]*>([^<]*)</textarea>')
_CHOSEN = re.compile(r'<input\s+class="govuk-radios__input"[^>]*? name="(en)"[^>]*? value="([^"]*)"[^>]*? checked')
_REVISION = re.compile(r'name="revision" value="(\d*)"')


async def written(browser: Browser, key: str) -> dict[str, str]:
    """Open a text, and return its form as it is filled in."""
    page = (await browser.get(f"{WORDING}/{key}")).text
    found = {name: unescape(value) for name, value in (*_AREA.findall(page), *_CHOSEN.findall(page))}
    revision = _REVISION.search(page)
    return {**found, "revision": revision[1] if revision else ""}


async def write(browser: Browser, key: str, **words: str) -> None:
    """Save what a text says."""
    answer = await browser.submit(f"{WORDING}/{key}", **{**await written(browser, key), **words})
    assert answer.headers["location"] == f"{WORDING}?done=saved", answer.text


async def try_to_publish(browser: Browser) -> int:
    """Send the form of the review, wherever it is shown, and return how it was answered."""
    revision = _REVISION.search((await browser.get(REVIEW)).text)
    assert revision
    return (await browser.submit(REVIEW, revision=revision[1], why="New words")).status_code


async def test_own_words_are_read_once_they_are_published_and_the_national_ones_come_back(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = await victim_of(world, slug)
    own = "Write to ((team)) here.\n\nCall ((phone)) if it is <urgent & short> (of ((force)))."
    refused = await ada.submit(f"{WORDING}/page.messages", **{**await written(ada, "page.messages"), "en": own})
    assert refused.status_code == 422
    assert "English: “&lt;urgent &amp; short&gt;” is code: only plain words can stand here" in refused.text
    assert "Write to ((team)) here." in refused.text, "what was typed is kept"
    assert "Nothing is changed" in (await ada.get(REVIEW)).text
    own = own.replace("<urgent & short>", "urgent & short")
    await write(ada, "page.messages", en=own)
    await write(ada, "sent.message", en="Sent to ((team)) & not to <nobody".replace("<", ""))
    listed = (await ada.get(f"{WORDING}?done=saved")).text
    assert listed.count("Not published yet") == 2
    assert "Saved. Nothing changes for victims until you publish it." in listed
    review = (await ada.get(REVIEW)).text
    for told in ("Messages: introduction, in English", "The national wording", "urgent &amp; short"):
        assert told in review, told
    assert "urgent &amp; short" not in (await vera.get("/messages")).text
    await publish(ada, "Warmer words")
    page = (await vera.get("/messages")).text
    assert "Write to Contact Team here.</p>" in page
    assert "Call 101 if it is urgent &amp; short (of Town Police).</p>" in page
    assert "Sent to Contact Team &amp; not to nobody" in (await vera.get("/messages?done=message")).text
    form = await written(ada, "page.messages")
    assert form["en"].replace("\r\n", "\n") == own
    back = await ada.submit(f"{WORDING}/page.messages/national", revision=form["revision"])
    assert back.headers["location"] == f"{WORDING}?done=national"
    assert "urgent &amp; short" in (await vera.get("/messages")).text
    await publish(ada, "Back again")
    assert "urgent &amp; short" not in (await vera.get("/messages")).text
    assert (await ada.submit(f"{HISTORY}/2/draft", revision=(await written(ada, "page.start"))["revision"])).is_redirect
    await publish(ada, "It was better")
    assert "urgent &amp; short" in (await vera.get("/messages")).text


async def test_every_page_that_has_words_of_its_own_shows_them(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera, visitor = await victim_of(world, slug), world.browser(slug)
    pages = {"start": "/", "messages": "/messages", "progress": "/progress", "property": "/property"}
    pages |= {"support": "/support", "settings": "/settings"}
    for name in pages:
        await write(ada, f"page.{name}", en=f"Own words of ((force)) for {name}.")
    await publish(ada, "Our words")
    for name, path in pages.items():
        reader = visitor if name in {"start", "support"} else vera
        page = (await reader.get(path)).text
        if name != "property":  # it says nothing while nothing is recorded
            assert f"Own words of Town Police for {name}.</p>" in page, (name, page)


async def test_whoever_writes_a_link_does_not_publish_it(world: World) -> None:
    slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    visitor = world.browser(slug)
    await write(ada, "page.support", en="Ask https://example.org/help & them.")
    assert "Somebody else has to publish this" in (await ada.get(REVIEW)).text
    assert await try_to_publish(ada) == 409
    assert "Check every link and email address before you publish" in (await amos.get(REVIEW)).text
    await write(amos, "page.support", en="Ask https://example.org/other & them.")
    assert await try_to_publish(amos) == 409, "now he wrote it"
    await write(amos, "page.messages", en="No link at all")
    await write(ada, "page.messages", en="No link, again")
    assert "https://example.org" not in (await visitor.get("/support")).text
    assert await try_to_publish(ada) == 303, "she did not write this one, although she changed another text since"
    page = (await visitor.get("/support")).text
    assert '<a class="govuk-link" href="https://example.org/other" rel="noreferrer noopener">' in page
    await write(ada, "page.support", en="Ask https://example.org/other & them. Or write to help@example.org")
    assert await try_to_publish(ada) == 409, "an address of a mailbox leads somewhere too"
    revision = (await written(ada, "page.support"))["revision"]
    assert (await ada.submit(f"{REVIEW}/discard", revision=revision)).is_redirect
    await write(ada, "page.support", en="No link is left")
    assert await try_to_publish(ada) == 303, "taking a link away needs nobody"
    taken = await ada.submit(f"{HISTORY}/2/draft", revision=(await written(ada, "page.support"))["revision"])
    assert taken.is_redirect
    assert await try_to_publish(ada) == 409, "going back to a link is writing it again"
    assert await try_to_publish(amos) == 303


async def test_a_link_that_nobody_is_known_to_have_written_is_whose_draft_it_is(world: World) -> None:
    slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    await write(ada, "page.support", en="Ask https://example.org/help first.")
    assert await try_to_publish(amos) == 303
    await write(ada, "page.messages", en="Something else")
    world.registry.forget()
    await world.onboarding.publish(service("test"), configuration(slug, "Town Police"))
    assert await try_to_publish(ada) == 409, "her draft would bring the link back"
    assert await try_to_publish(amos) == 303


async def test_an_email_says_it_in_the_forces_words_and_never_to_somebody_at_risk(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await write(ada, "email.invite", en="Welcome. ((sender)) set up a page for you & you alone.")
    await write(ada, "subject.invite", en="You can now set up your account")
    hostile = await ada.submit(
        f"{WORDING}/subject.invite",
        **{**await written(ada, "subject.invite"), "en": "Stolen bike\r\nBcc: x@example.org"},
    )
    assert hostile.status_code == 422
    await write(ada, "email.news", en="Hello from ((sender)).")
    await publish(ada, "A warmer welcome")
    world.registry.forget()
    vera, rosa = (
        Victim(name, "Vane", f"T/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org") for name in ("Vera", "Rosa")
    )
    await world.push(slug, [crime(vera.reference, [vera.as_event()]), crime(rosa.reference, [rosa.as_event()])])
    (invite,) = await emails_to(world, slug, vera)
    assert invite.subject == "You can now set up your account"
    assert invite.text.startswith("Welcome. Town Police set up a page for you & you alone.\n\nhttps://")
    assert "<p>Welcome. Town Police set up a page for you &amp; you alone.</p>" in invite.html
    assert "If you did not expect this, you can ignore it." in invite.text
    assert "To stop these emails:" in invite.text
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((person_id,),) = await world.ask(slug, sql, rosa.person)
    safe = SafeContact(SafeChannel.EMAIL, tuple(range(7)), 0, 24)
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        person = (await people.by_id(tx, [person_id]))[person_id]
        leaves = (Leave(Risk.NONE), Leave(Risk.UNKNOWN), Leave(Risk.AT_RISK, safe), Leave(Risk.AT_RISK))
        for leave in leaves:
            for kind in (NoticeKind.INVITE, NoticeKind.NEWS, NoticeKind.RESET):
                due = Due(uuid4(), kind, Channel.EMAIL, person_id, None, None, 1)
                email = wording.to_victim(tx, due, person, rosa.email, leave, uuid4()).what
                assert isinstance(email, Email)
                own = leave.risk is Risk.NONE and kind != NoticeKind.RESET
                said = "Town Police" in email.text or "Welcome" in email.text or "set up your account" in email.subject
                assert said is own, (leave, kind, email)


async def emails_to(world: World, slug: str, victim: Victim) -> list[Email]:
    """Send what waits, and return what went to a victim by email."""
    return [each for each in (await drained(world, slug)).sent if isinstance(each, Email) and each.to == victim.email]


async def test_a_text_shows_what_helps_to_write_it(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    bilingual = structs.replace(configuration(slug, "Town Police", welsh=True), name_cy="Heddlu y Dref")
    await world.onboarding.publish(service("test"), bilingual)
    page = (await ada.get(f"{WORDING}/page.start")).text
    for told in ("((force))", "Town Police", "The national wording", "Reading age of the English", "Heddlu"):
        assert told in page, told
    form = await written(ada, "page.messages")
    hard = "Notification of prosecutorial determinations is disseminated by ((force)) accordingly."
    preview = await ada.submit(f"{WORDING}/page.messages/preview", **{**form, "en": hard})
    assert preview.status_code == 200
    for told in (
        "That is above 11: some victims will not understand it",
        "disseminated by Town Police accordingly",
        "disseminated by Avon Vale, Marches and Northern Moorland Constabulary accordingly",
        "There is no Welsh of your own",
    ):
        assert told in preview.text, told
    assert "Nothing is changed" in (await ada.get(REVIEW)).text, "a preview keeps nothing"
    arrest = await ada.submit(
        f"{WORDING}/update.arrest/preview", **{**await written(ada, "update.arrest"), "en": "((officer)) did."}
    )
    for told in ("PC Sam Carter did.", "Gwenllian Llewelyn-Prytherch did.", "Your officer did."):
        assert told in arrest.text, told
    link = {**await written(ada, "update.arrest"), "en": "See https://example.org/x"}
    assert 'href="https://example.org/x"' not in (await ada.submit(f"{WORDING}/update.arrest/preview", **link)).text
    link |= await written(ada, "page.start") | {"en": link["en"]}
    assert 'href="https://example.org/x"' in (await ada.submit(f"{WORDING}/page.start/preview", **link)).text
    assert (await ada.submit(f"{WORDING}/page.start/preview")).status_code == 200, "whatever is missing in the form"
    assert (await ada.submit(f"{WORDING}/page.start")).status_code == 409
    bad = await ada.submit(f"{WORDING}/page.messages/preview", **{**form, "en": "((colour))"})
    assert (bad.status_code, "English: “((colour))” is not known here" in bad.text) == (422, True)
    await write(ada, "page.messages", en="Hello.", cy="Shwmae.")
    await write(ada, "page.progress", en="Hello.")
    assert (await ada.get(WORDING)).text.count("In Welsh it is the national wording") == 1


async def test_who_was_overtaken_keeps_what_was_typed(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    form = await written(amos, "page.start")
    await write(ada, "page.messages", en="Hers")
    late = await amos.submit(f"{WORDING}/page.start", **{**form, "en": "His words"})
    assert (late.status_code, "Ada Ash has changed these settings" in late.text) == (409, True)
    assert "His words" in late.text
    assert (await amos.submit(f"{WORDING}/page.messages/national", revision=form["revision"])).status_code == 409
    assert (await written(ada, "page.messages"))["en"] == "Hers"


async def test_only_the_forces_own_administrators_come_here(world: World) -> None:
    ada = world.browser("avonside")
    await ada.sign_in_as(ADA)
    for text in texts.all_of_them():
        assert (await ada.get(f"{WORDING}/{text.key}")).status_code == 200, text.key
    assert (await ada.get(f"{WORDING}/page.secret")).status_code == 404
    assert (await ada.get(WORDING)).status_code == 200
    paths = (WORDING, f"{WORDING}/page.start")
    for employee, slug in ((OSMAN, "avonside"), (HANNAH, "avonside"), (HARRIET, "brackenshire")):
        browser = world.browser(slug)
        await browser.sign_in_as(employee)
        for path in paths:
            assert (await browser.get(path)).status_code == 404, (employee.name, path)
        for path in (paths[1], f"{paths[1]}/preview", f"{paths[1]}/national"):
            assert (await browser.submit(path, revision="0", en="Mine")).status_code == 404, (employee.name, path)
    alice, visitor = world.browser("avonside"), world.browser("avonside")
    await alice.sign_in(ALICE)
    for path in paths:
        assert (await alice.get(path)).status_code == 404
        assert (await visitor.get(path)).headers["location"].startswith("/staff/sign-in")
