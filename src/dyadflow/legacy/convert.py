"""Entries of the old dictionaries as rows of the project's own files."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dyadflow.coder.actors import SECTORS
from dyadflow.coder.dictionary import WORLD, load_dictionary
from dyadflow.coder.lexicon import load_lexicon, read_classes, read_rows
from dyadflow.legacy import patterns
from dyadflow.legacy.actors import LegacyActor, LegacyCode
from dyadflow.legacy.agents import LegacyAgent
from dyadflow.legacy.casing import guide_of, spellings, words_of
from dyadflow.legacy.verbs import LegacyPattern, LegacyVerb
from dyadflow.resources import resource

ELITE = "ELI"
BY_SECTOR = (("armed_groups", ("REB", "UAF", "SEP", "INS")), ("parties", ("PTY",)), ("peoples", ("CVL", "REF")))
PEOPLE = ("person", "group", "institution", "thing")
Note = Callable[[int, str, str, str], None]
"""Called as (line, kind, reason, record) for what is not used as it stands."""


class ActorRow(NamedTuple):
    """A row of an actor file: which file, and its cells."""

    kind: str
    code: str
    name: str
    phrases: str
    start: str
    end: str
    note: str


class RoleRow(NamedTuple):
    """A row of a role file."""

    code: str
    phrases: str
    kind: str
    note: str


class VerbRow(NamedTuple):
    """A row of a lexicon file, without example."""

    code: str
    pattern: str
    recip: str


class Known(NamedTuple):
    """What the project's own files say that a conversion needs: codes, aliases of countries, spellings, names, personal titles, kinds of role nouns, CAMEO codes, word classes."""

    places: frozenset[str]
    aliases: dict[str, str]
    guide: dict[str, str]
    names: frozenset[str]
    titles: frozenset[str]
    role_kinds: dict[str, str]
    cameo: frozenset[str]
    classes: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def known() -> Known:
    """What the library's own files say, read once per process."""
    seeds, dictionary = resource("seeds"), load_dictionary()
    countries = [cells for _, cells in read_rows(seeds / "actors" / "countries.csv")]
    aliases = {cells[column]: cells["code"] for column in ("cameo", "iso3") for cells in countries if cells[column]}
    codes = {entry.code[:3] for entries in dictionary.phrases.values() for entry in entries if entry.code}
    names = frozenset(form for words in dictionary.phrases if len(words) == 1 for form in (words[0], words[0].lower()))
    kinds = {phrase.split()[-1]: cells["kind"] for _, cells in read_rows(seeds / "actors" / "roles.csv") for phrase in reversed(cells["phrases"].split("|")) if phrase}
    cameo = frozenset(cells["code"] for _, cells in read_rows(seeds / "cameo" / "codes.csv"))
    return Known(frozenset(codes - SECTORS | set(WORLD)), aliases, guide_of(dictionary), names, frozenset(dictionary.titles), kinds, cameo, read_classes(seeds / "verbs" / "classes.csv"))


def actor_rows(entry: LegacyActor, own: Known, note: Note) -> Iterator[ActorRow]:
    """The rows of an actor entry: one for each code and its days, all with the entry's names.

    A person's days without office follow from the days in office; a code without days holds when no other one does.
    """
    codes = [code for written in entry.codes if (code := _usable(written, own, note))]
    person = is_person(codes)
    names = list(dict.fromkeys(name for line, written in entry.names for name in _names(line, written, person, own, note)))
    if not names or not codes:
        if codes:
            note(entry.names[0][0], "unused", "none of its names can be used", entry.names[0][1])
        return
    kind = _kind(min((code.code for code in codes), key=len), person)
    for code in _without_implied(codes, note) if person else _spread(codes):
        start, end = (day.isoformat() if day else "" for day in (code.start, code.end))
        yield ActorRow(kind, code.code, names[0], "|".join(names[1:]), start, end, "imported")


def _usable(written: LegacyCode, own: Known, note: Note) -> LegacyCode | None:
    """The code under today's country names and without what follows its letters, None where there is no such actor here."""
    code = "".join(part for part in _triplets(written.code))
    if written.code.strip("-") == "":
        note(written.line, "unused", "a code that means nobody", written.code)
        return None
    if len(code) < 3 or not code.isalpha():
        note(written.line, "unused", "a code that does not begin with three letters", written.code)
        return None
    code = (code[:3] if code[:3] in own.places else own.aliases.get(code[:3], code[:3])) + code[3:]
    if code[:3] not in own.places:
        note(written.line, "unused", f"{code[:3]} is {'a sector without a country' if code[:3] in SECTORS else 'no country or kind of actor here'}", written.code)
        return None
    if code != written.code:
        note(written.line, "changed", f"used as {code}", written.code)
    return written._replace(code=code)


def _triplets(code: str) -> Iterator[str]:
    """The groups of three letters a code begins with."""
    for at in range(0, len(code), 3):
        part = code[at : at + 3]
        if len(part) < 3 or not part.isalpha() or not part.isascii():
            return
        yield part


def is_person(codes: list[LegacyCode]) -> bool:
    """Whether codes are those of somebody with offices: every one has a sector, some have days."""
    return bool(codes) and all(len(code.code) > 3 for code in codes) and (any(code.start or code.end for code in codes) or all(code.code[3:6] == ELITE for code in codes))


