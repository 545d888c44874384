"""A force of its own whose staff sign in with its own provider: set up, tried and switched on by its administrator."""

from collections.abc import Mapping

from tests.cast import Browser, World
from tests.provider.running import CLIENT, SECRET, Provider, Providers, Traveller
from tests.web.admin.configured import force_with

PAGE = "/admin/staff/sign-in"
GROUPS = {"admin": "tmc-admins", "hub": "tmc-hub", "officer": "tmc-officers\ntmc-specials"}


def details(provider: Provider, revision: int = 0, **changes: str) -> dict[str, str]:
    """Return the form as it is filled in for a provider."""
    known = {
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "secret": SECRET,
        "groups": "groups",
        "second_factor": "yes",
    }
    return known | GROUPS | {"revision": str(revision)} | changes


class Town:
    """The force, its provider, and the browser of its administrator, who is still signed in."""

    def __init__(self, world: World, slug: str, provider: Provider, admin: Traveller) -> None:
        self.world, self.slug, self.provider, self.admin = world, slug, provider, admin

    @property
    def desk(self) -> Browser:
        """The administrator's browser."""
        return self.admin.browser

    @property
    def email(self) -> str:
        """The administrator's address."""
        return f"ann@{self.slug}.example.org"

    def somebody(self) -> Traveller:
        """Return the browser of somebody who is not signed in."""
        return Traveller(self.world, self.slug)

    async def officer(self, sub: str = "nell", **more: object) -> str:
        """Let an officer be signed in at the provider, and return their address."""
        email = f"{sub}@{self.slug}.example.org"
        await self.provider.knows(sub, email, "tmc-officers", **more)
        return email


async def arranged(world: World, providers: Providers, **options: object) -> Town:
    """Return a force whose provider is known and not tried."""
    slug, (browser,) = await force_with(world, "Ann Able")
    origin = (await world.force(slug)).ref.origin
    provider = await providers.make(origin, **options)
    admin = Traveller(world, slug)
    admin.browser = browser
    return Town(world, slug, provider, admin)


async def town(world: World, providers: Providers, *, form: Mapping[str, str] | None = None, **options: object) -> Town:
    """Return a force whose provider is switched on."""
    made = await arranged(world, providers, **options)
    await made.desk.get(PAGE)
    saved = await made.desk.submit(PAGE, **{**details(made.provider), **(form or {})})
    assert saved.status_code == 303, saved.text
    await made.provider.knows("ann", made.email, "tmc-admins", acr="strong")
    tried = await made.admin.through(f"{PAGE}/trial")
    assert tried.headers.get("location") == f"{PAGE}#trial", tried.text
    page = (await made.desk.get(PAGE)).text
    assert "It worked" in page, page
    switched = await made.desk.submit(f"{PAGE}/use", revision="1")
    assert switched.headers["location"] == f"{PAGE}?done=on", switched.text
    return made
