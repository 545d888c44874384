"""A browser without scripts, and the bytes by which it would ask."""

import http.client
import re
from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from urllib.parse import urlencode

from msgspec import Struct

from tests.bench.load import PLACE
from tests.cast import Employee, Victim
from trackmycrime.settings import Settings

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_MESSAGE = "I have remembered that the gate was open when I came home, and that the light in the hall was on."


class Answer(Struct, frozen=True):
    """An answer, whole."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()

    @property
    def location(self) -> str:
        """Where it leads."""
        return dict(self.headers).get("location", "")


class Visitor:
    """A browser without scripts, and what it would send: cookies, the forms' hidden fields, its origin."""

    def __init__(self, port: int, host: str) -> None:
        self._port, self._host = port, host
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, b"", {})

    def submit(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(form).encode(), self._form_headers())

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send anything."""
        return self._ask("POST", path, body, headers)

    def raw(self, method: str, path: str, form: Mapping[str, str] | None = None) -> bytes:
        """Return the bytes by which this browser would ask."""
        body = urlencode(form).encode() if form is not None else b""
        headers = {"Host": self._host, **self._common(), **(self._form_headers() if form is not None else {})}
        if form is not None:
            headers["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        return "\r\n".join(lines).encode() + body

    def hidden(self, path: str, action: str) -> dict[str, str]:
        """Return the hidden fields of the form on a page that is sent to `action`."""
        page = self.get(path).text
        form = page.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
        return dict(_HIDDEN.findall(form))

    def _common(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Accept": "text/html", **({"Cookie": cookies} if cookies else {})}

    def _form_headers(self) -> dict[str, str]:
        return {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self._host}"}

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=130)) as connection:
            sent = {"Host": self._host, **self._common(), **headers}
            connection.request(method, path, body or None, sent)
            got = connection.getresponse()
            answer = Answer(got.status, [(name.lower(), value) for name, value in got.getheaders()], got.read())
        for name, value in answer.headers:
            if name == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
        return answer


def at(settings: Settings, slug: str) -> Visitor:
    """Return a new browser on a force's site."""
    return Visitor(settings.port, f"{slug}.{settings.domain}")


def victim_form(visitor: Visitor, victim: Victim) -> dict[str, str]:
    """Return the sign-in form as a victim fills it in."""
    day, month, year = f"{victim.born.day}", f"{victim.born.month}", f"{victim.born.year}"
    facts = {
        "crime_reference": victim.reference,
        "last_name": victim.last_name,
        "day": day,
        "month": month,
        "year": year,
    }
    return {**visitor.hidden("/sign-in", "/sign-in"), **facts, "password": victim.password}


def victim_at(settings: Settings, slug: str, victim: Victim) -> Visitor:
    """Return a browser in which a victim has signed in."""
    visitor = at(settings, slug)
    _require(visitor.submit("/sign-in", victim_form(visitor, victim)), "/messages")
    return visitor


def employee_at(settings: Settings, slug: str, employee: Employee) -> Visitor:
    """Return a browser in which a member of staff has signed in."""
    visitor = at(settings, slug)
    form = {
        **visitor.hidden("/staff/sign-in", "/staff/sign-in"),
        "email": employee.email,
        "password": employee.password,
    }
    _require(visitor.submit("/staff/sign-in", form), "/admin" if employee.role == "admin" else "/staff")
    return visitor


def message_form(visitor: Visitor) -> dict[str, str]:
    """Return the form for a message as a victim fills it in, read from their page as a browser would."""
    return {**visitor.hidden("/messages", "/messages"), "message": f"{_MESSAGE} {PLACE}"}


def write(visitor: Visitor) -> None:
    """Send a message."""
    _require(visitor.submit("/messages", message_form(visitor)), "/messages?done=message")


def _require(answer: Answer, location: str) -> None:
    if answer.status != HTTPStatus.SEE_OTHER or answer.location != location:
        raise LookupError(answer.status, answer.location, answer.text)
