"""Every setting of the service, read from the environment once and checked before anything starts."""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, quote, urlsplit

import msgspec

type Network = IPv4Network | IPv6Network

_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?")
_POSTGRES = "postgresql://user:password@host/database"
_EMBEDDED_OR = f"{_POSTGRES}, or nothing beside a service started by make run"
_HIGHEST_PORT, _MOST_WORKERS = 65535, 64


class WrongSetting(ValueError):
    """A setting the service cannot start with; its one line names the variable and says what it takes."""

    def __init__(self, variable: str, takes: str) -> None:
        self.variable = variable
        self.message = f"{variable} takes {takes}."
        super().__init__(self.message)


class Environment(StrEnum):
    """Where the service runs: by itself on one machine, or for real."""

    EMBEDDED = "embedded"
    PRODUCTION = "production"


# Whether a force's identity provider may be on this very machine, for trying things out; no force's ever is.
_LOCAL = {Environment.EMBEDDED: ("no", "yes"), Environment.PRODUCTION: ("no",)}


class Role(StrEnum):
    """The database roles that sign in."""

    APP = "app"
    CONSOLE = "console"
    MIGRATOR = "migrator"
    PROVISIONER = "provisioner"
    QUEUE = "queue"

    @property
    def user(self) -> str:
        """The role's name in PostgreSQL."""
        return f"tmc_{self}"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the environment decides; an empty URL means the embedded mode's own choice."""

    port: int
    home: Path
    domain: str
    env: Environment
    scheme: str
    trusted_proxies: tuple[Network, ...]
    web_workers: int
    database_url: str
    role_urls: dict[str, str]
    queue_url: str
    email_url: str
    text_url: str
    files_url: str
    keys_url: str
    clamd_url: str
    local_providers: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings, touching neither disk nor database. Raises WrongSetting for the first wrong value."""
        found = _Found(os.environ if environ is None else environ)
        env = Environment(found.choice("TRACKMYCRIME_ENV", *Environment))
        port = found.number("PORT", 8000, highest=_HIGHEST_PORT)
        settings = cls(
            port=port,
            home=Path(found.text("TRACKMYCRIME_HOME") or ".local/run").expanduser().absolute(),
            domain=found.host("TRACKMYCRIME_DOMAIN") or f"localhost:{port}",
            env=env,
            scheme=found.choice("TRACKMYCRIME_SCHEME", *_schemes(env)),
            trusted_proxies=found.networks("TRACKMYCRIME_TRUSTED_PROXIES"),
            web_workers=found.number("TRACKMYCRIME_WEB_WORKERS", 2, highest=_MOST_WORKERS),
            database_url=found.url("TRACKMYCRIME_DATABASE_URL", _POSTGRES),
            role_urls={role: found.url(f"TRACKMYCRIME_{role.upper()}_DATABASE_URL", _POSTGRES) for role in Role},
            queue_url=found.url("TRACKMYCRIME_QUEUE_URL", "valkey://host:port"),
            email_url=found.url("TRACKMYCRIME_EMAIL_URL", "smtp://host:port", "ses://region", "notify://"),
            text_url=found.url("TRACKMYCRIME_TEXT_URL", "sns://region", "notify://"),
            files_url=found.url("TRACKMYCRIME_FILES_URL", "s3://bucket"),
            keys_url=found.url("TRACKMYCRIME_KEYS_URL", "kms://alias-prefix"),
            clamd_url=found.url("TRACKMYCRIME_CLAMD_URL", "tcp://host:port", "unix:///path"),
            local_providers=found.choice("TRACKMYCRIME_LOCAL_PROVIDERS", *_LOCAL[env]) == "yes",
        )
        if settings.production:
            settings.require_production()
            found.require("TRACKMYCRIME_DOMAIN", "the service's own host name")
        return settings

    def __repr__(self) -> str:
        """Return what may be logged: the URLs carry passwords."""
        return f"Settings(env={self.env!s}, domain={self.domain!r}, home={str(self.home)!r})"

    @property
    def production(self) -> bool:
        """Whether this is for real: no demonstration, no mailbox page, no keys in a file."""
        return self.env is Environment.PRODUCTION

    def require_production(self) -> None:
        """Raise WrongSetting for the first thing that only the embedded mode may leave empty."""
        for variable, value, takes in (
            ("TRACKMYCRIME_DATABASE_URL", self.database_url, _POSTGRES),
            ("TRACKMYCRIME_KEYS_URL", self.keys_url, "kms://alias-prefix"),
            ("TRACKMYCRIME_EMAIL_URL", self.email_url, "smtp://host:port, ses://region or notify://"),
            ("TRACKMYCRIME_TEXT_URL", self.text_url, "sns://region or notify://"),
        ):
            if not value:
                raise WrongSetting(variable, f"{takes} when TRACKMYCRIME_ENV is production")

    def database_url_for(self, role: str) -> str:
        """Return the libpq URL by which `role` signs in: its own, or the migrator's with its user name.

        Raises WrongSetting when no database is known yet: the embedded one must be attached first.
        """
        own = self.role_urls[Role(role)]
        if not (own or self.database_url):
            raise WrongSetting("TRACKMYCRIME_DATABASE_URL", _EMBEDDED_OR)
        return own or _with_user(urlsplit(self.database_url), Role(role).user)

    def with_databases(self, urls: Mapping[str, str]) -> Self:
        """Return these settings with a URL for every role, as the embedded database gives them."""
        return msgspec.structs.replace(self, database_url=urls[Role.MIGRATOR], role_urls=dict(urls))

    def origin(self, host_label: str | None = None) -> str:
        """Return the origin of a force's slug, of `console` or `mailbox`, or (with None) of the front page."""
        return f"{self.scheme}://{host_label}.{self.domain}" if host_label else f"{self.scheme}://{self.domain}"


