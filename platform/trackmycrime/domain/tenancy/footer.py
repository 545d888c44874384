"""Links of a force's own at the foot of its pages: a name in each language, and where they lead."""

from collections.abc import Iterator

from msgspec import Struct

from trackmycrime.domain.tenancy.kinds import Name, NameOrNone, Web, repeated
from trackmycrime.domain.tenancy.services import leads_inward
from trackmycrime.kit.words import WELSH, _

MOST = 6


class FooterLink(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A link that victims see at the foot of every page."""

    name: Name
    name_cy: NameOrNone = ""
    web: Web

    def name_in(self, language: str) -> str:
        """Return what it is called, in Welsh where Welsh is spoken and there is a Welsh name."""
        return (language == WELSH and self.name_cy) or self.name


def problems(links: tuple[FooterLink, ...], *, welsh: bool) -> Iterator[tuple[str, str]]:
    """Yield what keeps links from being published, by the path of the setting."""
    if len(links) > MOST:
        yield "footer", _("footer must have %(number)s links or fewer", number=MOST)
    yield from repeated("footer", [link.name for link in links])
    for position, link in enumerate(links, start=1):
        path = f"footer[{position}]"
        if not link.web or not _plain(link.web) or leads_inward(link.web):
            yield (
                f"{path}.web",
                _("%(path)s must be the address of a website that everybody can reach", path=f"{path}.web"),
            )
        if welsh and not link.name_cy:
            at = f"{path}.name_cy"
            yield at, _("%(path)s must give the Welsh name, because features.welsh is on", path=at)


def _plain(address: str) -> bool:
    return address.isascii() and address.isprintable()


def led(own: tuple[FooterLink, ...], before: tuple[FooterLink, ...]) -> list[str]:
    """Return the paths of the links that were not the same before: a second person has to look at those."""
    return [f"footer.{link.name}" for link in own if link not in before]
