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
from dyadflow.errors import DictionaryError
from dyadflow.resources import ADDED_ROWS, Added, resource

FOREVER = (date.min, date.max)
LISTS = {"countries": ("names", "demonyms", "capitals", "seats")}
KINDS = ("agencies", "armed_groups", "cities", "countries", "generic", "given_names", "leaders", "office_nouns", "organisations", "parties", "peoples",
         "regions", "roles", "subnational", "titles")  # fmt: skip
"""What an actor file can hold; its name begins with one of them: `leaders_europe.csv`."""
SPECIAL = frozenset({"roles", "titles", "office_nouns", "given_names", "generic"})
"""Kinds that name no actor."""
PLACES = frozenset({"names", "demonyms", "capitals", "cities", "subnational", "regions"})
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


def kind_of(path: Path) -> str:
    """What an actor file holds, by its name: `leaders_asia.csv` → “leaders”; the name itself where it is none of `KINDS`."""
    return next((kind for kind in KINDS if path.stem == kind or path.stem.startswith(f"{kind}_")), path.stem)


def _days(row: str, cells: dict[str, str]) -> tuple[date, date]:
    """The days a row holds. Raises DictionaryError where they are no days."""
    try:
        return day(cells.get("start", ""), False), day(cells.get("end", ""), True)
    except ValueError as error:
        raise DictionaryError(f"{row}: start and end are no days: {cells.get('start')}, {cells.get('end')}") from error


def _entries(path: Path, tokenize: Tokenize, prefix: str = ""):
    """(words, Entry) of every phrase of one actor file."""
    columns = LISTS.get(kind_of(path), ("name", "phrases"))
    for row, cells in read_rows(path, prefix):
        if missing := [column for column in ("code", *columns) if column not in cells]:
            raise DictionaryError(f"{row}: no column {missing[0]}")
        span, is_local = _days(row, cells), cells.get("note", "").startswith("local")
        for column in columns:
            kind = column if kind_of(path) == "countries" else kind_of(path)
            code = cells["code"] + ("GOV" if kind == "seats" and len(cells["code"]) == 3 else "")
            phrases = [p.strip() for p in cells[column].split("|") if p.strip()]
            if kind == "demonyms":
                phrases = [form for phrase in phrases for form in plural_demonym(phrase)]
            for phrase in phrases:
                yield tuple(tokenize(phrase)), Entry(code, kind, row, *span, is_local)


def _discards(path: Path, tokenize: Tokenize, prefix: str = ""):
    for row, cells in read_rows(path, prefix):
        yield tuple(tokenize(cells["phrase"])), Entry("", "generic", row, *FOREVER)


@lru_cache(maxsize=2)
def load_dictionary(tokenize: Tokenize = str.split, folder: Path | None = None, added: Added | None = None) -> Dictionary:
    """The whole actor dictionary, read once per process; `tokenize` must split as the parser does.

    An added dictionary gives the phrases and roles this one lacks (not where its phrase is a role or a title
    here, or holds a place of another country); alone, what it has replaces this one's. Titles, given names and the list of
    countries stay. Raises DictionaryError naming file and line of a row that is wrong.
    """
    actors = (folder or resource("seeds")) / "actors"
    index = _index(sorted(actors.glob("*.csv")), tokenize)
    roles = [(actors / "roles.csv", "")]
    if added:
        more = _index(added.files("actors"), tokenize, ADDED_ROWS)
        more_roles = [(path, ADDED_ROWS) for path in added.files("actors") if kind_of(path) == "roles"]
        index = more if added.is_alone and more else _without(more, index, {*_role_phrases(actors / "roles.csv"), *_titles(actors / "titles.csv")}) | index
        roles = more_roles if added.is_alone and more_roles else roles + more_roles
    phrases = {words: tuple(entries) for words, entries in index.items()}
    return Dictionary(phrases, frozenset(words[0] for words in phrases), _lengths(phrases), _roles(roles), _titles(actors / "titles.csv"), _names(actors / "given_names.csv"), _countries(actors))


def _index(paths: list[Path], tokenize: Tokenize, prefix: str = "") -> dict[tuple[str, ...], list[Entry]]:
    """The meanings of every phrase of actor files; a discard counts where nothing else has its words."""
    index: dict[tuple[str, ...], list[Entry]] = {}
    for path in paths:
        if kind_of(path) not in SPECIAL:
            for words, entry in _entries(path, tokenize, prefix):
                _put(index, words, entry)
    for path in paths:
        if kind_of(path) == "generic":
            for words, entry in _discards(path, tokenize, prefix):
                index.setdefault(words, [entry])
    return index


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


def _roles(files: list[tuple[Path, str]]) -> dict[str, RolesOf]:
    """Role phrases by first word, longest first; of two alike the one of the earlier file."""
    roles: dict[str, list] = {}
    for _, cells in (row for path, prefix in files for row in read_rows(path, prefix)):
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


def _role_phrases(path: Path) -> set[str]:
    return {phrase for _, cells in read_rows(path) for phrase in cells["phrases"].split("|")}


def _without(added: dict[tuple[str, ...], list[Entry]], own: dict[tuple[str, ...], list[Entry]], taken: set[str]) -> dict[tuple[str, ...], list[Entry]]:
    """The added phrases that are not, in small letters and the singular, among those taken, and that hold no place of another country."""
    places = {words: entries[0].code[:3] for words, entries in own.items() if entries[0].kind in PLACES}
    free = {words: entries for words, entries in added.items() if not taken & {(text := " ".join(words).lower()), text.removesuffix("s")}}
    return {words: entries for words, entries in free.items() if not _is_elsewhere(words, entries, places)}


def _is_elsewhere(words: tuple[str, ...], entries: list[Entry], places: dict[tuple[str, ...], str]) -> bool:
    """Whether words of a phrase name a country that its code does not begin with: Nova Scotia in “Bank of Nova Scotia”, MNC.

    Persons and world organisations may have any place in their names.
    """
    codes = {entry.code[:3] for entry in entries}
    if any(entry.kind in ("leaders", "generic") for entry in entries) or codes & set(WORLD) - {"MNC"}:
        return False
    parts = (words[first:last] for first in range(len(words)) for last in range(first + 1, len(words) + 1) if last - first < len(words))
    return any(places.get(part, next(iter(codes))) not in codes for part in parts)


def _titles(path: Path) -> dict[str, str]:
    return {cells["title"].lower(): cells["code"] for _, cells in read_rows(path)} if path.exists() else {}


def _names(path: Path) -> frozenset[str]:
    return frozenset(cells["name"] for _, cells in read_rows(path)) if path.exists() else frozenset()


def _countries(actors: Path) -> frozenset[str]:
    return frozenset(cells["code"] for _, cells in read_rows(actors / "countries.csv"))
