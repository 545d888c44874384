"""What was sent while the service runs by itself on one machine; in production there is no such site."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.mailbox.messages import index, show

routes: list[ControllerRouterHandler] = [index, show]
