"""Hostile text, and what would show that a browser took it for more than text."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request

import trackmycrime.web

# Each asks for /ran?<name> when it runs; the name says where the text was put.
PAYLOADS = (
    "</title></textarea></script><script>fetch('/ran?#-script')</script>",
    "<img src=/static/favicon.svg?no onload=fetch('/ran?#-img') onerror=fetch('/ran?#-img')>",
    "<svg onload=fetch('/ran?#-svg')></svg>",
    "\" autofocus onfocus=fetch('/ran?#-quoted') x=\"",
    "' autofocus onfocus=fetch('/ran?#-single') x='",
    "<iframe srcdoc=\"<script>parent.fetch('/ran?#-frame')</script>\"></iframe>",
    "<a href=javascript:fetch('/ran?#-link')>read</a>",
    "\uff1cscript\uff1efetch('/ran?#-wide')\uff1c/script\uff1e \\u003cscript\\u003e \u202etpircs\u202c &lt;b&gt;",
    "{{7*7}} {% raw %} ${7*7} %(name)s %s {0}",
)
_SHORT = "# \"><svg onload=fetch('/ran?#')>"
_LINE = "# \"'></title><svg onload=fetch('/ran?#')></svg>{{7*7}}%(name)s"
_TEMPLATES = Path(trackmycrime.web.__file__).parent
_FIELDS = re.compile(r"""(?:text_input|textarea|password)\("(\w+)"|<input type="hidden" name="(\w+)\"""")
_ATTRIBUTES = """() => {
  const found = [], target = /^(href|src|action|formaction|srcdoc|data|xlink:href)$/
  for (const element of document.querySelectorAll('*')) for (const {name, value} of element.attributes) {
    if (name.startsWith('on')) found.push(`${element.tagName} has ${name}`)
    if (target.test(name) && /^\\s*(javascript|data|vbscript):/i.test(value)) found.push(`${name} is ${value}`)
  }
  const scripts = document.scripts.length, frames = document.querySelectorAll(
    'iframe:not([src^="/admin/preview/"][sandbox="allow-same-origin"]), object, embed, base').length
  if (scripts !== 2 || frames) found.push(`${scripts} scripts, ${frames} frames`)
  return found
}"""
_TEXT = """() => document.title + ' ' + document.body.textContent + ' ' +
  [...document.querySelectorAll('input, textarea')].map(field => field.value).join(' ')"""
_FORMS = """() => [...document.forms].map(form => [form.action, [...form.elements]
  .filter(one => one.name && one.name !== '_csrf' && /^(text|search|tel|email|url|date|hidden|password|textarea)$/.test(one.type))
  .map(one => [one.name, one.type])])"""
_SUBMIT = """([number, values]) => {
  const form = document.forms[number]
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name].type === 'date') form.elements[name].type = 'text'  // which takes anything
    form.elements[name].value = value
  }
  form.submit()
}"""


def text(where: str) -> str:
    """Return all hostile texts in one, for a field that takes a long one."""
    return " ".join(PAYLOADS).replace("#", where)


def line(where: str) -> str:
    """Return a hostile text for a field that takes no more than 80 characters."""
    return _LINE.replace("#", where)


def short(where: str) -> str:
    """Return a hostile text for a field that takes no more than 40 characters."""
    return _SHORT.replace("#", where)


def quoted(value: str) -> str:
    """Return a text as it stands in an address."""
    return "".join(f"%{byte:02X}" for byte in value.encode())


def fields_of_all_forms() -> set[str]:
    """Return the name of every text field that a template of ours has."""
    found = [match for path in _TEMPLATES.rglob("*.html") for match in _FIELDS.findall(path.read_text())]
    return {name for pair in found for name in pair if name} - {"_csrf", "work"}  # neither is ever given back


class Watched:
    """A page of which everything is noted that must not happen: scripts that run, dialogs, elements made of text."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.page = context, context.new_page()
        self.ran: list[str] = []
        self.refused: list[str] = []
        self.faults: list[str] = []
        self.filled: set[str] = set()
        context.on("request", self._asked)
        context.on("console", self._heard)
        context.on("dialog", lambda dialog: self.ran.append(dialog.message))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.path == "/ran":
            self.ran.append(address.query)

    def _heard(self, message: ConsoleMessage) -> None:
        if "Security Policy" in message.text or "Trusted" in message.text:
            self.refused.append(message.text)

    def look(self, url: str, *shown: str) -> None:
        """Open a page, which has to show these texts as text, and nothing may come of them."""
        self.page.goto(url)
        self.judge(url, *shown)

    def judge(self, url: str, *shown: str) -> None:
        """Say what is wrong with the page that is open."""
        self.page.wait_for_load_state("load")
        seen = str(self.page.evaluate(_TEXT))
        self.faults += [f"{url} does not show {text[:30]}" for text in shown if text not in seen]
        self.faults += [f"{url}: {fault}" for fault in self.page.evaluate(_ATTRIBUTES)]
        self.faults += [f"{url} ran {name}" for name in self.ran] + [f"{url}: {refused}" for refused in self.refused]
        self.ran.clear()
        self.refused.clear()

    def fill_every_form(self, url: str) -> None:
        """Fill every text field of every form on a page with hostile text and send it; judge what comes back.

        Once with the hidden fields, and once without them: then what somebody writes goes where they meant it to.
        """
        for hidden in (True, False):
            sent: set[str] = set()
            while form := self._fill_next(url, sent, hidden=hidden):
                sent.add(form)

    def _fill_next(self, url: str, sent: set[str], *, hidden: bool) -> str:
        self.page.goto(url)
        for number, (action, fields) in enumerate(self.page.evaluate(_FORMS)):
            wanted = [(name, kind) for name, kind in fields if hidden or kind != "hidden"]
            form = f"{action} with {', '.join(name for name, _kind in wanted)}"
            if wanted and form not in sent:
                self.fill(number, wanted)
                self.judge(f"{form} on {url}")
                return form
        return ""

    def fill_what_is_open(self, field: str) -> None:
        """Fill the form with a field on the page that is open, and send it."""
        for number, (action, fields) in enumerate(self.page.evaluate(_FORMS)):
            if field in {name for name, _kind in fields}:
                self.fill(number, fields)
                self.judge(f"{action} with {field}")
                return
        self.faults.append(f"there is no form with {field}")

    def fill(self, number: int, fields: list[tuple[str, str]]) -> None:
        """Fill fields of a form with hostile text, and send it."""
        values = {name: text(name) if kind == "textarea" else line(name) for name, kind in fields}
        with self.page.expect_navigation():
            self.page.evaluate(_SUBMIT, [number, values])
        self.filled |= values.keys()


@contextmanager
def watched(chromium: Browser, *, policy: bool = True, like: Watched | None = None) -> Generator[Watched]:
    """Open a page in a context of its own; without our `policy` nothing but escaping holds. `like` lends its cookies."""
    context = chromium.new_context(bypass_csp=not policy)
    if like:
        context.add_cookies([{**cookie} for cookie in like.context.cookies()])  # pyright: ignore[reportArgumentType]
    try:
        yield Watched(context)
    finally:
        context.close()
