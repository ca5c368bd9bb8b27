"""Where a sentence speaks of time: “on 12–13 September”, “three days earlier”, as token spans with their parts.

The words are those of `seeds/grammar/times.csv`. Each pattern runs once over the words joined by single spaces, so that the
time taken grows with the length of the sentence alone.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from dyadflow.coder.tree import Tree
from dyadflow.coder.words import effects, words_for

UNIT = r"(?P<unit>day|week|month|year|decade)s?"
YEAR = r"(?P<year>1[89]\d\d|20\d\d)\b"
ORDINAL = r"(?: ?(?:st|nd|rd|th))?"
TO = r" ?(?:[-–—]|\bto\b|\band\b|\buntil\b|\bthrough\b) ?"
LEADS = frozenset("since by until till through from between before after to following".split())
FILL = frozenset("the early late hours of morning evening night afternoon beginning start end middle mid on in at mid- - dawn noon midnight very about around just shortly".split())
PARTS_OF_DAY = frozenset("morning evening night afternoon".split())
MOST = 24
"""Expressions of one sentence that are looked at: the nearest; news has two or three."""


class Expression(NamedTuple):
    """Words of time at tokens [first, last), with the words before them that go with them from `lead` on.

    `core` is the token that stands for it in the tree, `parts` are the words by what they say, `until` the other end of
    “from … to …”, `word` what introduces it: since, by, from, between … or empty.
    """

    first: int
    last: int
    core: int
    kind: str
    parts: dict[str, str]
    word: str = ""
    until: "Expression | None" = None


def _any(words) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern], ...]:
    """(kind, pattern) in the order they are tried: what an earlier one has taken, a later one leaves."""
    month, day, count = _any(words_for("times", "month")), _any(words_for("times", "weekday")), _any(w for w, e in effects("numbers").items() if e.isdigit())
    which = r"(?:(?P<which>last|this|next|coming|past|previous) )?"
    sources = (
        ("iso", r"\b(?P<year>(?:18|19|20)\d\d) ?- ?(?P<number>\d\d) ?- ?(?P<first>\d\d)\b"),
        ("days", rf"\b(?P<first>\d{{1,2}}){ORDINAL}(?:{TO}(?P<last>\d{{1,2}}){ORDINAL})? (?:of )?(?P<month>{month})\b(?: ?\.)?(?:(?: ?,)? {YEAR})?"),
        ("days", rf"\b(?P<month>{month})\b(?: ?\.)? (?:the )?(?P<first>\d{{1,2}}){ORDINAL}(?:{TO}(?P<last>\d{{1,2}}){ORDINAL})?\b(?! ?[:%]|,\d| \d)(?:(?: ?,)? {YEAR})?"),
        ("days", rf"\b(?P<month>{month})\b(?: ?\.)? (?:the )?(?P<first>\d{{1,2}}){ORDINAL}(?: ?,)? {YEAR}"),
        ("holiday", rf"\b(?P<words>{_any(words_for('times', 'holiday'))})\b(?:(?: ,)? {YEAR})?"),
        ("ago", rf"\b(?P<count>\d{{1,7}}|(?:a )?couple of|a few|several|some|many|{count}) {UNIT} (?P<word>ago|earlier|before|previously|later|afterwards)\b(?! (?:this|in|that|than))"),
        ("day", rf"\b(?P<words>{_any(words_for('times', 'day'))})\b"),
        ("anchored", rf"\b(?P<words>{_any(words_for('times', 'anchor'))})\b(?! (?:of|in|when|he|she|they|that))"),
        ("stretch", rf"\b(?:the )?(?P<which>past|last|next|coming) (?P<count>\d{{1,5}}|couple of|few|several|{count}) {UNIT}\b"),
        ("stretch", r"\b(?P<which>(?P<count>recent)|(?:the )?coming) (?P<unit>day|week|month|year|decade)s\b"),
        ("decade", r"\b(?P<year>(?:18|19|20)\d0) ?['’]?s\b"),
        ("season", rf"\b(?:(?P<which>last|this|next) |in (?:the )?|early |late )(?P<season>{_any(words_for('times', 'season'))})\b(?:(?: of)? {YEAR})?"),
        ("weekend", rf"\b{which}weekend\b"),
        ("weekday", rf"\b{which}(?P<weekday>{day})\b"),
        ("months", rf"\b{which}(?P<month>{month})\b(?: ?\.)?(?:(?: of| ?,)? {YEAR})?"),
        ("current", rf"\b(?P<which>last|this|next|past|coming|previous) {UNIT}\b"),
        ("years", rf"\b{YEAR}(?: ?[-–—/] ?(?P<last>(?:1[89]|20)\d\d|\d\d)\b)?(?! ?[%,.]\d)"),
    )
    return tuple((kind, re.compile(source, re.IGNORECASE)) for kind, source in sources)


@lru_cache(maxsize=8)
def expressions(tree: Tree) -> tuple[Expression, ...]:
    """The time expressions of a sentence from left to right; ranges (“from 3 to 5 May”) are one."""
    words = [word.replace(" ", "_") or "_" for word in tree.words]
    text, starts, at = " ".join(words), [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    found, taken = [], set()
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            first, last = bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1)
            if taken.isdisjoint(range(first, last)):
                one = _expression(tree, kind, first, last, {name: part.lower() for name, part in match.groupdict().items() if part})
                if one:
                    found.append(one)
                    taken.update(range(first, last))
    return _ranges(tree, sorted(found))


def _expression(tree: Tree, kind: str, first: int, last: int, parts: dict[str, str]) -> Expression | None:
    """The expression with what introduces it; None where the words only look like one: “may”, “Bloody Sunday”, “1998 tanks”."""
    if kind in ("days", "months") and not _is_month(tree, kind, first, last, parts):
        return None
    if kind in ("weekday", "weekend") and len(parts.get("weekday", "monday")) < 5 or first and tree.lower[first - 1] in words_for("times", "name"):
        return None
    if last < len(tree) and tree.lower[last] in PARTS_OF_DAY:
        last += 1
    core = _core(tree, first, last)
    lead, word = _lead(tree, first)
    if kind == "years" and not _is_year(tree, first, core, word):
        return None
    return Expression(first, last, core, kind, parts, word if lead is not None else "")


def _core(tree: Tree, first: int, last: int) -> int:
    """The token of a span whose head lies outside it, found from its last word that is no punctuation."""
    token = last - 1
    while token > first and tree.upos[token] == "PUNCT":
        token -= 1
    for _ in range(last - first):
        head = tree.heads[token]
        if head == token or not first <= head < last:
            break
        token = head
    return token


def _lead(tree: Tree, first: int) -> tuple[int | None, str]:
    """(token, word) of what introduces an expression: “since” of “since the early hours of Tuesday”; (None, “”) for a bare one."""
    for token in range(first - 1, max(-1, first - 7), -1):
        if tree.lower[token] in LEADS:
            return token, tree.lower[token]
        if tree.lower[token] not in FILL:
            break
    return None, ""


BEFORE_YEAR = frozenset("in of during early late mid mid- earlier (".split())
MODAL = frozenset({"may", "march", "mar", "sun", "sat", "mon", "jan", "dec", "sep"})


def _is_month(tree: Tree, kind: str, first: int, last: int, parts: dict[str, str]) -> bool:
    """Whether the word is written as a name of a month and, where it is also another word, stands as one."""
    token = next((t for t in range(first, last) if tree.lower[t].rstrip(".") == parts["month"]), None)
    if token is None or not tree.words[token][:1].isupper():
        return False
    if kind == "days" or parts.get("year"):
        return True
    if parts["month"] in MODAL or len(parts["month"]) < 4 and parts["month"] != "may":
        before = tree.lower[first - 1] if first else ""
        return "which" in parts or before in LEADS | {"in", "early", "late", "mid", "of", "during", "mid-", "and", "or", "-", "–"}
    return True


def _is_year(tree: Tree, first: int, core: int, word: str) -> bool:
    """Whether a bare number is a year: introduced by a word of time, or before a noun in the singular (“the 2020 ceasefire”)."""
    head = tree.heads[core]
    before = tree.lower[first - 1] if first else ""
    if first == 1 and before == "in":
        return True
    if head > core and tree.upos[head] in ("NOUN", "PROPN"):
        return tree.xpos[head] != "NNS" and not tree.lower[head].endswith("s") and head - core <= 3
    if head == core - 1 and tree.upos[head] == "PROPN" and before not in LEADS | {"in"}:
        return False
    return bool(word) or before in BEFORE_YEAR or first == 0


def _ranges(tree: Tree, found: list[Expression]) -> tuple[Expression, ...]:
    """Neighbours joined where they are two ends: “from 3 April to 5 May”, “between Monday and Friday”, “in May and April”."""
    joined: list[Expression] = []
    for one in found:
        before = joined[-1] if joined else None
        if before and before.until is None and _is_range(tree, before, one):
            parts = before.parts if before.parts.get("year") or not one.parts.get("year") else {**before.parts, "year": one.parts["year"]}
            joined[-1] = before._replace(last=one.last, parts=parts, until=one)
        else:
            joined.append(one)
    return tuple(joined)


def _is_range(tree: Tree, one: Expression, other: Expression) -> bool:
    if not 1 <= other.first - one.last <= 4:
        return False
    gap = [word for word in tree.lower[one.last : other.first] if word not in ("the", "of", "on", "in", "early", "late", "mid")]
    if gap in (["-"], ["–"], ["—"], ["to"], ["until"], ["through"], ["till"]):
        return one.word in ("from", "between", "") and one.kind not in ("anchored", "ago")
    return gap == ["and"] and (one.word == "between" or one.kind == other.kind and one.kind in ("months", "weekday", "days") and not one.word)
