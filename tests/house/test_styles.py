"""What pages are drawn with is styled: a component or an override that the style sheet of a page lacks would be a bare page."""

import re
from pathlib import Path

from trackmycrime.web.common.components import COMPONENTS, macro_name

WEB = Path(__file__).parents[2] / "platform" / "trackmycrime" / "web"
DIST = WEB / "common" / "static" / "dist"
DESK = {"staff", "admin", "operator", "api", "mailbox"}
CLASS = re.compile(r"\b(?:govuk|moj|tmc)-(?:![a-z0-9-]+|[a-z0-9]+(?:(?:-|--|__)[a-z0-9]+)*)")
RULE = re.compile(r"\.((?:govuk|moj|tmc)-(?:\\!|[\w-])+)")
MACRO = {macro_name(component): component for component in COMPONENTS}
HOOK = "govuk-js-"  # what scripts look for
ATTRIBUTE = re.compile(r"""class(?:es)?"?\s*[=:]\s*"([^"]*)\"""")


def block(name: str) -> str:
    """Return the component that a class belongs to; its parts need no rules of their own, an override is one."""
    return re.split(r"__|--", name)[0] if "!" not in name else name


def rules(*names: str) -> set[str]:
    return {block(rule.replace("\\", "")) for name in names for rule in RULE.findall((DIST / name).read_text())}


def worn(path: Path) -> set[str]:
    """Return the classes that a template writes whole, and those of the components that it draws."""
    source = path.read_text()
    said = {
        name
        for value in ATTRIBUTE.findall(source)
        for name in CLASS.findall(re.sub(r"\S*\{[{%].*?[}%]\}\S*", " ", value))
    }
    return {block(name) for name in said if not name.startswith(HOOK)} | {
        f"govuk-{MACRO[macro]}" for macro in MACRO if f"{macro}(" in source
    }


def drawn_by(path: Path) -> set[str]:
    """Return the audiences that a template is drawn for: a shared piece is of those whose pages import it."""
    audience = path.relative_to(WEB).parts[0]
    if audience != "common":
        return {audience}
    name = f'"common/{path.relative_to(WEB / "common" / "templates")}"'
    users = [other for other in WEB.glob("*/templates/**/*.html") if other != path and name in other.read_text()]
    return set[str]().union(*(drawn_by(user) for user in users)) or {"common"}


def test_every_class_and_every_component_of_a_page_is_in_the_style_sheets_it_links() -> None:
    everybodys, desks = rules("app.css"), rules("app.css", "desk.css")
    found: dict[str, set[str]] = {}
    seen = 0
    for path in sorted(WEB.glob("*/templates/**/*.html")):
        classes = worn(path)
        seen += len(classes)
        lacking = classes - (desks if drawn_by(path) <= DESK else everybodys)
        if lacking:
            found[str(path.relative_to(WEB))] = lacking
    assert seen > 300
    assert found == {}, "add its component to frontend/scss/_govuk.scss, or to desk.scss where only a desk sees it"


def test_a_component_that_a_phone_is_spared_is_missed_when_a_victims_page_draws_it() -> None:
    spared = {f"govuk-{name}" for name in ("table", "task-list", "breadcrumbs", "file-upload")}
    assert not spared & rules("app.css")
    assert spared <= rules("app.css", "desk.css")
