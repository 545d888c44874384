"""The whole service, wired together on one page."""

from litestar.di import Provide

from trackmycrime.domain.onboarding import Onboarding
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.keys import keys
from trackmycrime.gateways.mailbox import Mailbox
from trackmycrime.gateways.providers import Providers
from trackmycrime.jobs.waker import Waker
from trackmycrime.kit import log
from trackmycrime.settings import Settings
from trackmycrime.tx import Database
from trackmycrime.web import admin, api, mailbox, operator, public, staff, victim
from trackmycrime.web.api.batches import Batches
from trackmycrime.web.common import files, gate, pages
from trackmycrime.web.common.edge import Edge, Surface
from trackmycrime.web.common.health import Health
from trackmycrime.web.common.surface import surface
from trackmycrime.web.victim.newsroom import Newsroom


def create_app(settings: Settings, *, pool: int = 16) -> Edge:
    """Return the service as one ASGI application: a surface for each kind of host, behind one edge.

    `pool` is how many connections to the forces' data it opens at most.
    """
    log.configure()
    pages.warm()
    waker = Waker(settings)
    database = Database(settings.database_url_for, wake=waker, pool=pool)
    key_store = keys(settings)
    registry = Registry(database, opened=key_store.open, origin=settings.origin)
    onboarding = Onboarding(database, registry, key_store)

    batches, newsroom, providers = Batches(settings), Newsroom(), Providers(settings)

    def provide_batches() -> Batches:
        return batches

    def provide_newsroom() -> Newsroom:
        return newsroom

    def provide_onboarding() -> Onboarding:
        return onboarding

    def provide_providers() -> Providers:
        return providers

    def provide_registry() -> Registry:
        return registry

    shared = {
        "onboarding": Provide(provide_onboarding, sync_to_thread=False),
        "registry": Provide(provide_registry, sync_to_thread=False),
    }
    force_site = [
        files.static,
        files.brand,
        files.logo,
        *public.force_routes,
        *victim.routes,
        *staff.routes,
        *admin.routes,
        *api.routes,
    ]
    on_force_site = {
        "batches": Provide(provide_batches, sync_to_thread=False),
        "form": Provide(gate.provide_force_form),
        "newsroom": Provide(provide_newsroom, sync_to_thread=False),
        "providers": Provide(provide_providers, sync_to_thread=False),
        "registry": shared["registry"],
    }
    surfaces = {
        Surface.FORCE: surface(force_site, gate.admit_to_force, **on_force_site),
        Surface.CONSOLE: surface([files.static, *operator.routes], gate.admit_to_console, **shared),
        Surface.APEX: surface([files.static, *public.apex_routes], gate.admit_to_console, **shared),
    }
    if not settings.production:
        box = Mailbox.of(settings)

        def provide_mailbox() -> Mailbox:
            return box

        kept = {"mailbox": Provide(provide_mailbox, sync_to_thread=False)}
        surfaces[Surface.MAILBOX] = surface([files.static, *mailbox.routes], gate.admit_to_console, **kept)

    async def end() -> None:
        batches.stop()
        await newsroom.stop()
        await waker.stop()

    return Edge(settings, database, registry, surfaces, Health(settings, registry), end)
