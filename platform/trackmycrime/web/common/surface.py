"""How the application of a surface is put together: its routes, who gets in, and how it refuses."""

from collections.abc import Sequence
from typing import Any

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.types import BeforeRequestHookHandler, ControllerRouterHandler

from trackmycrime.kit.errors import Refusal
from trackmycrime.web.common import answers, gate

_LARGEST_FORM = 256 * 1024


def surface(
    routes: Sequence[ControllerRouterHandler], admit: BeforeRequestHookHandler, **dependencies: Any  # noqa: ANN401 - Litestar's
) -> Litestar:
    """Return the application of one surface."""
    provided = {
        "form": Provide(gate.provide_form),
        "visit": Provide(gate.provide_visit, sync_to_thread=False),
        "tx": Provide(gate.provide_tx),
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
