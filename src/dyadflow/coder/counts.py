"""Numbers of people in a sentence: “at least 49 Armenian soldiers” → 49, a minimum, “Armenian soldiers”.

Read from the words in their order, not from the tree: parsers err more on “more than two dozen” than on anything else.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from dyadflow.coder.tree import Tree
from dyadflow.coder.words import effects, number

MOST = 1_000_000
"""A larger number of people than this no clause of news states as hurt: such a number is a misread one."""
UNITS = frozenset("year month week day hour minute mile kilometer kilometre km meter metre percent % dollar euro ton tonne time kg degree caliber calibre mm round shot rocket missile".split())
CHAIN = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM"})
YEAR = re.compile(r"1[89]\d\d|20\d\d")
ARTICLES = frozenset({"a", "an", "another"})
SCALE = 12
"""Smallest number word that multiplies what stands before it: “two dozen”, “three hundred”."""
LONGEST = max(len(phrase.split()) for phrase in effects("numbers"))


class Count(NamedTuple):
    """A number of people: tokens [first, last) of number and noun, the number, its bound, and the tokens of the noun.

    Bound: `exact`; `minimum` (“at least 49”, “more than 100”, “dozens” → 24); `maximum` (“up to 20”); `about`.
    """

    first: int
    last: int
    value: int
    bound: str
    noun_first: int
    noun_last: int


@lru_cache(maxsize=8)
def counts(tree: Tree) -> tuple[Count, ...]:
    """The numbers of people in a sentence, from left to right; ages, distances, shares and sums are none."""
    found, token = [], 0
    while token < len(tree):
        one = _count(tree, token)
        if one and found and one.first < found[-1].last:
            found.pop()  # “10 to 15” is one number, not two
        found += [one] if one else []
        token = max(token + 1, one.last if one else 0)
    return tuple(found)


def _count(tree: Tree, start: int) -> Count | None:
    """The count whose number begins at that token, None where none does."""
    value, after = _number(tree, start)
    if value is None:
        many = effects("numbers").get(tree.lower[start], "")
        if not many.startswith("many:"):
            return None
        value, after, bound, first = int(many.partition(":")[2]), start + 1, "minimum", start
    else:
        bound, first = _bound(tree, start)
        low = _low(tree, start)
        if low is not None and low < value:
            value, bound, first = low, "minimum", start - 2
    if tree.lower[after : after + 2] == ["or", "more"]:
        bound, after = "minimum", after + 2
    noun_first, noun_last = _noun(tree, after)
    is_unit = noun_last > noun_first and tree.lemmas[noun_last - 1] in UNITS or tree.lower[after : after + 1] in (["-"], ["%"], ["percent"])
    if is_unit or not 0 <= value <= MOST or noun_last == noun_first and after == start + 1 and tree.lower[start] in ARTICLES or start and tree.lower[start - 1] == "no":
        return None
    return Count(first, max(after, noun_last), value, bound, noun_first, noun_last)


def _low(tree: Tree, start: int) -> int | None:
    """The lower end of a range whose upper end begins at that token: “10 to 15”, “between 10 and 20”."""
    if start < 2 or tree.lower[start - 1] not in ("-", "–", "to") and (tree.lower[start - 1] != "and" or start < 3 or tree.lower[start - 3] != "between"):
        return None
    return number(tree.lower[start - 2])


def _number(tree: Tree, start: int) -> tuple[int | None, int]:
    """(number, token after it) of “two dozen”, “three hundred”, “1,200”; (None, start) where no number stands."""
    value = number(tree.lower[start])
    if value is None or start and tree.lower[start - 1] in ("-", "–") and number(tree.lower[start - 2] if start > 1 else "") is None:
        return None, start
    token = start + 1
    while token < len(tree) and token < start + 4 and value <= MOST:
        more = number(tree.lower[token]) if not tree.lower[token][:1].isdigit() else None
        if more is None or more < SCALE:
            break
        value, token = value * more if more in (12, 100, 1000, 1_000_000) else value + more, token + 1
    if tree.lower[start] in ARTICLES and tree.lower[start + 1 : start + 2] and YEAR.fullmatch(tree.lower[start + 1]):
        return None, start  # “a 2003 attack”
    is_one_noun = tree.lower[start] in ARTICLES and token == start + 1 and not _is_single(tree, token)
    return (None, start) if is_one_noun else (value, token)


def _is_single(tree: Tree, token: int) -> bool:
    """Whether one being follows the article: “a soldier”, “an Iraqi boy”; not “a number of people”, “a group”."""
    first, last = _noun(tree, token)
    return last > first and tree.lemmas[last - 1] not in MANY and tree.xpos[last - 1] in ("NN", "")


MANY = frozenset("number group crowd series couple few family lot total handful people pair team unit gang community cell".split())


def _bound(tree: Tree, start: int) -> tuple[str, int]:
    """(bound, first token) of what stands before a number: “at least” → minimum; (exact, start) where nothing does."""
    for length in range(LONGEST, 0, -1):
        effect = effects("numbers").get(" ".join(tree.lower[max(0, start - length) : start]), "")
        if length <= start and effect in ("minimum", "maximum", "about"):
            return effect, start - length
    return "exact", start


def _noun(tree: Tree, after: int) -> tuple[int, int]:
    """Tokens of the noun a number counts: “Armenian soldiers” after 49, “its soldiers” after “one of”; empty where none follows."""
    start = after + (tree.lower[after : after + 1] == ["of"])
    while start < len(tree) and start > after and tree.upos[start] in ("DET", "PRON") and start < after + 4:
        start += 1
    last, token = start, start
    while token < len(tree) and token < start + 6 and (tree.upos[token] in CHAIN or tree.lower[token] in ("-", "'s", "’s") or tree.xpos[token] == "VBN" and token == start):
        token += 1
        last = token if tree.upos[token - 1] in ("NOUN", "PROPN") else last
    return (after + 1 if start > after else start, last) if last > start else (start, start)