def _names(line: int, written: str, person: bool, own: Known, note: Note) -> list[str]:
    """The spellings of a name, none where it is not safe to look for."""
    words = words_of(written)
    if isinstance(words, str):
        note(line, "broken", words, written)
        return []
    words = without_title(words, own) if person else words
    found = spellings(words, own.guide, own.names)
    if person and len(words) < 2:
        note(line, "unused", "one name alone does not tell a person", written)
        return []
    if not found:
        note(line, "unused", "a common word alone is no name", written)
    return found


def without_title(words: list[str], own: Known) -> list[str]:
    """The name of a person after country and titles, which the coder reads itself: [BRITISH, PRIME, MINISTER, TONY, BLAIR] → [TONY, BLAIR]."""
    size = next((size for size in range(min(len(words), 6), 0, -1) if " ".join(words[:size]).lower() in own.titles), 0)
    if size:
        return without_title(words[size:], own)
    rest = without_title(words[1:], own) if words[:1] and words[0].lower() in own.names else words
    return rest if len(rest) < len(words) - 1 else words


def _without_implied(codes: list[LegacyCode], note: Note) -> list[LegacyCode]:
    """The offices of a person; being of the elite at other times follows from them."""
    offices = [code for code in codes if code.code[3:6] != ELITE]
    for code in codes if offices else ():
        if code.code[3:6] == ELITE:
            note(code.line, "implied", "days out of office follow from the days in office", code.code)
    return offices or codes[:1]


def _spread(codes: list[LegacyCode]) -> list[LegacyCode]:
    """Codes whose days do not hide one another: one without days holds on the days no other does, and comes first."""
    dated = sorted((code for code in codes if code.start or code.end), key=lambda code: code.start or date.min)
    open_ones = [code for code in codes if not (code.start or code.end)][:1]
    if not dated or not open_ones:
        return [*dated[::-1], *open_ones]
    gaps, begin = [], None
    for code in dated:
        if code.start and (begin is None or begin < code.start):
            gaps.append(open_ones[0]._replace(start=begin, end=code.start - timedelta(days=1)))
        if code.end is None or code.end == date.max:
            return [*gaps[::-1], *dated[::-1]]
        begin = max(begin or date.min, code.end + timedelta(days=1))
    return [open_ones[0]._replace(start=begin), *gaps[::-1], *dated[::-1]]


def _kind(code: str, person: bool) -> str:
    """The file a code belongs to."""
    if person:
        return "leaders"
    if code[:3] in WORLD:
        return "organisations"
    return "regions" if len(code) == 3 else next((kind for kind, sectors in BY_SECTOR if code[3:6] in sectors), "agencies")


def role_rows(agent: LegacyAgent, own: Known, note: Note) -> Iterator[RoleRow]:
    """The row of an agent noun: the first of its groups of three letters that is a sector here."""
    code = next((part for part in _triplets(agent.code) if part in SECTORS or part in WORLD), "")
    words = [words_of(form) for form in agent.forms]
    phrases = [" ".join(found).lower() for found in words if not isinstance(found, str)]
    if not code or not phrases:
        note(agent.line, "unused", f"{agent.code} has no sector of these dictionaries" if not code else str(words[0]), "|".join(agent.forms))
        return
    if code != agent.code:
        note(agent.line, "changed", f"used as {code}", agent.code)
    yield RoleRow(code, "|".join(dict.fromkeys(phrases)), _role_kind(phrases[0], own), "imported")


def _role_kind(phrase: str, own: Known) -> str:
    """What a role noun names, by its last word: as the project's own roles say, else a person where it is one doer, else a group."""
    last = phrase.split()[-1]
    kind = own.role_kinds.get(last) or own.role_kinds.get(last.removesuffix("s"))
    return kind if kind in PEOPLE else "person" if last.endswith(("er", "or", "ist", "man", "woman", "person", "ian", "ant", "ee")) else "group"


def verb_rows(found: LegacyVerb | LegacyPattern, own: Known, classes: dict[str, frozenset[str]], note: Note) -> Iterator[VerbRow]:
    """The row of a verb with a code, or of a pattern that has a safe form here."""
    record = found.verb if isinstance(found, LegacyVerb) else f"{found.text} [{found.code}]"
    code = patterns.read_code(found.code, own.cameo)
    is_verb = isinstance(found, LegacyVerb)
    verbs = [verb for one in ([found.verb] if is_verb else found.verbs) if (verb := patterns.read_verb(one) or is_verb and patterns.read_phrasal(one))]
    if isinstance(code, str) or not verbs:
        note(found.line, "unused", code if isinstance(code, str) else "a verb of several words", record)
        return
    pattern, fault = (patterns.default_pattern(verbs[0]), "") if is_verb else patterns.convert(found.text, verbs, own.classes | classes)
    if fault:
        note(found.line, "unused", fault, record)
        return
    yield VerbRow(code.code, pattern, "yes" if code.is_reciprocal else "")


def overlap(rows: list[ActorRow]) -> int:
    """How many names of imported rows the project's own dictionary has; there its own row wins."""
    own = {" ".join(words) for words in load_dictionary().phrases}
    return len({name for row in rows for name in (row.name, *row.phrases.split("|")) if name in own})


def owned_verbs(rows: list[VerbRow]) -> int:
    """How many imported patterns have only verbs for which the project's own lexicon has patterns."""
    own = load_lexicon().verbs
    return sum(all(verb in own for verb in row.pattern.split()[1].split("/")) for row in rows)
