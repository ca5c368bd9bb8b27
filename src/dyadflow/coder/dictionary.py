"""The actor dictionary: phrases of `seeds/actors/*.csv` that name an actor, and role nouns that give its sector.

Phrases are matched on tokens, case-exact, longest first; roles on lemmas. Every row keeps where it is written, so that a
mention can say which row named its actor.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.lexicon import read_rows
from dyadflow.resources import resource

FOREVER = (date.min, date.max)
LISTS = {"countries": ("names", "demonyms", "capitals", "seats")}
WORLD = ("IGO", "NGO", "MNC", "IMG", "INT")


class Entry(NamedTuple):
    """One meaning of a phrase: code, kind (names, demonyms, capitals, seats, leaders, organisations …), row, days it holds.

    A local one (“Senate”, a party) gives way to the country its own phrase or the sentence names.
    """

    code: str
    kind: str
    row: str
    start: date
    end: date
    is_local: bool = False


class Match(NamedTuple):
    """A phrase found in a sentence: tokens [first, last), and its meanings."""

    first: int
    last: int
    entries: tuple[Entry, ...]


class Role(NamedTuple):
    """A role phrase found in a sentence: tokens [first, last), sector code, kind (person, group, institution, thing).

    A weak one (“leader”, “force”) gives way to whatever else says what the actor is; `alone` is the country it means where
    none is named (“the supreme leader”: IRN).
    """

    first: int
    last: int
    code: str
    kind: str
    is_weak: bool
    alone: str


class RolesOf(NamedTuple):
    """The role phrases of one first word: the word alone, if it is one, the longer ones as (words after it, role), longest first, and their second words."""

    alone: Role | None
    longer: tuple[tuple[tuple[str, ...], Role], ...]
    seconds: frozenset[str]


class Dictionary(NamedTuple):
    """Actor phrases, their first words, the lengths of those that share two first words, roles by first lemma, office nouns and personal titles."""

    phrases: dict[tuple[str, ...], tuple[Entry, ...]]
    firsts: frozenset[str]
    lengths: dict[tuple[str, str], tuple[int, ...]]
    roles: dict[str, RolesOf]
    titles: dict[str, str]
    given_names: frozenset[str]
    countries: frozenset[str]

    def find(self, words: list[str]) -> list[Match]:
        """All phrases in the words, left to right, the longest at each place; a discard (generic.csv, no code) swallows its words."""
        found, done, firsts = [], 0, self.firsts
        for at, word in enumerate(words):
            if word in firsts and at >= done:
                match = self._longest(words, at)
                if match:
                    done = match.last
                    found.append(match)
        return found

    def _longest(self, words: list[str], at: int) -> Match | None:
        for length in (*self.lengths.get(tuple(words[at : at + 2]), ()), 1):
            phrase = tuple(words[at : at + length])
            if phrase in self.phrases:
                return Match(at, at + len(phrase), self.phrases[phrase])
        return None

    def find_roles(self, lemmas: list[str], lower: list[str]) -> list[Role]:
        """Role phrases, left to right, the longest at each place."""
        found, done, roles = [], 0, self.roles
        for at, (lemma, low) in enumerate(zip(lemmas, lower, strict=True)):
            starting = roles.get(lemma)
            if starting is None:
                starting = roles.get(low) if low != lemma else None
                if starting is None and low.endswith("s"):
                    starting = roles.get(low[:-1])
            role = _longest_role(starting, lemmas, lower, at) if starting and at >= done else None
            if role:
                done = role.last
                found.append(role)
        return found


def _longest_role(starting: RolesOf, lemmas: list[str], lower: list[str], at: int) -> Role | None:
    """The longest role at a place where its first word stands; the longer ones are not tried where no second word of theirs follows."""
    alone, longer, seconds = starting
    if longer and at + 1 < len(lemmas) and not seconds.isdisjoint(_role_forms(lemmas, lower, at + 1)):
        for rest, role in longer:
            end = at + 1 + len(rest)
            if end <= len(lemmas) and all(word in _role_forms(lemmas, lower, i) for i, word in enumerate(rest, at + 1)):
                return role._replace(first=at, last=end)
    return alone and alone._replace(first=at, last=at + 1)


def _role_forms(lemmas: list[str], lower: list[str], token: int) -> tuple[str, str, str]:
    return lemmas[token], lower[token], lower[token].removesuffix("s")


@lru_cache(maxsize=4096)
def day(text: str, last: bool) -> date:
    """The first or last day of an interval end written as YYYY, YYYY-MM or YYYY-MM-DD; for ever where empty."""
    if not text:
        return date.max if last else date.min
    year, month, dom = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if dom:
        return date(year, month, dom)
    if not last:
        return date(year, month or 1, 1)
    following = date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def plural_demonym(word: str) -> list[str]:
    """The demonym and its regular plural: Israeli → Israelis; Chinese, French, Swiss have none."""
    if " " in word or word.endswith(("ese", "sh", "ch", "s", "x", "z", "men", "women", "people")):
        return [word]
    return [word, word + "s"]


Tokenize = Callable[[str], list[str]]


def _entries(path: Path, tokenize: Tokenize):
    """(words, Entry) of every phrase of one actor file."""
    stem = path.stem
    columns = LISTS.get(stem, ("name", "phrases"))
    for row, cells in read_rows(path):
        span, is_local = (day(cells.get("start", ""), False), day(cells.get("end", ""), True)), cells.get("note", "").startswith("local")
        for column in columns:
            kind = column if stem == "countries" else "leaders" if stem.startswith("leaders") else stem
            code = cells["code"] + ("GOV" if kind == "seats" and len(cells["code"]) == 3 else "")
            phrases = [p.strip() for p in cells[column].split("|") if p.strip()]
            if kind == "demonyms":
                phrases = [form for phrase in phrases for form in plural_demonym(phrase)]
            for phrase in phrases:
                yield tuple(tokenize(phrase)), Entry(code, kind, row, *span, is_local)


def _discards(path: Path, tokenize: Tokenize):
    for row, cells in read_rows(path):
        yield tuple(tokenize(cells["phrase"])), Entry("", "generic", row, *FOREVER)


@lru_cache(maxsize=2)
def load_dictionary(tokenize: Tokenize = str.split, folder: Path | None = None) -> Dictionary:
    """The whole actor dictionary, read once per process; `tokenize` must split as the parser does.

    Raises DictionaryError naming file and line of a ragged row.
    """
    actors = (folder or resource("seeds")) / "actors"
    index: dict[tuple[str, ...], list[Entry]] = {}
    special = {"roles", "titles", "office_nouns", "given_names", "generic"}
    for path in sorted(actors.glob("*.csv")):
        if path.stem not in special:
            for words, entry in _entries(path, tokenize):
                _put(index, words, entry)
    if (actors / "generic.csv").exists():
        for words, entry in _discards(actors / "generic.csv", tokenize):
            index.setdefault(words, [entry])
    phrases = {words: tuple(entries) for words, entries in index.items()}
    return Dictionary(phrases, frozenset(words[0] for words in phrases), _lengths(phrases), _roles(actors / "roles.csv"), _titles(actors / "titles.csv"), _names(actors / "given_names.csv"), _countries(actors))


def _put(index: dict, words: tuple[str, ...], entry: Entry) -> None:
    """Add a meaning unless the phrase already has it; wholly upper-case variants serve headlines and wire text."""
    if not words:
        return
    entries = index.setdefault(words, [])
    if not any(e.code == entry.code and e.start == entry.start for e in entries):
        entries.append(entry)


def _lengths(phrases: Iterable[tuple[str, ...]]) -> dict[tuple[str, str], tuple[int, ...]]:
    """{two first words: the lengths of the phrases that begin so, longest first}."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for words in phrases:
        lengths = found.get(words[:2], ())
        if len(words) > 1 and len(words) not in lengths:
            found[words[:2]] = tuple(sorted((*lengths, len(words)), reverse=True))
    return found


