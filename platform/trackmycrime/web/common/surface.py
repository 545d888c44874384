"""How the application of a surface is put together: its routes, who gets in, and how it refuses."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.types import ControllerRouterHandler

from trackmycrime.kit.errors import Refusal
from trackmycrime.web.common import answers, gate
from trackmycrime.web.common.visit import AnyRequest

_LARGEST_FORM = 256 * 1024

type Admit = Callable[[AnyRequest], Awaitable[None]]


def surface(
    routes: Sequence[ControllerRouterHandler],
    admit: Admit,
    **dependencies: Any,  # noqa: ANN401 - Litestar's
) -> Litestar:
    """Return the application of one surface."""
    provided = {
        "form": Provide(gate.provide_form),
        "visit": Provide(gate.provide_visit, sync_to_thread=False),
        "tx": Provide(gate.provide_tx, sync_to_thread=False),
        "national": Provide(gate.provide_national_tx),
        **dependencies,
    }
    return Litestar(
        route_handlers=routes,
        before_request=admit,
        dependencies=provided,
        exception_handlers={
            Refusal: answers.show_refusal,
            HTTPException: answers.show_http_error,
            Exception: answers.show_crash,
        },
        openapi_config=None,
        request_max_body_size=_LARGEST_FORM,
        logging_config=None,
    )
