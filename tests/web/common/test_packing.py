"""Pages are small on the wire, and none with a secret is compressed for somebody else's site."""

import gzip

import httpx
import pytest

from tests.cast import ALICE, Browser, World
from trackmycrime.web.common import packing
from trackmycrime.web.common.static_files import static_href

pytestmark = pytest.mark.asyncio(loop_scope="session")


def way_of(answer: httpx.Response) -> str:
    return answer.headers.get("content-encoding", "")


async def alices(world: World) -> Browser:
    alice = world.browser("avonside")
    await alice.sign_in(ALICE)
    return alice


async def test_a_page_for_everybody_is_compressed_for_whoever_takes_it_so(world: World) -> None:
    visitor = world.browser("avonside")
    for accepted in ("gzip", "br, gzip;q=0.5", "GZIP ; q=1"):
        packed = await visitor.get("/sign-in", **{"accept-encoding": accepted})
        assert (way_of(packed), "</html>" in packed.text) == ("gzip", True), accepted
        assert int(packed.headers["content-length"]) < len(packed.content) / 2
    for accepted in ("", "br", "gzip;q=0", "gzip; q=0.0"):
        plain = await visitor.get("/sign-in", **{"accept-encoding": accepted})
        assert (way_of(plain), int(plain.headers["content-length"])) == ("", len(plain.content)), accepted
    assert way_of(await visitor.http.head("/sign-in")) == ""


async def test_a_page_with_a_secret_is_compressed_only_when_no_other_site_asked_for_it(world: World) -> None:
    alice = await alices(world)
    for asked_by in ("same-origin", "none"):
        packed = await alice.get("/messages", **{"sec-fetch-site": asked_by})
        assert (way_of(packed), alice.csrf in packed.text) == ("gzip", True), asked_by
    plain = await alice.get("/messages")
    assert (way_of(plain), alice.csrf in plain.text) == ("", True)
    for asked_by in ("cross-site", "same-site", ""):
        assert way_of(await alice.get("/messages", **{"sec-fetch-site": asked_by})) == "", asked_by


async def test_an_error_is_compressed_and_a_redirect_or_a_copy_is_whole(world: World) -> None:
    alice = await alices(world)
    lost = await alice.get("/nowhere", **{"sec-fetch-site": "same-origin"})
    assert (lost.status_code, way_of(lost), "</html>" in lost.text) == (404, "gzip", True)
    alice.http.headers["sec-fetch-site"] = "same-origin"
    copy = await alice.submit("/my-case/copies")
    assert (copy.status_code, "</html>" in copy.text) == (200, True)
    assert (await alice.submit("/messages/update-requests")).status_code == 303


async def test_static_files_come_as_small_as_the_browser_takes_them(world: World) -> None:
    visitor, sizes = world.browser("avonside"), {}
    for accepted in ("", "gzip", "gzip, deflate, br, zstd"):
        asked = visitor.http.build_request("GET", static_href("app.css"), headers={"accept-encoding": accepted})
        answer = await visitor.http.send(asked, stream=True)
        sizes[way_of(answer)] = len(b"".join([part async for part in answer.aiter_raw()]))
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "accept-encoding"
    assert list(sizes) == ["", "gzip", "br"]
    assert sizes[""] > 5 * sizes["gzip"] > 5 * sizes["br"]


async def test_what_comes_in_parts_or_is_short_stays_as_it_is() -> None:
    for body, more in ((b"x" * 5000, True), (b"short", False)):
        start: packing.HTTPResponseStartEvent = {"type": "http.response.start", "status": 200, "headers": []}
        message: packing.HTTPResponseBodyEvent = {"type": "http.response.body", "body": body, "more_body": more}
        packing.pack(start, message)
        assert (message["body"], start["headers"]) == (body, [])
    message = {"type": "http.response.body", "body": b"x" * 5000, "more_body": False}
    packing.pack(start, message)
    assert gzip.decompress(message["body"]) == b"x" * 5000
