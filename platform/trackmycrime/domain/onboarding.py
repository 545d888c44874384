"""Putting a force on board: its registry row, its partitions and key, its first administrator and record-system client."""

from uuid import UUID

import msgspec
from msgspec import Struct, structs

from trackmycrime.domain import configuring, logos, notifications
from trackmycrime.domain.identity import clients, staff
from trackmycrime.domain.identity.clients import NewClient
from trackmycrime.domain.identity.staff import StaffRole, clean_email
from trackmycrime.domain.tenancy import canonical
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.configuration import (
    Configuration,
    ConfigurationError,
    Contact,
    Features,
    Offences,
    Routing,
    problems,
    require_sound,
)
from trackmycrime.domain.tenancy.files import FILE, PICTURE
from trackmycrime.domain.tenancy.plan import Change, difference
from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.gateways.keys import Keys
from trackmycrime.kit import ids
from trackmycrime.kit.actor import Actor, service
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.pictures import Picture
from trackmycrime.kit.words import _
from trackmycrime.store import configurations, national_audit
from trackmycrime.store import tenancy as rows
from trackmycrime.store.tenancy import ForceRow, PartitionRow
from trackmycrime.tx import Database, ForceTx, NationalTx

# Which question of `fresh` a problem of its configuration belongs to.
_ASKED = {"slug": "slug", "contact.non_emergency": "non_emergency", "contact.web": "non_emergency"}


class OnBoard(Struct, frozen=True):
    """A force that was just put on board, with what is told only once."""

    slug: str
    name: str
    site: str
    administrator_link: str
    client: NewClient
    token_url: str


class Onboarding:
    """Everything it takes to put forces on board and to publish their configurations."""

    def __init__(self, database: Database, registry: Registry, keys: Keys) -> None:
        self._database, self._registry, self._keys = database, registry, keys

    async def put_on_board(self, actor: Actor, configuration: Configuration, administrator: str) -> OnBoard:
        """Put a force on board; it answers on its own address at once. Raises Conflict when it is there already."""
        address = clean_email(administrator, "administrator")
        await self.provision(actor, configuration)
        force = await self._registry.need(configuration.slug)
        async with self._registry.door(force).open(actor) as tx:
            link = await invite_staff(tx, address, StaffRole.ADMIN)
            client = await clients.make(tx, _("Record system"))
            return OnBoard(configuration.slug, force.name, tx.force.origin, link, client, token_url(tx))

    async def provision(self, actor: Actor, told: Configuration) -> UUID:
        """Enter a force in the registry and make its key and partitions, as the one role that may. It begins without a logo."""
        require_sound(told, where=told.slug)
        configuration = structs.replace(told, brand=structs.replace(told.brand, logo="", logo_says_name=False))
        force_id = ids.new()
        content = msgspec.to_builtins(configuration)
        row = ForceRow(force_id, configuration.slug, configuration.name, "setting_up", 1, content)
        async with self._database.national("console").open(actor) as tx:
            if await rows.by_slug(tx, configuration.slug):
                raise Conflict(_("%(name)s is on board already.", name=configuration.name))
            await national_audit.add(tx, "force.provisioned", configuration.slug, {})
        async with self._database.national("provisioner").open(actor) as tx:
            await rows.provision(tx, row, self._keys.make(force_id), msgspec.json.encode(content).decode())
        self._registry.forget()
        return force_id

    async def plan(self, configuration: Configuration) -> tuple[Change, ...]:
        """Return what publishing this configuration would change."""
        found = await self._registry.find(configuration.slug)
        return difference(found.configuration if found else None, configuration)

    async def why_ask(self, configuration: Configuration) -> str:
        """Say why a file should not change this force unless somebody means it; "" where it may."""
        found = await self._registry.find(configuration.slug)
        if found is None:
            return ""
        if found.configuration.live:
            return _("%(name)s is live. Look at what would change, then apply with --live.", name=found.name)
        async with self._registry.door(found).open(service("onboarding")) as tx:
            edited = await configuring.by_administrators(tx)
        if edited:
            return _(
                "%(name)s was changed by its administrators. Look at what would change, then apply with --live.",
                name=found.name,
            )
        return ""

    async def require_logo(self, configuration: Configuration, logo: Picture | None) -> None:
        """Raise ConfigurationError unless the picture that a configuration names is `logo`, or the force has it."""
        digest, found = configuration.brand.logo, await self._registry.find(configuration.slug)
        if not digest or (logo and logos.named(logo) == digest):
            return
        if found:
            async with self._registry.door(found).open(service("onboarding")) as tx:
                if await logos.there(tx, digest):
                    return
        said = _("brand.logo names a picture that is not here: put %(file)s beside the file", file=PICTURE)
        raise ConfigurationError(configuration.slug, {"brand.logo": said})

    async def _keep(self, actor: Actor, force: Force, logo: Picture | None) -> None:
        if logo:
            async with self._registry.door(force).open(actor) as tx:
                await logos.keep(tx, logo)

    async def publish(
        self, actor: Actor, configuration: Configuration, logo: Picture | None = None
    ) -> tuple[Change, ...]:
        """Publish a configuration, putting the force on board if need be, and return what changed. No change: no version.

        `logo` is the picture that the configuration names. Raises ConfigurationError when it names one that is not here.
        """
        await self.require_logo(configuration, logo)
        changes = await self.plan(configuration)
        found = await self._registry.find(configuration.slug)
        if found is None:
            await self.provision(actor, configuration)
            found = await self._registry.need(configuration.slug)
        if difference(found.configuration, configuration):
            require_sound(configuration, where=configuration.slug)
            await self._keep(actor, found, logo)
            content = msgspec.to_builtins(configuration)
            row = structs.replace(
                found.row, name=configuration.name, version=found.row.version + 1, configuration=content
            )
            async with self._database.national("console").open(actor) as tx:
                if not await rows.publish(tx, row):
                    raise Conflict(_("Somebody else has just changed %(name)s. Look at it again.", name=row.name))
                await national_audit.add(tx, "force.configured", row.slug, {"version": row.version})
            async with self._registry.door(found).open(actor) as tx:
                for version in (found.row, row):
                    await configurations.add(tx, version.version, version.configuration)
                await configuring.carry_over(tx, found.row.configuration, content)
                await configuring.take_effect(tx, found.configuration, configuration)
        self._registry.forget()
        return changes


