"""Verb patterns of the old kind in the project's own pattern language, where that is safe: `* &TIES WITH +` → `S restore {legacy_ties} with T`."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from dyadflow.coder.lexicon import PARTICLES, PREPOSITIONS, compile_pattern
from dyadflow.errors import DictionaryError
from dyadflow.legacy.verbs import LegacySet
from dyadflow.text.parse import lemma

TARGETS = "[against/with/to/on/in/of/from/for/at/by T]"
"""Where the other side may stand in a pattern that does not say it."""
SIGNS = {"$": "asks for the doer after the verb", "^": "skips words", "%": "asks for both sides at once", "~": "is a transformation", "?": "asks for what is not known"}
ARTICLES = frozenset({"a", "an", "the"})


class Code(NamedTuple):
    """An event code read: the code and whether it goes both ways."""

    code: str
    is_reciprocal: bool


def read_code(written: str, known: frozenset[str]) -> Code | str:
    """The code in the brackets of a pattern, or why it cannot be used: “046:046” goes both ways; “---” is none."""
    first, colon, second = (part.strip() for part in written.partition(":"))
    if written.strip("- ") == "":
        return "no code: the old program used it to leave a phrase uncoded"
    if colon and (not first or not second):
        return "a code for one side of the verb only"
    if colon and first != second:
        return "different codes for the two sides"
    return Code(first, bool(colon)) if first in known and len(first) > 2 else f"{first or 'nothing'} is no CAMEO code of three or four digits"


def read_verb(written: str) -> str:
    """The lemma of a verb, empty where it is more than one word."""
    return written.lower() if re.fullmatch(r"[A-Za-z]+(-[A-Za-z]+)*", written) else ""


def read_phrasal(written: str) -> str:
    """The verb and its particles of a verb of several words: “+CALL_OFF” → “call off”; empty where the rest is more than that."""
    first, *rest = written.removeprefix("+").lower().split("_")
    return " ".join([first, *rest]) if written.startswith("+") and read_verb(first) and rest and all(word in PREPOSITIONS for word in rest) else ""


def class_rows(sets: Iterable[LegacySet]) -> dict[str, str]:
    """{class name: its lemmas joined by |} of the sets of synonyms."""
    found = {}
    for one in sets:
        words = [_member(word) for word in one.words]
        found[class_name(one.name)] = "|".join(dict.fromkeys(word for word in words if word))
    return {name: words for name, words in found.items() if words and re.fullmatch(r"\w+", name)}


def _member(word: str) -> str:
    """A member of a class: another set as {name}, words as a lemma; empty where it is neither."""
    if word.startswith("&"):
        return "{" + class_name(word) + "}"
    words = word.strip("_ ").replace("_", " ").lower().split()
    return " ".join([*words[:-1], lemma(words[-1], "NOUN")]) if words and all(re.fullmatch(r"[\w'-]+", one) for one in words) else ""


def class_name(written: str) -> str:
    """The name of a set as a word class; it cannot be one of the project's own."""
    return "legacy_" + written.strip("&_ ").lower()


def default_pattern(verb: str) -> str:
    """The pattern of a verb with a code of its own."""
    return f"S {verb} T"


def convert(written: str, verbs: Iterable[str], classes: dict[str, frozenset[str]]) -> tuple[str, str]:
    """(the pattern, “”), or (“”, why there is no safe one)."""
    before, _, after = written.partition("*")
    if before.strip(" $_"):
        return "", "words before the verb"
    items, fault = _items(_tokens(after))
    if fault:
        return "", fault
    pattern = " ".join(["S", "/".join(verbs), *items, *([] if "T" in items else [TARGETS])])
    try:
        kind, _, compiled = compile_pattern("", "", pattern, False, classes)
    except DictionaryError as error:
        return "", str(error).removeprefix(": ")
    is_bare = not any(item.words or item.prepositions or item.is_particle for item in compiled.items if not item.is_optional)
    return ("", "nothing but the verb is asked for") if kind != "verb" or is_bare else (pattern, "")


def _tokens(text: str) -> list[str]:
    """The words of a pattern with its noun phrases joined: “{REAL THREAT} (TO +)” → [real_threat, to, +]."""
    text = re.sub(r"\{([^{}]*)\}", lambda found: " " + "_".join(found[1].split()) + " ", text)
    return [word.strip("_").lower() for word in re.sub(r"[()]", " ", text).split() if word.strip("_")]


def _items(tokens: list[str]) -> tuple[list[str], str]:
    """(the items of a pattern, “”), or ([], what is not safe to convert)."""
    items: list[str] = []
    for at, token in enumerate(tokens):
        if token == "+":
            items.append("T")
        elif fault := _fault(token, items, tokens[at + 1 :]):
            return [], fault
        elif token not in ARTICLES:
            items.append(_word(token))
    if items and items[-1] in PREPOSITIONS and items[-1] not in PARTICLES:
        items.append("T")
    return items, ""


def _fault(token: str, items: list[str], rest: list[str]) -> str:
    """Why a word of a pattern cannot be converted, empty where it can."""
    sign = next((sign for sign in SIGNS if sign in token), "")
    if sign:
        return f"{sign} {SIGNS[sign]}"
    if not re.fullmatch(r"&?[\w'-]+", token):
        return f"the sign {token[:20]}"
    if token == "to" and rest and not rest[0].startswith(("+", "&")):
        return "to … may begin an infinitive"
    if token in PREPOSITIONS:
        return ""
    if items and items[-1] not in PREPOSITIONS and items[-1] != "T":
        return "two words that may or may not be one phrase"
    return "a word after the other side" if items[-1:] == ["T"] else ""


def _word(token: str) -> str:
    if token.startswith("&"):
        return "{" + class_name(token) + "}"
    if token in PREPOSITIONS:
        return token
    *first, last = token.split("_")
    return "_".join([*first, lemma(last, "NOUN")])
