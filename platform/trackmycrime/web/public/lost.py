"""Addresses with nothing behind them: a route all the same, so that it is known who came and they find their way back."""

from litestar import Response, get
from litestar.exceptions import NotFoundException

from trackmycrime.web.common.permissions import Permission


@get("/{rest:path}", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def lost() -> Response[str]:
    """Say that there is no such page, with the menu and the way out of whoever is signed in."""
    raise NotFoundException
