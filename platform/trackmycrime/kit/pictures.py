"""Small pictures that strangers sent: decoded within limits, drawn anew, and written as a PNG that holds pixels and nothing else.

What comes out shares no byte with what came in: no comments, no place where a photo was taken, no profile, nothing appended.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from io import BytesIO
from typing import Any, cast

from msgspec import Struct
from PIL import Image, PngImagePlugin

_FORMATS = ("PNG", "JPEG", "WEBP")
LONGEST_SIDE = 4096  # pixels
MOST_PIXELS = 8_000_000
_MOST_SCANS = 64  # of a JPEG: each is another walk over all its pixels, and costs a few bytes
_SCAN = b"\xff\xda"
_COLOURS = (256, 64, 16)  # of a palette, when the picture is too large with more
_LARGEST = 12 * 1024  # bytes of what is written: with it a page still comes in 40 KB
_SEEN, _SOLID = 128, 250  # opacity from which a pixel counts as there, and from which nothing shines through
_ALL_OR_NOTHING = bytes([0]) + bytes([255]) * 255
_NEARLY = 16  # of 255: how much one colour differs from itself in a photograph

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = 256 * 1024
# One at a time in each process: a picture takes up to 64 MB while it is decoded.
_DECODER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")

type Rgb = tuple[int, int, int]


class Fault(StrEnum):
    """Why a picture is not taken."""

    DRAWING = "drawing"  # SVG, which is a program
    KIND = "kind"
    PIXELS = "pixels"
    MOVES = "moves"
    BROKEN = "broken"
    EMPTY = "empty"
    DETAILED = "detailed"


class Unusable(Exception):
    """A picture that is not taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Picture(Struct, frozen=True):
    """A picture as it is kept: a PNG; and how large it came, without its empty edges."""

    png: bytes
    width: int
    height: int
    came_width: int
    came_height: int


class Looks(Struct, frozen=True):
    """What a picture looks like: its visible colours with the share of the pixels that each has, from 0 to 1.

    `boxed` is the colour of a box that it stands in, None where it stands in none.
    """

    colours: tuple[tuple[Rgb, float], ...]
    boxed: Rgb | None


async def drawn_anew(content: bytes, *, width: int, height: int) -> Picture:
    """Decode a PNG, JPEG or WebP and draw it anew, no larger than a box in pixels. Raises Unusable.

    What was drawn anew once stays the same byte for byte when it is drawn anew again.
    """
    return await asyncio.get_running_loop().run_in_executor(_DECODER, _drawn_anew, content, width, height)


async def looks(png: bytes) -> Looks:
    """Say what a picture of ours looks like."""
    return await asyncio.get_running_loop().run_in_executor(_DECODER, _looks, png)


def _drawn_anew(content: bytes, width: int, height: int) -> Picture:
    came = _trimmed(_decoded(content))
    scale = min(1, width / came.width, height / came.height)
    size = max(1, round(came.width * scale)), max(1, round(came.height * scale))
    kept = came if size == came.size else _trimmed(_resized(came, size, Image.Resampling.LANCZOS))
    return Picture(_written(_blank(kept)), *kept.size, *came.size)


def _trimmed(image: Image.Image) -> Image.Image:
    """Return a picture without the empty edges that would make it small. Raises Unusable where there is nothing else."""
    opacity = image.getchannel("A")
    if cast("tuple[int, int]", opacity.getextrema())[1] < _SEEN:
        raise Unusable(Fault.EMPTY)
    return image.crop(opacity.getbbox())


def _resized(image: Image.Image, size: tuple[int, int], how: Image.Resampling) -> Image.Image:
    made: Any = image  # its types name those of NumPy, which is not here
    return made.resize(size, how)


def _decoded(content: bytes) -> Image.Image:
    """Return the pixels of a picture, each with its opacity; what it claims to be large is known before they are read."""
    _require_a_picture(content)
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            _require_small(opened)
            opened.load()
            return opened.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unusable(Fault.PIXELS) from bomb
    except Unusable:
        raise
    except Exception as broken:  # a decoder of hostile files fails in more ways than its authors list
        raise Unusable(Fault.BROKEN) from broken


