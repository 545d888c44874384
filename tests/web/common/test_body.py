"""Whoever is refused while they are still sending hears why: the line is not cut under them."""

import http.client
from contextlib import closing
from pathlib import Path

from tests.cast import DOMAIN, World
from tests.server import serving

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
MEBIBYTE = 1024 * 1024


def test_a_refusal_arrives_however_much_was_being_sent(world: World, tmp_path: Path) -> None:
    with serving(world.settings, tmp_path / "serve.log") as url:
        address = url.removeprefix("http://")
        for path, kind, size, status in (
            ("/api/v1/events", JSON, 40_000, 401),
            ("/api/v1/events", JSON, 15 * MEBIBYTE, 401),
            ("/api/v1/events", JSON, 40 * MEBIBYTE, 401),
            ("/oauth/token", FORM, 3 * MEBIBYTE, 413),
            ("/sign-in", FORM, 3 * MEBIBYTE, 403),
            ("/messages", FORM, 3 * MEBIBYTE, 303),
            ("/nowhere", FORM, 3 * MEBIBYTE, 404),
        ):
            headers = {"Host": f"avonside.{DOMAIN}", "Content-Type": kind, "Authorization": "Bearer nonsense"}
            with closing(http.client.HTTPConnection(address, timeout=20)) as connection:
                for _again in range(2):  # the line stays good for what follows
                    connection.request("POST", path, b"x" * size, headers)
                    answer = connection.getresponse()
                    answer.read()
                    assert (path, answer.status) == (path, status)
