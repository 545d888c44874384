"""Another site on this machine, which a browser can be led to while somebody is signed in on ours."""

import html
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import override
from urllib.parse import parse_qs, quote, urlsplit

_FORM = """<!DOCTYPE html><title>A prize</title><form method="post" action="{action}">
<input name="message" value="Sent by another site"><input name="update" value="Sent by another site">
<input name="reply" value="Sent by another site"><input name="when" value="now"><input name="email_on" value="yes">
<input name="reason" value="Sent by another site"><input name="name" value="Eve"><input name="email" value="eve@example.org">
</form><a href="{action}">A prize</a>"""


class _Page(BaseHTTPRequestHandler):
    """Answers every address with a form that leads to ?action=, and with the cookies of ?cookie=."""

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        for cookie in asked.get("cookie", []):
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(_FORM.format(action=html.escape(asked.get("action", [""])[0])).encode())

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def another_site() -> Generator[int]:
    """Serve it on every name of this machine, and give its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def leading_to(host: str, port: int, action: str) -> str:
    """Return the address of a page whose form and link lead to `action`."""
    return f"http://{host}:{port}/?action={quote(action, safe='')}"


def setting(host: str, port: int, *cookies: str) -> str:
    """Return the address of a page that sets these cookies."""
    return f"http://{host}:{port}/?" + "&".join(f"cookie={quote(cookie, safe='')}" for cookie in cookies)