def _require_a_picture(content: bytes) -> None:
    beginning = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(b"<") or b"<svg" in beginning:
        raise Unusable(Fault.DRAWING)
    png, jpeg = content.startswith(b"\x89PNG\r\n\x1a\n"), content.startswith(b"\xff\xd8\xff")
    if not (png or jpeg or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")):
        raise Unusable(Fault.KIND)
    if jpeg and content.count(_SCAN) > _MOST_SCANS:
        raise Unusable(Fault.PIXELS)


def _require_small(opened: Image.Image) -> None:
    if max(opened.size) > LONGEST_SIDE or opened.width * opened.height > MOST_PIXELS:
        raise Unusable(Fault.PIXELS)
    if getattr(opened, "n_frames", 1) > 1:
        raise Unusable(Fault.MOVES)


def _blank(image: Image.Image) -> Image.Image:
    """Return the picture without the colours of what nobody sees: something may be hidden in them."""
    nothing = Image.new("RGBA", image.size, (0, 0, 0, 0))
    seen = image.getchannel("A").tobytes().translate(_ALL_OR_NOTHING)
    nothing.paste(image, mask=Image.frombytes("L", image.size, seen))
    return nothing


def _written(image: Image.Image) -> bytes:
    """Write a picture as it is, or in fewer colours where that is too large."""
    png = _in_palette(image) or _png(image)
    for colours in _COLOURS:
        if len(png) <= _LARGEST:
            return png
        fewer = image.quantize(colours, method=Image.Quantize.FASTOCTREE).convert("RGBA")
        png = _in_palette(_blank(fewer)) or png
    if len(png) > _LARGEST:
        raise Unusable(Fault.DETAILED)
    return png


def _in_palette(image: Image.Image) -> bytes | None:
    """Write a picture of at most 256 colours with a palette, always in the same order; None for one that has more."""
    if image.getcolors(256) is None:
        return None
    pixels = _pixels(image)
    colours = sorted(set(pixels))
    place = {pixel: number for number, pixel in enumerate(colours)}
    drawn = Image.frombytes("P", image.size, bytes(place[pixel] for pixel in pixels))
    drawn.putpalette(b"".join(colour[:3] for colour in colours))
    return _png(drawn, opacities=bytes(colour[3] for colour in colours))


def _pixels(image: Image.Image) -> list[bytes]:
    told = image.tobytes()
    return [told[at : at + 4] for at in range(0, len(told), 4)]


def _png(image: Image.Image, *, opacities: bytes = b"") -> bytes:
    file = BytesIO()
    if opacities.rstrip(b"\xff"):
        image.save(file, "PNG", optimize=True, transparency=opacities)
    else:
        image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _looks(png: bytes) -> Looks:
    image = _decoded(png)
    small = _resized(image, (min(image.width, 64), min(image.height, 64)), Image.Resampling.NEAREST)
    seen = [pixel[:3] for pixel in _pixels(small) if pixel[3] >= _SEEN]
    counted = {colour: seen.count(colour) for colour in set(seen)}
    shares = tuple(((each[0], each[1], each[2]), number / len(seen)) for each, number in sorted(counted.items()))
    return Looks(shares, _edge(image))


def _edge(image: Image.Image) -> Rgb | None:
    """Return the colour of a picture's four corners, where nothing shines through at the edge and most of it has that colour."""
    right, bottom = image.width - 1, image.height - 1
    around = [(x, y) for x in range(image.width) for y in (0, bottom)]
    around += [(x, y) for y in range(image.height) for x in (0, right)]
    found = [cast("tuple[int, int, int, int]", image.getpixel(place)) for place in around]
    corners = [cast("tuple[int, int, int, int]", image.getpixel((x, y))) for x in (0, right) for y in (0, bottom)]
    same = sum(_near(pixel, corners[0]) for pixel in found)
    if min(pixel[3] for pixel in found) < _SOLID or not all(_near(corner, corners[0]) for corner in corners):
        return None
    return corners[0][:3] if 2 * same > len(found) else None


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(here - there) <= _NEARLY for here, there in zip(one, other, strict=True))
