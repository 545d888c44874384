"""The logo of a force: a picture that is drawn anew, named in the settings by its content, and judged before anybody sees it.

What is kept is what was drawn here, never what came. The settings name it by its SHA-256, so that a version that is taken up
again brings its logo back, and nobody sees one that was never published.
"""

import hashlib
import re
from enum import StrEnum

from msgspec import Struct, structs

from trackmycrime.domain import audit, configuring
from trackmycrime.domain.tenancy import brand
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit import pictures
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.pictures import LONGEST_SIDE, MOST_PIXELS, Fault, Looks, Picture, Unusable
from trackmycrime.kit.words import _
from trackmycrime.store import logos as rows
from trackmycrime.store.logos import LogoRow
from trackmycrime.tx import ForceTx

FIELD = "logo"
LARGEST = 1024 * 1024  # bytes of a file
# How large the header shows a logo at most, in the pixels of a page: on a desk, and on a phone. One is kept twice as large.
DESK, PHONE = (220, 44), (180, 36)
_SHARP = 2
_WIDE, _TALL = 5.0, 0.75  # as many times as wide as it is high
_SEEN = 3.0  # WCAG 2.2, 1.4.11: the contrast that a picture needs to be made out
_SAME = 1.1  # a contrast that nobody sees
_PALE = 0.5  # the share of a logo that may be hard to see
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Doubt(StrEnum):
    """What looks bad about a logo; it may be published all the same."""

    WIDE = "wide"
    TALL = "tall"
    SMALL = "small"
    FAINT = "faint"
    BOXED = "boxed"


class Shown(Struct, frozen=True):
    """A force's logo as it will be seen: pixels of a page on a desk and on a phone, of the file that came without its empty edges, and doubts."""

    desk: tuple[int, int]
    phone: tuple[int, int]
    came: tuple[int, int]
    doubts: tuple[Doubt, ...]


async def choose(tx: ForceTx, picture: Picture, revision: int, *, says_name: bool) -> None:
    """Make a picture the logo of the draft. Raises what `configuring.change` raises."""
    digest = await keep(tx, picture)

    def changed(seen: Configuration) -> Configuration:
        return _branded(seen, logo=digest, logo_says_name=says_name)

    await configuring.change(tx, revision, changed)
    await audit.record(tx, "logo.chosen", digest=digest)


async def remove(tx: ForceTx, revision: int) -> None:
    """Let the draft have no logo: the emblem and the name stand there again. Raises what `configuring.change` raises."""
    await configuring.change(tx, revision, lambda seen: _branded(seen, logo="", logo_says_name=False))


def _branded(configuration: Configuration, **changes: object) -> Configuration:
    return structs.replace(configuration, brand=structs.replace(configuration.brand, **changes))


