"""Everything that a force says about its own part of the service, in one list."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.kit.words import _
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class SettingLine(Struct, frozen=True):
    """A part of the settings, and what it says."""

    name: str
    href: str
    what: str


class SettingsController(Controller):
    """The way to each part."""

    path = desk.SETTINGS

    @get(opt={"permission": Permission.ADMIN_READ}, sync_to_thread=False)
    def index(self, visit: NamedDependency[Visit]) -> Page:
        """List the parts."""
        parts = {**desk.settings(), desk.FILE: _("All settings as a file")}
        what = {**_what(), desk.FILE: _("Download what is published, or bring a file back and see what it changes.")}
        lines = tuple(SettingLine(name, href, what[href]) for href, name in parts.items())
        return page("admin/settings/index.html", desk.frame(visit, desk.SETTINGS), settings=lines)


def _what() -> dict[str, str]:
    return {
        desk.BRANDING: _(
            "What your force is called, how people reach it, how officers are named, its colours, its logo and its links."
        ),
        desk.FEATURES: _("Which parts of the service victims and officers have."),
        desk.CRIMES: _("Which crimes can be followed online, and which are risky to write about."),
        desk.SUPPORT: _("The services near you that help victims, and the national ones that you show."),
        desk.WORDING: _("What victims are told, in your own words."),
        desk.ROUTING: _("Which team reads a message, when they are at work, and where it goes if nobody opens it."),
        desk.RETENTION: _("How long what is kept here, what must not go, what went, and requests about data."),
        desk.STAFF_SIGN_IN: _("How the people who work here sign in."),
    }
