"""What anybody may see: a force's start page, help and support; and the national front page."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.public.apex import apex_routes
from trackmycrime.web.public.home import home
from trackmycrime.web.public.information import accessibility, help_page, privacy
from trackmycrime.web.public.lost import lost
from trackmycrime.web.public.support import support

__all__ = ["apex_routes", "force_routes"]

force_routes: list[ControllerRouterHandler] = [home, help_page, privacy, accessibility, support, lost]
