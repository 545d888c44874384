"""Squares that a camera reads."""

import io

import segno
from markupsafe import Markup


def drawn(link: str) -> Markup:
    """Return a link as squares that a camera reads."""
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="svg", scale=5, border=4, light="#ffffff", xmldecl=False, nl=False)
    return Markup(picture.getvalue().decode())  # noqa: S704  drawn by us: squares and nothing else
