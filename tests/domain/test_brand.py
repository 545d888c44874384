"""A force may choose any four colours; what is published can be read by everyone."""

import math

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.domain.test_configuration import northshire
from trackmycrime.domain.tenancy import brand, configuration
from trackmycrime.domain.tenancy.brand import Brand

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
brands = st.builds(Brand, header=colours, accent=colours, brand=colours, link=colours)


@given(brands)
def test_following_every_suggestion_passes_the_gate(chosen: Brand) -> None:
    assert not brand.failing(structs.replace(chosen, **brand.suggest(chosen)))


@given(brands)
def test_one_suggestion_satisfies_every_failing_pair_of_its_field(chosen: Brand) -> None:
    for field, colour in brand.suggest(chosen).items():
        alone = structs.replace(chosen, **{field: colour})
        assert not [pair for pair in brand.failing(alone) if pair.field == field]


@given(brands)
def test_every_failing_field_gets_a_suggestion_and_a_passing_brand_gets_none(chosen: Brand) -> None:
    failing = {pair.field for pair in brand.failing(chosen)}
    assert failing <= brand.suggest(chosen).keys()
    assert failing or not brand.suggest(chosen)


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, worked out here by the words of WCAG 2.2 (relative luminance, contrast ratio)."""
    luminances: list[float] = []
    for colour in (one, other):
        number, luminance = int(colour.removeprefix("#"), 16), 0.0
        for shift, weight in ((16, 0.2126), (8, 0.7152), (0, 0.0722)):
            part = ((number >> shift) & 255) / 255
            luminance += weight * (part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4))
        luminances.append(luminance)
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)


def faint(chosen: Brand) -> set[str]:
    """Return the fields of the colours that too few could read as pages draw them: the style sheet's own properties, measured."""
    drawn = brand.tokens(chosen)
    link, surface = drawn["--govuk-link-colour"], drawn["--govuk-surface-background-colour"]
    meets = (
        ("header", drawn["--tmc-header-text"], drawn["--tmc-header-background"], 4.5),
        ("link", link, "#ffffff", 4.5),
        ("link", link, surface, 4.5),
        ("brand", "#ffffff", drawn["--govuk-brand-colour"], 4.5),
        ("brand", drawn["--govuk-brand-colour"], "#ffffff", 3.0),
        ("brand", "#0b0c0c", surface, 4.5),
    )
    return {field for field, front, back, needed in meets if ratio(front, back) < needed}


@given(brands)
def test_no_colours_are_published_that_too_few_could_read(chosen: Brand) -> None:
    refused = configuration.problems(structs.replace(northshire, brand=chosen))
    assert {path.removeprefix("brand.") for path in refused} == faint(chosen)
    assert bool(refused) == bool(faint(chosen))


@given(brands)
def test_the_colours_that_are_offered_can_be_published(chosen: Brand) -> None:
    better = structs.replace(chosen, **brand.suggest(chosen))
    assert not faint(better)
    assert not configuration.problems(structs.replace(northshire, brand=better))
    for path, sentence in configuration.problems(structs.replace(northshire, brand=chosen)).items():
        assert f"{brand.suggest(chosen)[path.removeprefix('brand.')]} would do" in sentence


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_from_one_to_twenty_one(one: str, other: str) -> None:
    assert brand.contrast(one, other) == brand.contrast(other, one)
    assert 1 <= brand.contrast(one, other) <= 21.01


def test_contrast_agrees_with_published_values() -> None:
    assert round(brand.contrast("#000000", "#ffffff"), 2) == 21
    assert round(brand.contrast("#767676", "#ffffff"), 2) == 4.54
    assert round(brand.contrast("#777777", "#ffffff"), 2) == 4.48


def test_a_faint_link_is_refused_on_both_backgrounds_and_mended_by_one_colour() -> None:
    faint = Brand(link="#ffdd00")
    assert [pair.key for pair in brand.failing(faint)] == ["link-page", "link-surface"]
    assert list(brand.suggest(faint)) == ["link"]


def test_there_are_six_pairs_and_nine_properties() -> None:
    assert len(brand.pairs(Brand())) == 6
    assert len(brand.tokens(Brand())) == 9
    assert not brand.failing(Brand())


@given(brands)
def test_the_stylesheet_holds_nothing_but_properties_and_colours(chosen: Brand) -> None:
    body = brand.stylesheet(chosen).removeprefix(":root{").removesuffix("}\n")
    for line in body.split(";"):
        name, _, colour = line.partition(":")
        assert name.startswith("--")
        assert len(colour) == 7
        assert int(colour[1:], 16) >= 0


def test_the_address_changes_with_the_colours_and_only_then() -> None:
    assert brand.address(Brand()) == brand.address(Brand(emblem=brand.Emblem.OAK))
    assert brand.address(Brand()) != brand.address(Brand(header="#12284b"))
    assert brand.address(Brand()) == f"/assets/brand.{brand.digest(Brand())}.css"
