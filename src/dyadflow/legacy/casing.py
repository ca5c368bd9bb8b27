"""Upper and lower case for names that the old dictionaries write in capitals only: KI-MOON → Ki-moon, IGAD → IGAD."""

import re
from collections import Counter
from functools import lru_cache

from dyadflow.coder.dictionary import Dictionary

SMALL = frozenset("of the and for in on to at by with from against under as or a an".split())
"""English words that stay small inside a name."""
PARTICLES = frozenset("de da do dos das del della der den di du van von bin ibn ben al el la le les y e ul ur ud zu".split())
"""Parts of personal names that are written either way."""
ROMAN = frozenset("II III IV VI VII VIII IX XI XII XIII XIV".split())
FUNCTION_WORDS = frozenset("who he she it they we us you i me him her them this that these those what which where when why how if so no not yes all any".split()) | SMALL
STRAY = re.compile(r"[^\w\s.,'’‘`&/()\-]")
LONGEST_ACRONYM = 6


def guide_of(dictionary: Dictionary) -> dict[str, str]:
    """{lower-case word: its spelling} of the words that the dictionary writes otherwise than with one capital first: NATO, McCain."""
    seen: dict[str, Counter] = {}
    for words in dictionary.phrases:
        for word in words:
            seen.setdefault(word.lower(), Counter())[word] += 1
    usual = {low: min(forms, key=lambda form: (-forms[form], form)) for low, forms in seen.items()}
    return {low: form for low, form in usual.items() if form not in (low, low.capitalize()) and "-" not in low}


def words_of(written: str) -> list[str] | str:
    """The words of a name as written, or what is wrong with it: “_THE_HAGUE_” → [THE, HAGUE]."""
    text = written.strip("_ \t").replace("’", "'").replace("‘", "'").replace("`", "'")
    if STRAY.search(text):
        return f"the stray character {STRAY.search(text)[0]} in a name"
    words = [word for word in re.split(r"[_\s]+", text) if word.strip(".,'&/()-")]
    return words or "a name without letters"


def spellings(words: list[str], guide: dict[str, str], known: frozenset[str] = frozenset()) -> list[str]:
    """The ways a name may be written in news, the likeliest first; none for a common word (“REVOLUTION”) that no dictionary knows as a name.

    Names that have small letters already stay as they are. `known` are names, in their own spelling, that are never common words.
    """
    bare, acronyms = _without_parentheses(words)
    bare = bare[1:] if len(bare) > 2 and bare[0].lower() == "the" else bare
    name = _in_case(bare, guide, frozenset())
    if not bare:
        return acronyms
    if len(bare) == 1:
        return [*_single(bare[0], name, known), *acronyms]
    variants = [name, _in_case(bare, guide, PARTICLES), re.sub(r"(?<=\w-)[A-Z](?=\w*[a-z])", lambda found: found[0].lower(), name)]
    if re.match(r"(Al|El|As|Ul|An|Ash|At)-", name):
        variants.append(name[0].lower() + name[1:])
    return list(dict.fromkeys([*variants, *acronyms]))


def _without_parentheses(words: list[str]) -> tuple[list[str], list[str]]:
    """The words outside parentheses, and the acronyms inside: ADEN ISLAMIC ARMY (AAIA) → ([ADEN, ISLAMIC, ARMY], [AAIA])."""
    outside = re.sub(r"\([^()]*\)?", " ", " ".join(words)).replace(")", " ").split()
    inside = [found for found in re.findall(r"\(([A-Z]{3,8})\)", " ".join(words)) if outside]
    return [word for word in outside if word.strip(".,'&/-")], inside


def _single(written: str, name: str, known: frozenset[str]) -> list[str]:
    """The spellings of a name of one word: as a name, and in capitals where it is short enough for an acronym."""
    capitals = [written.upper()] if 2 < len(written) <= LONGEST_ACRONYM else []
    if name in known or not is_common(written):
        return list(dict.fromkeys([name, *capitals] if len(written) > 2 else [written.upper()]))
    return capitals if len(written) < LONGEST_ACRONYM else []


def _in_case(words: list[str], guide: dict[str, str], small: frozenset[str]) -> str:
    return " ".join(word.lower() if at and word.lower() in SMALL | small else _cased(word, guide) for at, word in enumerate(words))


def _cased(word: str, guide: dict[str, str]) -> str:
    """One word of a name in its case."""
    if any(c.islower() for c in word):
        return word
    letters = word.strip(".,'&/-")
    is_acronym = letters in ROMAN or re.fullmatch(r"(\w\.)+\w?\.?", word) or len(letters) > 1 and letters.isalpha() and letters.isascii() and not set(letters) & set("AEIOUY")
    if word.lower() in guide or is_acronym:
        return guide.get(word.lower(), word)
    return re.sub(r"[^\W\d_]+", lambda found: found[0].lower() if _is_ending(word, found.start()) else found[0].capitalize(), word)


def _is_ending(word: str, at: int) -> bool:
    """Whether the letters at a place follow an apostrophe that opens no name: PEOPLE'S, but O'BRIEN and D'IVOIRE."""
    return at > 2 and word[at - 1] == "'"


@lru_cache(maxsize=50_000)
def is_common(word: str) -> bool:
    """Whether a word stands in an English dictionary as anything but a proper name."""
    from lemminflect import getAllLemmas

    low = word.lower()
    return low in FUNCTION_WORDS or low.isascii() and low.isalpha() and bool(set(getAllLemmas(low)) - {"PROPN"})
