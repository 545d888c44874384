"""Being built."""

from litestar.types import ControllerRouterHandler

force_routes: list[ControllerRouterHandler] = []
apex_routes: list[ControllerRouterHandler] = []
