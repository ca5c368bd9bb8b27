"""Small word lists of `seeds/grammar`: numbers, time words, casualty words; read once per process."""

from functools import lru_cache

from dyadflow.coder.lexicon import read_rows
from dyadflow.resources import resource

MOST_DIGITS = 7
"""Numbers of more digits than this are no counts of days or people."""


@lru_cache(maxsize=8)
def effects(name: str) -> dict[str, str]:
    """{word or phrase: effect} of the grammar list of that name, e.g. `effects("times")["tuesday"]` → “weekday:1”."""
    return {word: cells["effect"] for _, cells in read_rows(resource("seeds", "grammar", f"{name}.csv")) for word in cells["words"].split("|")}


@lru_cache(maxsize=1)
def casualty_words() -> dict[tuple[str, str], tuple[str, str]]:
    """{(part of speech, lemma): (killed, wounded or detained; where the people stand)} of `seeds/grammar/casualties.csv`."""
    rows = (cells for _, cells in read_rows(resource("seeds", "grammar", "casualties.csv")))
    return {(cells["tag"], word): tuple(cells["effect"].split(":")) for cells in rows for word in cells["words"].split("|")}


@lru_cache(maxsize=64)
def words_for(name: str, kind: str) -> frozenset[str]:
    """The words of a list whose effect is of that kind: `words_for("times", "month")` → the names of the months."""
    return frozenset(word for word, effect in effects(name).items() if effect.partition(":")[0] == kind)


def value_of(word: str, name: str = "times") -> int:
    """The number a time word stands for: “tuesday” → 1, “yesterday” → -1. Raises KeyError for a word not listed."""
    return int(effects(name)[word].partition(":")[2])


def number(word: str) -> int | None:
    """The number a word or numeral writes: “49”, “1,200”, “twenty-five”, “a”; None for anything else or one past belief."""
    word = word.lower().replace(",", "")
    if word.isascii() and word.isdigit():
        return int(word) if len(word) <= MOST_DIGITS else None
    listed = effects("numbers")
    parts = word.split("-")
    if len(parts) > 2 or not all(listed.get(part, "").isdigit() for part in parts):
        return None
    return sum(int(listed[part]) for part in parts)