def _roles(path: Path) -> dict[str, RolesOf]:
    roles: dict[str, list] = {}
    for _, cells in read_rows(path):
        note = cells["note"]
        role = Role(0, 0, cells["code"], cells["kind"], note.startswith("weak"), note.removeprefix("alone:").strip()[:3] if note.startswith("alone:") else "")
        for phrase in cells["phrases"].split("|"):
            first, *rest = phrase.replace("-", " - ").split() or [""]
            roles.setdefault(first, []).append((tuple(rest), role))
    ordered = {first: tuple(sorted(options, key=lambda option: -len(option[0]))) for first, options in roles.items()}
    return {first: _roles_of(options) for first, options in ordered.items()}


def _roles_of(options: tuple[tuple[tuple[str, ...], Role], ...]) -> RolesOf:
    longer = tuple(option for option in options if option[0])
    return RolesOf(next((role for rest, role in options if not rest), None), longer, frozenset(rest[0] for rest, _ in longer))


def _titles(path: Path) -> dict[str, str]:
    return {cells["title"].lower(): cells["code"] for _, cells in read_rows(path)} if path.exists() else {}


def _names(path: Path) -> frozenset[str]:
    return frozenset(cells["name"] for _, cells in read_rows(path)) if path.exists() else frozenset()


def _countries(actors: Path) -> frozenset[str]:
    return frozenset(cells["code"] for _, cells in read_rows(actors / "countries.csv"))
