"""When two pieces of writing count as the same: case, accents and punctuation do not matter to a person."""

import unicodedata

# Letters that decomposition leaves alone although people type them without the stroke or ligature.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})


def fold(text: str) -> str:
    """Return the letters and digits of `text` alone, without case and accents: "O'Neill-Økland" is "oneillokland"."""
    if text.isascii():  # what nearly all is: the same letters, found ten times sooner
        return "".join(filter(str.isalnum, text.lower()))
    spread = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return "".join(letter for letter in spread if letter.isalnum())
