"""Rules about the code itself that no reviewer should have to remember."""

import ast
import re
import statistics
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "platform" / "trackmycrime"
MODULES = sorted(PACKAGE.rglob("*.py"))
# Each says nothing of what is inside; a module is named after what it knows.
VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "common_utils", "misc"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_source_root_is_not_a_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists(), "it would shadow the standard library's platform module"


def test_no_module_is_longer_than_300_lines() -> None:
    long = {str(path): n for path in MODULES if (n := len(path.read_text().splitlines())) > 300}
    assert long == {}, "make it a folder of nouns or verbs"


def test_functions_are_small() -> None:
    lengths = [
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    assert len(lengths) > 400
    assert statistics.median(lengths) <= 8
    assert statistics.quantiles(lengths, n=10)[-1] <= 30


def test_every_module_opens_with_a_sentence_and_hides_no_import() -> None:
    for path in MODULES:
        text = path.read_text()
        assert ast.get_docstring(ast.parse(text)), f"{path}: say in one sentence what it is for"
        assert "TYPE_CHECKING" not in text, f"{path}: annotations are real imports here"
        assert "from __future__ import annotations" not in text, str(path)
        assert path.stem not in VAGUE, f"{path}: name it after what it knows"


def test_the_lock_names_no_registry_and_every_dependency() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0].lower().replace("_", "-") for line in wanted}
    locked = {line.split("==")[0].split("[")[0] for line in lock.splitlines() if "==" in line}
    assert names - locked == set(), "run ./dev lock"


def test_the_npm_lock_names_no_registry() -> None:
    lock = PACKAGE / "web" / "common" / "frontend" / "package-lock.json"
    assert '"resolved"' not in lock.read_text()


def test_statements_of_the_store_name_their_force() -> None:
    """A statement on a force's tables carries the force's id, so that PostgreSQL plans for one partition."""
    statement = re.compile(
        r'"""\s*(?:select|insert|update|delete).*?"""|"(?:select|insert|update|delete)[^"]*"', re.DOTALL
    )
    bare = [
        f"{path.name}: {found[:60]}"
        for path in (PACKAGE / "store").rglob("*.py")
        for found in statement.findall(path.read_text())
        if "app." in found and "$1" not in found and "provision_force" not in found
    ]
    assert bare == []


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    hosts = [f"{host}.org" for host in ("pypi", "registry.npmjs", "files.pythonhosted")]
    for path in tracked():
        if path.suffix in {".png", ".json", ".csv"}:
            continue
        text = path.read_text(errors="replace")
        assert not any(host in text for host in hosts), str(path)
        assert str(ROOT) not in text, str(path)
