"""Pages of a list, by their numbers."""


def page_number(text: str) -> int:
    """Return which page is asked for; the first where that cannot be read."""
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004 - digits


def around(number: int, size: int, shown: int) -> tuple[int, int]:
    """Return the numbers of the pages before and after one, 0 where there is none."""
    return number - 1, number + 1 if number * size < shown else 0