async def taken(content: bytes) -> Picture:
    """Return a file's picture, drawn anew. Raises Invalid with what is wrong with it."""
    if not content:
        raise Invalid({FIELD: _("Choose a file")})
    if len(content) > LARGEST:
        raise Invalid({FIELD: _("The file is larger than %(number)s MB", number=LARGEST // (1024 * 1024))})
    width, height = DESK
    try:
        return await pictures.drawn_anew(content, width=width * _SHARP, height=height * _SHARP)
    except Unusable as unusable:
        raise Invalid({FIELD: _said(unusable.fault)}) from unusable


def _said(fault: Fault) -> str:
    return {
        Fault.DRAWING: _(
            "This is an SVG drawing. A drawing can hold programs and call other sites, so we do not take one: save it as a PNG"
        ),
        Fault.KIND: _("This is not a PNG, JPEG or WebP picture, whatever its name says"),
        Fault.PIXELS: _(
            "This picture is too large: at most %(side)s pixels on each side, and %(all)s million in all",
            side=LONGEST_SIDE,
            all=MOST_PIXELS // 1_000_000,
        ),
        Fault.MOVES: _("This file holds more than one picture. A logo does not move: save one of them"),
        Fault.BROKEN: _("This picture is broken or not whole. Save it again, as a PNG"),
        Fault.EMPTY: _("There is nothing to see in this picture: all of it is transparent"),
        Fault.DETAILED: _("This picture has too much detail for a logo that is %(number)s pixels high", number=DESK[1]),
    }[fault]


def named(picture: Picture) -> str:
    """Return the name of a picture in the settings."""
    return hashlib.sha256(picture.png).hexdigest()


async def keep(tx: ForceTx, picture: Picture) -> str:
    """Keep a picture, and return its name in the settings."""
    digest = named(picture)
    await rows.keep(tx, digest, LogoRow(picture.png, picture.came_width, picture.came_height))
    return digest


async def there(tx: ForceTx, digest: str) -> bool:
    """Say whether the force has a picture of this name; "" names none, and is always there."""
    return not digest or await rows.choose(tx, digest)


async def seen_by_all(tx: ForceTx, digest: str) -> bytes:
    """Return a logo that is published, or once was, as a PNG. Raises NotFound, also for what is in a draft alone."""
    return _there(await rows.seen_by_all(tx, digest) if _DIGEST.fullmatch(digest) else None).image


async def drafted(tx: ForceTx) -> bytes:
    """Return the draft's logo as a PNG. Raises NotFound."""
    digest = (await configuring.draft(tx)).configuration.brand.logo
    return _there(await rows.one(tx, digest) if digest else None).image


async def published(tx: ForceTx) -> bytes | None:
    """Return the logo that is used now as a PNG, None where there is none."""
    found = await rows.one(tx, (await configuring.published(tx)).brand.logo)
    return found.image if found else None


def _there(found: LogoRow | None) -> LogoRow:
    if found is None:
        raise NotFound(_("Page not found"))
    return found


async def shown(tx: ForceTx, chosen: Brand) -> Shown | None:
    """Say how the logo of a brand will be seen, None where it has none."""
    found = await rows.one(tx, chosen.logo) if chosen.logo else None
    if found is None:
        return None
    came = (found.came_width, found.came_height)
    doubts = _doubts(came, await pictures.looks(found.image), chosen.header)
    return Shown(_fitted(came, DESK), _fitted(came, PHONE), came, doubts)


def _fitted(came: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return how large something is shown that fills a room without being cut or stretched."""
    scale = min(room[0] / came[0], room[1] / came[1])
    return max(1, round(came[0] * scale)), max(1, round(came[1] * scale))


def _doubts(came: tuple[int, int], seen: Looks, header: str) -> tuple[Doubt, ...]:
    shape, (width, height) = came[0] / came[1], _fitted(came, DESK)
    boxed = seen.boxed is not None and brand.contrast(_hex(seen.boxed), header) > _SAME
    found = {
        Doubt.WIDE: shape > _WIDE,
        Doubt.TALL: shape < _TALL,
        Doubt.SMALL: came[0] < width * _SHARP or came[1] < height * _SHARP,
        Doubt.BOXED: boxed,
        Doubt.FAINT: not boxed and _faint(seen, header) > _PALE,
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _faint(seen: Looks, header: str) -> float:
    """Return which share of a picture, without the box around it, is hard to see on the header, from 0 to 1."""
    drawn = {_hex(colour): share for colour, share in seen.colours}
    if seen.boxed:
        drawn = {colour: share for colour, share in drawn.items() if brand.contrast(colour, _hex(seen.boxed)) > _SAME}
    faint = sum(share for colour, share in drawn.items() if brand.contrast(colour, header) < _SEEN)
    return faint / sum(drawn.values()) if drawn else 0


def _hex(colour: pictures.Rgb) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)


async def sweep(tx: ForceTx) -> int:
    """Remove the pictures that were never published and that no draft names, a day later; return how many."""
    return await rows.sweep(tx)
