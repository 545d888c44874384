"""The forces' files: one folder for each force of the country, in a checkout or in the installed package."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from trackmycrime.domain.tenancy.configuration import Configuration, load

FILE, PICTURE = "force.toml", "logo.png"


def available() -> dict[str, Path]:
    """Return the file of every force that there is one for, by slug; the force need not be on board."""
    return {file.parent.name: file for file in sorted(_folder().glob(f"*/{FILE}"))}


@cache
def known() -> dict[str, Configuration]:
    """Return what the files say, by slug, as they were when this process first asked."""
    return {slug: load(file.read_bytes(), where=f"tenants/{slug}/{FILE}") for slug, file in available().items()}


def _folder() -> Path:
    """Return the checkout's own folder where this is one, else the copy that the wheel carries."""
    checkout = Path(__file__).parents[4] / "tenants"
    return checkout if checkout.is_dir() else Path(str(files("trackmycrime.data") / "tenants"))