def fresh(slug: str, name: str, non_emergency: str) -> Configuration:
    """Return the first configuration of a force that has no file. Raises Invalid by these three names."""
    configuration = Configuration(
        slug=slug,
        name=name,
        from_name=name,
        contact=Contact(non_emergency=non_emergency),
        brand=Brand(),
        features=Features(),
        offences=Offences(),
        routing=Routing(),
    )
    found = problems(configuration)
    if found:
        raise Invalid({_ASKED.get(path, "name"): sentence for path, sentence in reversed(found.items())})
    return configuration


async def invite_staff(tx: ForceTx, email: str, role: str) -> str:
    """Give somebody a role, send them the link by which they choose a password, and return it as well."""
    staff_id = await staff.invite(tx, email, role)
    await notifications.invite_staff(tx, [staff_id])
    return f"{tx.force.origin}/staff/register/{staff.invitation_token(tx, staff_id)}"


def token_url(tx: ForceTx) -> str:
    """Return where this force's record systems ask for their tokens."""
    return f"{tx.force.origin}/oauth/token"


async def exported(registry: Registry, slug: str) -> dict[str, bytes]:
    """Return a force's published configuration as its file, and its logo beside it, by their names. Raises NotFound."""
    force = await registry.need(slug)
    async with registry.door(force).open(service("onboarding")) as tx:
        logo = await logos.published(tx)
    written = {FILE: canonical.write(force.configuration)}
    return {**written, PICTURE: logo} if logo else written


async def with_logo(configuration: Configuration, content: bytes) -> tuple[Configuration, Picture]:
    """Return a configuration that names the picture that lies beside its file, drawn anew. Raises Invalid."""
    picture = await logos.taken(content)
    chosen = structs.replace(configuration.brand, logo=logos.named(picture))
    return structs.replace(configuration, brand=chosen), picture


async def listed(tx: NationalTx) -> list[ForceRow]:
    """Return every force, by slug."""
    return await rows.listed(tx)


async def partitions(tx: NationalTx, slug: str) -> list[PartitionRow]:
    """Return a force's partitions with their estimated rows and their size in bytes."""
    return list(await rows.partitions(tx, slug))