class _Found:
    """The values of an environment, each checked as it is taken."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, variable: str) -> str:
        return self._environ.get(variable, "").strip()

    def require(self, variable: str, takes: str) -> None:
        if not self.text(variable):
            raise WrongSetting(variable, takes)

    def choice(self, variable: str, *choices: str) -> str:
        value = self.text(variable) or choices[0]
        if value not in choices:
            raise WrongSetting(variable, " or ".join(choices))
        return value

    def number(self, variable: str, default: int, *, highest: int) -> int:
        value = self.text(variable) or str(default)
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= highest):
            raise WrongSetting(variable, f"a whole number from 1 to {highest}")
        return int(value)

    def host(self, variable: str) -> str:
        value = self.text(variable).lower()
        if value and not _HOST.fullmatch(value):
            raise WrongSetting(variable, "a host name and perhaps a port, such as localhost:8000")
        return value

    def networks(self, variable: str) -> tuple[Network, ...]:
        try:
            return tuple(ip_network(part.strip()) for part in self.text(variable).split(",") if part.strip())
        except ValueError:
            raise WrongSetting(variable, "addresses or networks with commas between, such as 10.0.0.0/8") from None

    def url(self, variable: str, *shapes: str) -> str:
        value = self.text(variable)
        if value and not any(_has_shape(value, urlsplit(shape)) for shape in shapes):
            raise WrongSetting(variable, f"{' or '.join(shapes)}, or nothing")
        return value


def _schemes(env: Environment) -> tuple[str, str]:
    return ("https", "http") if env is Environment.PRODUCTION else ("http", "https")


def _has_shape(value: str, shape: SplitResult) -> bool:
    """Say whether a URL has every part that the example shows; a host may also be named in the query, as libpq does."""
    try:
        given = urlsplit(value)
        given.port  # noqa: B018  reading it is what checks it
    except ValueError:
        return False
    return (
        given.scheme == shape.scheme
        and bool(given.hostname or "host=" in given.query or not shape.hostname)
        and bool(given.username or not shape.username)
        and bool(given.path.strip("/") or not shape.path)
    )


def _with_user(url: SplitResult, user: str) -> str:
    _, _, host = url.netloc.rpartition("@")
    password = f":{url.password}" if url.password else ""
    return url._replace(netloc=f"{quote(user)}{password}@{host}").geturl()
