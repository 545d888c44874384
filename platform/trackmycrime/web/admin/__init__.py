"""The pages of a force's administrators: how the force uses the service, and no case at all."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.admin.start import StartController

routes: list[ControllerRouterHandler] = [StartController]
