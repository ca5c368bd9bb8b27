"""Article text made fit to read: one form of white space, no control characters, no agency head or tail."""

import re
import unicodedata
from itertools import groupby

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
BREAK = re.compile(r"\r\n|[\r\u2028]")
PARAGRAPH = "\n\n"


def clean_text(raw: str) -> str:
    """The text in NFC with single spaces and blank lines between paragraphs; control and direction characters are gone.

    A line break inside a paragraph becomes a space: files wrapped at 70 columns read like any other.
    Lone surrogates, which no database stores, become the replacement character.
    """
    text = raw.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    text = BREAK.sub("\n", CONTROL.sub("", text)).replace("\u2029", PARAGRAPH)
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n")]
    return PARAGRAPH.join(" ".join(paragraph) for is_text, paragraph in groupby(lines, bool) if is_text)
