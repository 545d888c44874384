"""Every sentence of every page goes through the catalogue: nothing is written into a template bare."""

import re
from pathlib import Path

from jinja2.lexer import Token

from trackmycrime.web.common.pages import environment

WEB = Path(__file__).parents[2] / "platform" / "trackmycrime" / "web"
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
# The one name that is the same in every language, and codes of the API that nobody translates.
NAMES = {"TrackMyCrime", "DOCTYPE", "html"}
TAG = re.compile(r"<!?/?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
LOOSE_ATTRIBUTE = re.compile(r"\s[a-z-]+=\"[^\"]*\"")
READ_ATTRIBUTE = re.compile(r"(?:aria-label|alt|title|placeholder)=\"([^\"{]*[A-Za-z]{2}[^\"{]*)\"")


def bare(path: Path) -> list[str]:
    """Return the words of a template that a reader would see and no translator would."""
    source = path.read_text()
    tokens: list[Token] = list(environment()._tokenize(source, str(path)))  # noqa: SLF001 - its own reading of a template
    written = "".join(str(token.value) if token.type == "data" else " \x00 " for token in tokens)
    attributes = READ_ATTRIBUTE.findall(written)
    text = re.sub(r"&[a-z]+;|<code>.*?</code>|<svg.*?</svg>", " ", TAG.sub(" ", written), flags=re.DOTALL)
    words = re.findall(r"[A-Za-zÀ-ÿ_]{2,}", LOOSE_ATTRIBUTE.sub(" ", text))
    return [word for word in [*words, *attributes] if word not in NAMES and "_" not in word]


def test_no_template_writes_a_word_that_is_not_in_the_catalogue() -> None:
    assert len(TEMPLATES) > 40
    found = {str(path.relative_to(WEB)): words for path in TEMPLATES if (words := bare(path))}
    assert found == {}
