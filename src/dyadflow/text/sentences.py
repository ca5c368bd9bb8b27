"""Sentences of an article with their offsets, by own rules: abbreviations, initials, quotes, headings and missing full stops."""

import re
from collections.abc import Iterator
from typing import NamedTuple

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col maj capt sgt cpl adm cmdr brig sen rep gov pres hon rev fr st jr sr vs etc inc ltd co corp bros no nos "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun u.s u.k u.n e.u u.s.s.r d.c p.m a.m i.e e.g "
    "dept est approx gov't min mins sec fig vol art al ave blvd mt ft maj.-gen lt.-col supt insp const pvt amb msgr sheikh".split()
)
ENDS = re.compile(r"(?<![.!?…])([.!?…]++[\"”’')\]]*+)(\s++)|(\n\s*\n\s*)")
OPENERS = "\"“‘'([-—–"
ALWAYS_TITLES = frozenset("mr mrs ms dr prof gen lt col maj capt sgt cpl adm cmdr brig sen rep gov pres hon rev st vs no nos supt insp maj.-gen lt.-col".split())
NO_SPACE = re.compile(r"\S")
MAXIMUM = 4000
DATELINE = re.compile(
    r"(?:\([A-Z]{2,8}\)\s++"
    r"|(?>[A-Z]{3}[A-Z.'’]*(?:-[A-Z.'’]+)*+|[A-Z][A-Z.]+)(?:[ /,-]++(?>[A-Z][\w.'’]*(?:-[\w.'’]+)*+)){0,4}"
    r"(?:,?\s++[A-Z][a-z]{2,8}\.?\s++\d{1,2})?,?\s*+(?:\([\w /]{2,24}\)\s*+)?(?:--++|—|–|-(?=\s)|:)\s*+"
    r"|[A-Z][a-z]++(?:[ ,][A-Z][a-z]++){0,2}\s*+(?:\([\w /]{2,24}\)\s*+(?:--++|—|–|-|:)|--++|—\s)\s*+)(?=[\w“\"‘'(])"
)
"""“JERUSALEM (AP) -- ”, “MOGADISHU, Somalia -- ”, “(CNN) ”: where the story was filed, not part of its first sentence. Possessive throughout: no text makes it go back."""


class Span(NamedTuple):
    """A sentence: its text and the offset of its first character in the article."""

    text: str
    start: int


def split_sentences(text: str) -> list[Span]:
    """The sentences of a text, in order; `text[s.start:][:len(s.text)] == s.text` for each.

    A blank line always ends a sentence; a full stop does not after an abbreviation, an initial, or before a lower-case word.
    Pieces over 4,000 characters are cut at white space so that no later stage meets an endless one.
    """
    spans, start = [], 0
    dateline = DATELINE.match(text)
    if dateline and dateline.end() < len(text):
        spans += _trimmed(text, 0, dateline.end())
        start = dateline.end()
    for match in ENDS.finditer(text, start):
        if match.group(3) is None and not _ends(text, start, match):
            continue
        end = match.start() if match.group(3) is not None else match.end(1)
        spans += _trimmed(text, start, end)
        start = match.end()
    return spans + list(_trimmed(text, start, len(text)))


def _ends(text: str, start: int, match: re.Match) -> bool:
    """Whether a sentence really ends at this stop."""
    mark, following = match.group(1), text[match.end() : match.end() + 1]
    if following.islower() or mark == "…" and following.islower():
        return False
    if mark[0] != "." or len(mark) > 1:
        return True
    word = text[max(start, match.start() - 24) : match.start()].split()[-1:] or [""]
    last = word[0].lstrip(OPENERS)
    low = last.lower()
    if low in ALWAYS_TITLES or len(last) == 1 and last.isupper() and last != "I":
        return False
    if low in ABBREVIATIONS or "." in low:
        return not _continues(text[match.end() : match.end() + 40], low)
    return True


STARTERS = frozenset("the a an he she it they we in on at but and his her its their this that these those there after before as when while however meanwhile".split())


def _continues(following: str, abbreviation: str) -> bool:
    """Whether the sentence goes on after an abbreviation: “U.S. forces”, “Sept. 12”, but not “in the U.S. The …”."""
    word = (following.split() or [""])[0].strip(OPENERS + ",.;:")
    if word[:1].isdigit():
        return True
    return word.lower() not in STARTERS


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The piece without outer white space, cut where it is endless; nothing where it is blank."""
    piece = text[start:end]
    at, last = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    while last - at > MAXIMUM:
        cut = piece.rfind(" ", at + 1, at + MAXIMUM)
        cut = cut if cut > 0 else at + MAXIMUM
        yield Span(piece[at:cut], start + at)
        at = NO_SPACE.search(piece, cut).start()
    if at < last:
        yield Span(piece[at:last], start + at)
