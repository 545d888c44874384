"""A force's brand: four colours in; a stylesheet, and the proof that everyone can read it, out."""

import hashlib
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from msgspec import Meta, Struct, structs

from trackmycrime.kit.words import _

Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}\Z", description="a colour such as #12284b, in small letters")]

LogoDigest = Annotated[
    str, Meta(pattern=r"^([0-9a-f]{64})?\Z", description="the SHA-256 of a logo that this force has, or empty")
]

WHITE, BLACK, INK = "#ffffff", "#000000", "#0b0c0c"
TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0  # WCAG 2.2 success criteria 1.4.3 and 1.4.11


class Emblem(StrEnum):
    """The shape beside the force's name while it has no logo, drawn by us: a force's own crest is not ours to use."""

    STAR = "star"
    SHIELD = "shield"
    WAVE = "wave"
    OAK = "oak"


class Brand(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The colours a force chooses. They stay in the frame: buttons, focus and errors look alike in every force.

    A `logo` stands where the emblem does; one that says the force's name in letters stands alone.
    """

    header: Colour = INK
    accent: Colour = "#1d70b8"
    brand: Colour = "#1d70b8"
    link: Colour = "#1a65a6"
    emblem: Emblem = Emblem.SHIELD
    logo: LogoDigest = ""
    logo_says_name: bool = False


class Pair(Struct, frozen=True):
    """Two colours that meet on a page, the contrast they need, and the brand's colour to change when they fail."""

    key: str
    label: str
    field: str
    foreground: str
    background: str
    needed: float = TEXT_CONTRAST

    @property
    def ratio(self) -> float:
        """Return the WCAG contrast ratio of the two, from 1 to 21, unrounded."""
        return contrast(self.foreground, self.background)

    @property
    def passes(self) -> bool:
        """Say whether the pair stands out enough."""
        return self.ratio >= self.needed


def tokens(brand: Brand) -> dict[str, str]:
    """Derive the nine custom properties that the pages' stylesheet reads."""
    surface = _surface(brand.brand)
    return {
        "--govuk-brand-colour": brand.brand,
        "--govuk-link-colour": brand.link,
        "--govuk-link-hover-colour": _shade(brand.link, 45),
        "--govuk-surface-background-colour": surface,
        "--govuk-surface-border-colour": _tint(brand.brand, 50),
        "--govuk-template-background-colour": surface,
        "--tmc-header-background": brand.header,
        "--tmc-header-text": _text_on(brand.header),
        "--tmc-header-accent": brand.accent,
    }


def stylesheet(brand: Brand) -> str:
    """Write the stylesheet that is linked last on every page of the force."""
    return ":root{" + ";".join(f"{name}:{colour}" for name, colour in tokens(brand).items()) + "}\n"


@lru_cache(maxsize=1000)
def digest(brand: Brand) -> str:
    """Name the stylesheet by its content, so that it can be kept for ever under that name."""
    return hashlib.sha256(stylesheet(brand).encode()).hexdigest()[:16]


def address(brand: Brand) -> str:
    """Return the path of the stylesheet on the force's host."""
    return f"/assets/brand.{digest(brand)}.css"


def logo_address(brand: Brand) -> str:
    """Return the path of the published logo on the force's host, "" where it has none."""
    return f"/logos/{brand.logo}.png" if brand.logo else ""


def pairs(brand: Brand) -> tuple[Pair, ...]:
    """Measure the six pairs of the contrast gate. A brand is published only when all six pass."""
    surface = _surface(brand.brand)
    text = _text_on(brand.header)
    return (
        Pair("header-text", _("Force name on the header"), "header", text, brand.header),
        Pair("link-page", _("Links on the page"), "link", brand.link, WHITE),
        Pair("link-surface", _("Links on the tinted bars and the footer"), "link", brand.link, surface),
        Pair("brand-text", _("White text on the brand colour"), "brand", WHITE, brand.brand),
        Pair("brand-line", _("Lines in the brand colour on the page"), "brand", brand.brand, WHITE, LINE_CONTRAST),
        Pair("text-surface", _("Text on the tinted bars"), "brand", INK, surface),
    )


def failing(brand: Brand) -> tuple[Pair, ...]:
    """Return the pairs that keep the brand from being published; none means that it may be."""
    return tuple(pair for pair in pairs(brand) if not pair.passes)


def suggest(brand: Brand) -> dict[str, str]:
    """Offer, for each field with a failing pair, one darker colour of the same hue that satisfies all its pairs.

    The offers hold together and one by one: links are measured on the tint of the brand colour that is offered, which
    is the darker of the two tints.
    """
    better = brand
    for field in ("header", "brand", "link"):
        if any(pair.field == field for pair in failing(better)):
            better = _darken(better, field)
    before, after = structs.asdict(brand), structs.asdict(better)
    return {field: after[field] for field in before if before[field] != after[field]}


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _darken(brand: Brand, field: str) -> Brand:
    colour: str = getattr(brand, field)
    shades = (structs.replace(brand, **{field: _shade(colour, percent)}) for percent in range(1, 100))
    return next(
        (darker for darker in shades if not any(pair.field == field for pair in failing(darker))),
        structs.replace(brand, **{field: BLACK}),
    )


def _text_on(background: str) -> str:
    return max((WHITE, INK), key=lambda text: contrast(text, background))


def _surface(brand: str) -> str:
    return _tint(brand, 95)


def _tint(colour: str, percent: int) -> str:
    return _mix(WHITE, colour, percent)


def _shade(colour: str, percent: int) -> str:
    return _mix(BLACK, colour, percent)


def _mix(into: str, colour: str, percent: int) -> str:
    channels = zip(_channels(into), _channels(colour), strict=True)
    return "#" + "".join(f"{round((a * percent + b * (100 - percent)) / 100):02x}" for a, b in channels)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 WCAG's curve


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
