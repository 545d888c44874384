"""What every surface serves besides pages: style sheets, scripts, the force's colours and its logo."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from trackmycrime.domain import logos
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import headers, packing
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.static_files import static_file
from trackmycrime.web.common.visit import AnyRequest, visit_of

_FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


@get("/static/{name:str}", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def static(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """Serve a static file, compressed if the browser takes it so."""
    file = static_file(name)
    if file is None:
        raise NotFound(_("Page not found"))
    taken = packing.taken(request.headers.get("accept-encoding", ""))
    way = next((way for way in file.packed if way in taken), "")
    encoding = {"content-encoding": way} if way else {}
    kept = {**_FOR_EVER, "vary": "accept-encoding", **encoding}
    return Response(file.packed.get(way, file.body), media_type=file.media_type, headers=kept)


@get("/assets/{name:str}", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def brand(request: AnyRequest, name: FromPath[str]) -> Response[str]:
    """Serve the force's colours, under the name of this version of them."""
    force = visit_of(request).site
    if name != f"brand.{force.digest}.css":
        raise NotFound(_("Page not found"))
    return Response(force.stylesheet, media_type="text/css", headers=_FOR_EVER)


@get("/logos/{name:str}", opt={"permission": Permission.PUBLIC})
async def logo(tx: NamedDependency[ForceTx], name: FromPath[str]) -> Response[bytes]:
    """Serve a logo that the force has published, under the name of its content."""
    png = await logos.seen_by_all(tx, name.removesuffix(".png") if name.endswith(".png") else "")
    return Response(png, media_type="image/png", headers={**_FOR_EVER, **headers.PUBLIC_PICTURE})
