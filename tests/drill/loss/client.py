"""People and record systems over real HTTP: they get an answer, or none, and then they come again."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable

import httpx

_PATIENCE_SECONDS, _PAUSE_SECONDS, _ANSWER_SECONDS = 90.0, 0.2, 15.0
FINE, MOVED, WHO, GONE, _CRASH = 200, 303, 401, 404, 500
_HIDDEN = re.compile(r'<input type="hidden" name="(_csrf|once)" value="([^"]*)">')


class NoAnswer(Exception):
    """Nobody answered, or only to say that something broke: whether it was done cannot be known from here."""


class Client:
    """Somebody on the site of one host. Each request has a connection of its own: what dies takes no other along."""

    def __init__(self, http: httpx.AsyncClient, port: int, host: str) -> None:
        self._http, self._base = http, f"http://127.0.0.1:{port}"
        self._host = f"{host}.localhost:{port}"
        self._cookies: dict[str, str] = {}
        self.lost = 0

    async def get(self, path: str) -> httpx.Response:
        """Ask for a page. Raises NoAnswer."""
        return await self._request("GET", path)

    async def form(self, path: str) -> dict[str, str]:
        """Return what the forms of a page carry hidden, as soon as there is an answer."""
        answer = await patiently(lambda: self.get(path))
        assert answer.status_code == FINE, (path, answer.status_code, answer.text[:500])
        return dict(_HIDDEN.findall(answer.text))

    async def submit(self, path: str, fields: dict[str, str]) -> httpx.Response:
        """Send a form. Raises NoAnswer."""
        return await self._request("POST", path, data=fields, headers={"origin": f"http://{self._host}"})

    async def push(self, path: str, content: bytes, token: str) -> httpx.Response:
        """Send JSON as a record system. Raises NoAnswer."""
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        return await self._request("POST", path, content=content, headers=headers)

    async def _request(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        named = {"host": self._host, "accept": "text/html", "connection": "close", **(headers or {})}
        if cookies:
            named["cookie"] = cookies
        try:
            answer = await self._http.request(
                method, self._base + path, headers=named, data=data, content=content, timeout=_ANSWER_SECONDS
            )
        except httpx.TransportError as lost:
            self.lost += 1
            raise NoAnswer from lost
        if answer.status_code >= _CRASH:
            self.lost += 1
            raise NoAnswer(answer.status_code)
        self._keep(answer)
        return answer

    def _keep(self, answer: httpx.Response) -> None:
        """Keep the cookies: a browser takes `localhost` for safe, and so sends them though the scheme is http."""
        for line in answer.headers.get_list("set-cookie"):
            name, _equals, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value


async def patiently[T](act: Callable[[], Awaitable[T]]) -> T:
    """Try again until there is an answer."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return await act()
        except NoAnswer:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(_PAUSE_SECONDS)
