"""Four colours as administrators choose them: whether everybody can read what is drawn in them, and which would do instead."""

from msgspec import Struct, ValidationError, convert

from trackmycrime.domain.tenancy import brand
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.kit.words import _

NAMES = ("header", "accent", "brand", "link")


class CheckLine(Struct, frozen=True):
    """Two colours that meet on a page: their contrast, what it has to be, and whether it is enough."""

    key: str
    label: str
    ratio: str
    needed: str
    passes: bool


class Judged(Struct, frozen=True):
    """What four colours come to: the properties that draw a page in them, every check, and what to say beside a field."""

    properties: dict[str, str]
    checks: tuple[CheckLine, ...]
    faint: dict[str, str]


def read(values: dict[str, str]) -> Brand | None:
    """Return the colours of a form, if all of them are colours."""
    given = {name: values.get(name, "").strip().lower() for name in NAMES}
    try:
        return convert(given, Brand)
    except ValidationError:
        return None


def judged(values: dict[str, str]) -> Judged:
    """Judge the colours of a form; nothing is said of what is not four colours."""
    chosen = read(values)
    if chosen is None:
        return Judged({}, (), {})
    return Judged(brand.tokens(chosen), checks(chosen), faint(chosen))


def checks(chosen: Brand) -> tuple[CheckLine, ...]:
    """Return the checks of the contrast gate."""
    return tuple(
        CheckLine(pair.key, pair.label, _ratio(pair.ratio), f"{pair.needed:.1f}", pair.passes)
        for pair in brand.pairs(chosen)
    )


def faint(chosen: Brand) -> dict[str, str]:
    """Return a sentence for each colour that is too faint, with one that satisfies every check it failed."""
    better = brand.suggest(chosen)
    words = _("%(label)s: %(ratio)s to 1. It needs %(needed)s to 1. Try %(better)s")
    return {
        pair.field: words
        % {"label": pair.label, "ratio": _ratio(pair.ratio), "needed": pair.needed, "better": better[pair.field]}
        for pair in reversed(brand.failing(chosen))
    }


def _ratio(ratio: float) -> str:
    return f"{int(ratio * 100) / 100:.2f}"  # never rounded up to what it has to be
