"""What anybody may see: a force's start page, help, rights, words and support; and the national front page."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.public import apex
from trackmycrime.web.public.glossary import glossary_page
from trackmycrime.web.public.help import help_page
from trackmycrime.web.public.home import home
from trackmycrime.web.public.information import accessibility, cookies, privacy, safety
from trackmycrime.web.public.lost import lost
from trackmycrime.web.public.neutral import neutral_routes
from trackmycrime.web.public.rights import rights_page
from trackmycrime.web.public.support import support, support_site

__all__ = ["apex_routes", "force_routes"]

apex_routes: list[ControllerRouterHandler] = [*apex.apex_routes, *neutral_routes]
force_routes: list[ControllerRouterHandler] = [
    home,
    help_page,
    safety,
    privacy,
    cookies,
    accessibility,
    rights_page,
    glossary_page,
    support,
    support_site,
    lost,
]
