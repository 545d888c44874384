"""Get ready to go live: what is still to do, why it matters, and where."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import readiness
from trackmycrime.domain.readiness import LOOKED_AT, Part, Step
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import go
from trackmycrime.web.common.permissions import Permission

_PLACES = {
    Part.BRANDING: desk.BRANDING,
    Part.FEATURES: desk.FEATURES,
    Part.CRIMES: desk.CRIMES,
    Part.SUPPORT: "/admin/support",
    Part.WORDING: "/admin/wording",
    Part.ROUTING: "/admin/routing",
    Part.RETENTION: desk.RETENTION,
    Part.ADMINISTRATORS: "/admin/staff",
    Part.STAFF: "/admin/staff",
    Part.CONNECTION: "/admin/clients",
    Part.RECORDS: "/admin/clients",
    Part.PUBLISHED: desk.REVIEW,
}


class StepLine(Struct, frozen=True):
    """A part of getting ready: where it is done, why it matters, and whether it is done.

    `looks` is where somebody says that it is right as it is, or has to be looked at again; "" where the service sees it.
    """

    key: str
    name: str
    href: str
    why: str
    done: bool
    looks: str


class ReadyController(Controller):
    """What somebody has looked at, and calls right."""

    path = desk.READY

    @post("/{part:str}", opt={"permission": Permission.ADMIN_CHANGE})
    async def look(
        self, tx: NamedDependency[ForceTx], form: NamedDependency[dict[str, str]], part: FromPath[str]
    ) -> Redirect:
        """Say that a part is right as it is, or that it has to be looked at again."""
        await (readiness.look_again(tx, part) if "again" in form else readiness.look(tx, part))
        return go(f"{desk.START}#ready-{part}")


def lines(steps: list[Step]) -> tuple[StepLine, ...]:
    """Return the parts of getting ready in words."""
    names, reasons = _names(), _reasons()
    return tuple(
        StepLine(
            key=step.part,
            name=names[step.part],
            href=_PLACES[step.part],
            why=reasons[step.part],
            done=step.done,
            looks=f"{desk.READY}/{step.part}" if step.part in LOOKED_AT else "",
        )
        for step in steps
    )


def _names() -> dict[Part, str]:
    return {
        Part.BRANDING: _("Choose your colours"),
        Part.FEATURES: _("Decide which parts of the service you have"),
        Part.CRIMES: _("Say which crimes can be followed"),
        Part.SUPPORT: _("List the services near you that help victims"),
        Part.WORDING: _("Read what victims are told, and say it in your own words"),
        Part.ROUTING: _("Say who reads a message, and when"),
        Part.RETENTION: _("Say how long things are kept"),
        Part.ADMINISTRATORS: _("Have a second administrator"),
        Part.STAFF: _("Have people who read messages, and officers who answer them"),
        Part.CONNECTION: _("Connect your record system"),
        Part.RECORDS: _("Receive the first records"),
        Part.PUBLISHED: _("Publish what you have changed"),
    }


def _reasons() -> dict[Part, str]:
    return {
        Part.BRANDING: _(
            "People trust a page that looks like their police force. Yours still has no colours of its own."
        ),
        Part.FEATURES: _("What is off does not exist for victims. Look at each part before anybody asks for it."),
        Part.CRIMES: _("Only the victims of these crimes are invited."),
        Part.SUPPORT: _("At a bad moment, somebody near is worth more than a national number."),
        Part.WORDING: _("It is the first thing a victim reads from you."),
        Part.ROUTING: _("Victims are told who reads their message first. It has to be true."),
        Part.RETENTION: _("What is deleted here does not come back."),
        Part.ADMINISTRATORS: _("One of you is away one day, and some changes need two people."),
        Part.STAFF: _("A message that nobody reads is worse than none: somebody waits for an answer."),
        Part.CONNECTION: _("Crimes, officers and updates come from your record system. Nobody should type them twice."),
        Part.RECORDS: _("Until records come, there is nothing for victims to follow."),
        Part.PUBLISHED: _("Nobody sees what is changed and not published."),
    }
