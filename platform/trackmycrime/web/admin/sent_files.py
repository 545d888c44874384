"""Files that administrators send: read from a form, and carried along by the page that shows what they would change."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from litestar.datastructures import UploadFile

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.web.common.visit import AnyRequest

PACKED = "packed"
AROUND = 64 * 1024  # bytes of a form besides its file
_MEGABYTE = 1024 * 1024


async def sent(request: AnyRequest, field: str, most: int) -> bytes:
    """Return the file of a form. Raises Invalid for none, an empty one, and one of more bytes than `most`."""
    file = (await request.form()).get(field)
    content = await file.read() if isinstance(file, UploadFile) else b""
    if not content:
        raise Invalid({field: _("Choose a file")})
    if len(content) > most:
        raise Invalid({field: _("The file is larger than %(number)s MB", number=most // _MEGABYTE)})
    return content


def pack(content: bytes) -> str:
    """Return a file as the text of a hidden field."""
    return b64encode(zlib.compress(content)).decode()


def unpack(packed: str, field: str, most: int) -> bytes:
    """Return a file that was sent along with its preview. Raises Invalid for what never was one."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(b64decode(packed, validate=True), most)
    except (NotBase64, ValueError, zlib.error):
        content = b""
    if not content or not unpacking.eof:
        raise Invalid({field: _("We have lost this file. Choose it again")})
    return content
