"""Pictures of strangers: what a decoder could be hurt by is refused, and of what is taken nothing but the pixels stays."""

import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from trackmycrime.kit import pictures
from trackmycrime.kit.pictures import LONGEST_SIDE, MOST_PIXELS, Fault, Picture, Unusable

pytestmark = pytest.mark.asyncio(loop_scope="session")
BOX = (440, 88)
SECRET = b"taken at 51.5 north by somebody"


def written(image: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def crest(size: tuple[int, int] = (300, 200)) -> Image.Image:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    return image


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """Return a good PNG with one chunk more, after its first."""
    png = written(crest())
    return png[:33] + chunk(kind, content) + png[33:]


def claiming(width: int, height: int) -> bytes:
    """Return a PNG of some bytes that claims to be as large as that."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


async def taken(content: bytes) -> Picture:
    return await pictures.drawn_anew(content, width=BOX[0], height=BOX[1])


async def fault(content: bytes) -> Fault:
    with pytest.raises(Unusable) as refused:
        await taken(content)
    return refused.value.fault


def moving(kind: str) -> bytes:
    return written(crest(), kind, save_all=True, append_images=[crest().rotate(90)])


_BOMB = zlib.compress(bytes(32 * 1024 * 1024), 9)
HOSTILE = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Fault.DRAWING),
    "svg with a declaration": (b'\xef\xbb\xbf<?xml version="1.0"?><!DOCTYPE svg><svg/>', Fault.DRAWING),
    "svg after a comment": (b"\n <!-- a picture --><svg></svg>", Fault.DRAWING),
    "gif": (written(crest(), "GIF"), Fault.KIND),
    "html": (b"hello <b>x</b>", Fault.KIND),
    "nothing that is known": (b"\x00" * 5000, Fault.KIND),
    "bmp": (written(crest().convert("RGB"), "BMP"), Fault.KIND),
    "moving png": (moving("PNG"), Fault.MOVES),
    "moving webp": (moving("WEBP"), Fault.MOVES),
    "claims a billion pixels": (claiming(32768, 32768), Fault.PIXELS),
    "claims one side more": (claiming(LONGEST_SIDE + 1, 1), Fault.PIXELS),
    "claims all that a side may have": (claiming(LONGEST_SIDE, LONGEST_SIDE), Fault.PIXELS),
    "claims what no memory holds": (claiming(2**31 - 1, 2**31 - 1), Fault.PIXELS),
    "claims nothing": (claiming(0, 0), Fault.BROKEN),
    "text bomb": (with_chunk(b"zTXt", b"Comment\x00\x00" + _BOMB), Fault.BROKEN),
    "international text bomb": (with_chunk(b"iTXt", b"Comment\x00\x01\x00\x00\x00" + _BOMB), Fault.BROKEN),
    "profile bomb": (with_chunk(b"iCCP", b"profile\x00\x00" + _BOMB), Fault.BROKEN),
    "truncated png": (written(crest((900, 900)).effect_spread(300))[:4000], Fault.BROKEN),
    "truncated jpeg": (written(crest((900, 900)).convert("RGB").effect_spread(300), "JPEG")[:4000], Fault.BROKEN),
    "truncated webp": (written(crest((900, 900)).effect_spread(300), "WEBP")[:4000], Fault.BROKEN),
    "beginning alone": (b"\x89PNG\r\n\x1a\n", Fault.BROKEN),
    "many scans": (written(crest().convert("RGB"), "JPEG") + b"\xff\xda" * 100, Fault.PIXELS),
    "as much detail as a television without a programme": (
        written(Image.frombytes("RGB", BOX, random.Random(4).randbytes(BOX[0] * BOX[1] * 3))),  # noqa: S311  repeatable
        Fault.DETAILED,
    ),
    "transparent": (written(Image.new("RGBA", (100, 100), (255, 0, 0, 0))), Fault.EMPTY),
}


@pytest.mark.parametrize(("content", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
async def test_what_is_no_plain_picture_is_refused(content: bytes, expected: Fault) -> None:
    assert len(content) < 1024 * 1024
    assert await fault(content) is expected


async def test_random_damage_is_refused_or_drawn_and_never_anything_else() -> None:
    chance = random.Random(1)  # noqa: S311  repeatable
    for kind in ("PNG", "JPEG", "WEBP"):
        good = written(crest((120, 80)).convert("RGB").effect_spread(9), kind)
        for _nth in range(60):
            broken = bytearray(good)
            for _change in range(chance.randrange(1, 6)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            with suppress(Unusable):
                assert (await taken(bytes(broken))).png.startswith(b"\x89PNG")


async def test_what_it_is_counts_and_not_what_it_is_called() -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        made = await taken(written(crest().convert("RGB"), kind))
        assert (made.png[:8], made.width, made.height) == (b"\x89PNG\r\n\x1a\n", 132, 88), kind
        assert (made.came_width, made.came_height) == (300, 200)


async def test_of_what_is_taken_only_the_pixels_stay() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET.decode())
    told.add_itxt("Place", SECRET.decode(), zip=True)
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    script = b"<script>alert(1)</script>"
    sent = {
        "png": written(crest(), pnginfo=told, exif=exif, icc_profile=SECRET * 9) + script,
        "jpeg": written(crest().convert("RGB"), "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 9) + script,
        "webp": written(crest(), "WEBP", exif=exif, xmp=SECRET, icc_profile=SECRET * 9),
    }
    for kind, content in sent.items():
        assert SECRET in content, kind
        png = (await taken(content)).png
        with Image.open(BytesIO(png)) as opened:
            opened.load()
            assert opened.info.keys() <= {"transparency"}, kind
        kinds = {png[at : at + 4] for at in _chunks(png)}
        assert kinds <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}, kind
        assert SECRET not in png
        assert script not in png
        assert png.endswith(b"IEND\xaeB`\x82")


def _chunks(png: bytes) -> list[int]:
    found, at = [], 8
    while at < len(png):
        found.append(at + 4)
        at += 12 + int.from_bytes(png[at : at + 4])
    return found


async def test_what_nobody_sees_is_gone() -> None:
    hidden = crest()
    hidden.putpixel((0, 0), (83, 69, 67, 0))
    with Image.open(BytesIO((await taken(written(hidden))).png)) as opened:
        assert (83, 69, 67, 0) not in {pixel for _number, pixel in opened.convert("RGBA").getcolors(9999) or []}


async def test_drawn_anew_once_it_stays_the_same() -> None:
    soft = Image.merge(
        "RGBA", [Image.linear_gradient("L").rotate(turn).resize((600, 300)) for turn in (0, 90, 45, 180)]
    )
    noisy = Image.frombytes("RGB", (90, 88), random.Random(2).randbytes(90 * 88 * 3))  # noqa: S311  repeatable
    for image in (crest(), soft, noisy, crest((2000, 30)), Image.new("L", (1, 1), 9)):
        first = await taken(written(image))
        assert (await taken(first.png)).png == first.png
        assert len(first.png) <= 12 * 1024


async def test_empty_edges_do_not_make_it_small() -> None:
    small = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    small.paste((255, 255, 255, 255), (300, 400, 500, 500))
    made = await taken(written(small))
    assert (made.came_width, made.came_height, made.width, made.height) == (200, 100, 176, 88)


async def test_the_largest_that_is_taken_is_drawn() -> None:
    made = await taken(written(Image.new("RGB", (MOST_PIXELS // 2000, 2000), (9, 9, 9))))
    assert (made.width, made.height) == (176, 88)


async def test_a_box_is_seen_for_what_it_is() -> None:
    white = Image.new("RGB", (200, 100), (255, 255, 255))
    white.paste((0, 0, 0), (50, 25, 150, 75))
    boxed = await pictures.looks((await taken(written(white, "JPEG"))).png)
    assert boxed.boxed is not None
    assert min(boxed.boxed) > 239
    round_one = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    ImageDraw.Draw(round_one).ellipse((0, 0, 199, 99), fill="white")
    assert (await pictures.looks((await taken(written(round_one))).png)).boxed is None
    mixed = Image.frombytes("RGB", (60, 60), random.Random(3).randbytes(60 * 60 * 3))  # noqa: S311  repeatable
    assert (await pictures.looks((await taken(written(mixed))).png)).boxed is None
