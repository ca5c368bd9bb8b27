"""Article text made fit to read: one form of white space, no control characters, no agency head or tail."""

import re
import unicodedata

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
SPACE = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
LINES = re.compile(r"\s*\n\s*\n\s*")
BREAK = re.compile(r"\s*\n\s*")
PARAGRAPH = "\n\n"


def clean_text(raw: str) -> str:
    """The text in NFC with single spaces and blank lines between paragraphs; control and direction characters are gone.

    A line break inside a paragraph becomes a space: files wrapped at 70 columns read like any other.
    Lone surrogates, which no database stores, become the replacement character.
    """
    text = raw.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = SPACE.sub(" ", CONTROL.sub("", text))
    paragraphs = (BREAK.sub(" ", paragraph).strip() for paragraph in LINES.split(text))
    return PARAGRAPH.join(paragraph for paragraph in paragraphs if paragraph)
