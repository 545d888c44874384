"""A force's file as its own administrators send it: of this force alone, and no larger than need be."""

import asyncio

from msgspec import structs

from trackmycrime.domain.tenancy.configuration import Configuration, ConfigurationError, load
from trackmycrime.domain.tenancy.files import FILE
from trackmycrime.kit.words import _

LARGEST = 1024 * 1024  # bytes
# Reading a name of many parts takes the square of their number: dots before the value, and on a line as long as a text.
_MOST_PARTS, _MOST_DOTS = 50, 2000


async def read(content: bytes, used: Configuration) -> Configuration:
    """Return what a file makes of a force's settings. Raises ConfigurationError with everything that is wrong in it, and where.

    Which force it is, and whether it is live, is not its own to say: another force's file is refused, and `live` stays as it is.
    """
    _require_readable(content)
    found = await asyncio.to_thread(load, content, where=FILE)
    if found.slug != used.slug:
        said = _("slug must be %(own)s: this is the file of %(other)s", own=used.slug, other=found.slug)
        raise ConfigurationError(FILE, {"slug": said}, content.decode())
    return structs.replace(found, live=used.live)


def _require_readable(content: bytes) -> None:
    if len(content) > LARGEST:
        raise ConfigurationError(
            FILE, {"": _("The file is larger than %(number)s MB", number=LARGEST // (1024 * 1024))}
        )
    for number, line in enumerate(content.splitlines(), start=1):
        if line.count(b".") > _MOST_DOTS or line.partition(b"=")[0].count(b".") > _MOST_PARTS:
            said = _("line %(line)s, column %(column)s: this is more than a settings file says", line=number, column=1)
            raise ConfigurationError(FILE, {"": said})
