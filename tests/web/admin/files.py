"""Files as a browser sends them in a form."""

import re

import httpx

from tests.cast import Browser

_HIDDEN = re.compile(r'<input type="hidden" name="(revision|packed)" value="([^"]*)"')


async def send_file(browser: Browser, page: str, path: str, field: str, content: bytes, **more: str) -> httpx.Response:
    """Open a page, choose a file in its form, and send it, with whatever else the form has; an empty file is none."""
    shown = hidden((await browser.get(page)).text)
    answer = await browser.http.post(
        path,
        data={"_csrf": browser.csrf, **shown, **more},
        files={field: ("a file.png", content, "image/png")} if content else None,
        headers={"origin": browser.origin},
    )
    marker = 'name="_csrf" value="'
    if marker in answer.text:
        browser.csrf = answer.text.split(marker, 1)[1].split('"', 1)[0]
    return answer


def hidden(page: str) -> dict[str, str]:
    """Return what the first form of a page sends along unseen."""
    return dict(reversed(_HIDDEN.findall(page)))
