"""Every route has an audience and a permission, and says nothing that only its owner may know."""

from litestar import Litestar
from litestar.routes import HTTPRoute

from tests.cast import World
from trackmycrime.web.common.edge import Surface
from trackmycrime.web.common.permissions import ROLES, Permission


def handlers(app: Litestar) -> list[tuple[str, str, object]]:
    return [
        (method, route.path, handler.opt.get("permission"))
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in sorted(handler.http_methods - {"OPTIONS"})
    ]


def test_every_route_declares_a_permission(world: World) -> None:
    counted = 0
    for surface in Surface:
        for method, path, permission in handlers(world.app.surfaces[surface]):
            assert isinstance(permission, Permission), f"{surface}: {method} {path}"
            counted += 1
    assert counted > 40


def test_every_permission_is_somebodys_and_used(world: World) -> None:
    used = {permission for surface in Surface for *_, permission in handlers(world.app.surfaces[surface])}
    given = frozenset[Permission]().union(*ROLES.values()) | {Permission.PUBLIC}
    assert used == set(Permission) == given


def test_no_page_has_a_crime_reference_in_its_address(world: World) -> None:
    for surface in Surface:
        for _method, path, _permission in handlers(world.app.surfaces[surface]):
            assert "reference" not in path
