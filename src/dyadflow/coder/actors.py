"""From a noun phrase to the CAMEO code of the actor it names.

“Azerbaijan’s defense ministry” → AZEMIL: a dictionary phrase gives the country, a role noun the sector. What the
phrase leaves open stays open: a role without country is the sector alone, a phrase without either is no actor.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from dyadflow.coder.dictionary import WORLD, Dictionary, Entry, Match, Role
from dyadflow.coder.phrases import distance, is_backer, is_elsewhere, is_of_border, is_of_two
from dyadflow.coder.tree import PREMODIFIER, Tree

PLACE_KINDS = frozenset({"names", "demonyms", "capitals", "cities", "subnational", "regions"})
OWNER_PREPOSITIONS = frozenset({"of", "from", "in", "for", "at", "to", "within", "inside", "near", "by"})
AUTHOR_PREPOSITIONS = frozenset({"of", "from", "by"})
BARE_PREPOSITIONS = frozenset({"of"})
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "inside", "within", "outside", "across", "throughout"})


class Actor(NamedTuple):
    """An actor read from a noun phrase: code, the tokens that name it, the rows that say so, 0–1 how sure."""

    code: str
    first: int
    last: int
    rows: tuple[str, ...]
    certainty: float


class Names(NamedTuple):
    """What the dictionaries know of one sentence: phrase and role matches by token, the day for dated offices, its only country and the row that says so."""

    phrase_at: dict[int, Match]
    role_at: dict[int, Role]
    day: date | None
    home: str | None
    home_row: str = ""
    spoken: Mapping[str, "Actor"] = MappingProxyType({})
    """Pronouns that stand for an actor of an earlier sentence, by word."""
    groups: Mapping[str, "Actor"] = MappingProxyType({})
    """The last actor of an earlier sentence with each sector: whom “the rebels” means."""


def names_in(tree: Tree, dictionary: Dictionary, day: date | None) -> Names:
    """All phrase and role matches of a sentence, and its home country where it names exactly one."""
    found = dictionary.find(tree.words)
    discarded = {token for match in found if match.entries[0].kind == "generic" for token in range(match.first, match.last)}
    matches = [match for match in found if match.first not in discarded and not _is_surname(tree, match, dictionary) and not _is_namesake(match, day)]
    phrase_at = {token: match for match in matches for token in range(match.first, match.last)}
    role_at = {}
    for role in dictionary.find_roles(tree.lemmas, tree.lower):
        role_at.update({token: role for token in range(role.first, role.last) if token not in phrase_at and token not in discarded})
    found = [entry for match in reversed(matches) if not (entry := meaning(match, day)).is_local]
    countries = {entry.code[:3]: entry.row for entry in found if entry.code[:3] in dictionary.countries}
    return Names(phrase_at, role_at, day, *(next(iter(countries.items())) if len(countries) == 1 else (None, "")))


def _is_surname(tree: Tree, match: Match, dictionary: Dictionary) -> bool:
    """Whether a place's name is somebody's here: Lima in “Marco Tulio Lima”."""
    head = tree.heads[match.first]
    return match.last - match.first == 1 and tree.deps[match.first] == "flat" and head < match.first and tree.words[head] in dictionary.given_names and match.entries[0].kind in PLACE_KINDS


REMEMBERED = 3653
"""Days around somebody's offices in which the bare surname still means them."""


def _is_namesake(match: Match, day: date | None) -> bool:
    """Whether a bare surname can't mean the office holder, who held no office within ten years of the day."""
    if day is None or match.last - match.first > 1 or any(entry.kind != "leaders" for entry in match.entries):
        return False
    return not any(entry.start.toordinal() - REMEMBERED <= day.toordinal() <= entry.end.toordinal() + REMEMBERED for entry in match.entries)


def meaning(match: Match, day: date | None) -> Entry:
    """The entry of a phrase that holds on the day. Without a day, or out of office, a person counts for the country only.

    Of several entries of one phrase a person's offices come first; out of office the last one held at home counts.
    """
    offices = [entry for entry in match.entries if entry.kind == "leaders"]
    if not offices:
        return next((entry for entry in match.entries if day is None or entry.start <= day <= entry.end), match.entries[0])
    holding = [entry for entry in offices if day and entry.start <= day <= entry.end]
    if holding:
        return holding[0]
    last = next((entry for entry in reversed(offices) if entry.code[:3] not in WORLD), offices[-1])
    return last._replace(code=last.code[:3] + ("ELI" if day and last.code[:3] not in WORLD else ""))


def resolve(tree: Tree, token: int, names: Names, depth: int = 0, as_target: bool = False) -> Actor | None:
    """The actor a noun phrase headed by the token names, None where it names none. Coordinated heads are the caller's.

    The order of evidence: a phrase on the head itself, phrases before it, an owner after it (“president of X”), an
    apposition, and last the place of the clause or the sentence's only country for a bare role (“police”). What is acted
    upon may also be named by where it is: “a bus in Kabul”.
    """
    if not tree.kids[token] and token not in names.phrase_at and token not in names.role_at:
        return None
    core = tree.core(token)
    own = names.phrase_at.get(token)
    is_between = tree.lemmas[token] in BORDER
    matches = _distinct(names.phrase_at[t] for t in core if t in names.phrase_at and not is_backer(tree, t) and not (is_between and is_of_two(tree, t, names.phrase_at)))
    role = _role(tree, core, token, names)
    if own:
        meant, rows = _in_context(tree, token, own, matches, names)
        found = _compose(tree, [meant], role, names, 1.0, core)
        return found and found._replace(rows=(*found.rows, *rows))
    if matches:
        return _compose(tree, matches, role, names, 0.95 if role else 0.8, core)
    owner = _possessor(tree, token, names, depth) or _owner(tree, token, names, depth, OWNER_PREPOSITIONS if role else AUTHOR_PREPOSITIONS if as_target else BARE_PREPOSITIONS, role)
    if owner:
        return _with_role(owner, role, core)
    backer = next((names.phrase_at[t] for t in core if t in names.phrase_at and is_backer(tree, t)), None)
    if backer and role and role.code in ("MIL", "REB", "UAF"):
        return _compose(tree, [backer], role, names, 0.5, core)
    if as_target and depth == 0:
        located = _located(tree, token, names)
        if located:
            return _with_role(located, role, core)
    if role and ABROAD.intersection(tree.lower[t] for t in core if t not in names.role_at):
        return None
    known = names.groups.get(role.code) if role and names.groups and "the" in (tree.lower[kid] for kid in tree.kids_of(token, ("det",))) else None
    if known:
        return known._replace(first=core[0], last=core[-1] + 1)
    if role:
        place = place_entry(tree, token, names)
        if role.is_weak and not place and names.home_row == "context:home":
            return None  # “the spokeswoman” of a story about one country may be a firm's
        home, row = (place.code[:3], place.row) if place else (names.home, names.home_row) if names.home else (role.alone, "")
        sector = _role_below(tree, token, names) or role.code if role.is_weak else role.code
        return Actor((home or "") + sector, core[0], core[-1] + 1, (f"role:{sector}", *([row] if row else ())), 0.6 if home else 0.5)
    return None


def _in_context(tree: Tree, token: int, own: Match, matches: list[Match], names: Names) -> tuple[Match, tuple[str, ...]]:
    """The head's own phrase with the meaning its neighbours give it, and the rows of those neighbours.

    “UN Secretary General Antonio Guterres” is the UN's, not Portugal's; a surname that another country's office comes with is
    somebody else's (“South Korea's Prime Minister Lee”); “Oxfam Canada” is Oxfam; “Kenya's Liberal Democratic Party”,
    “Congress in the Philippines” and “the Albanians of southern Serbia” belong where they are said to be.
    """
    entry, others = meaning(own, names.day), [(match, meaning(match, names.day)) for match in matches if match != own]
    country = next((other for _, other in others if other.kind in ("names", "demonyms") and len(other.code) == 3 and other.code != entry.code[:3]), None)
    if entry.kind == "leaders":
        worldly = next((office for office in own.entries if office.code[:3] in WORLD), None)
        serves = next((other.row for _, other in others if other.code[:3] in WORLD), None)
        if country and own.last - own.first == 1:
            return next(match for match, other in others if other is country), ()
        if worldly and (serves or "secretary" in tree.lower[max(0, own.first - 4) : own.first]) and not (names.day and entry.code == worldly.code):
            return own._replace(entries=(worldly,)), (serves,) if serves else ()
        return own, ()
    before = next((match for match, other in others if match.last == own.first and other.code.startswith("NGO")), None)
    if before and entry.kind == "names":
        return before, ()
    is_people = entry.kind in ("demonyms", "peoples") and tree.lower[own.first - 1 : own.first] == ["ethnic"]
    if not (entry.is_local or is_people or entry.kind == "parties"):
        return own, ()
    place = country or _country_after(tree, token, names) or (entry.code[:3] not in WORLD and (entry.is_local or is_people) and place_entry(tree, token, names)) or None
    is_world = entry.code[:3] in WORLD  # “the Security Council” is the UN's unless somebody's is named
    home, row = (place.code[:3], place.row) if place else (names.home, names.home_row) if not is_world and (entry.is_local or is_people) else (None, "")
    if home and home != entry.code[:3]:
        return own._replace(entries=(entry._replace(code=home + ("CVL" if is_people else "GOV" if is_world else entry.code[3:6])),)), (row,)
    return own, ()


def _country_after(tree: Tree, token: int, names: Names) -> Entry | None:
    """The country a name is said to be of or in: “the Security Council of Armenia”."""
    for kid in tree.kids_of(token, ("nmod",)):
        match = names.phrase_at.get(kid) if {"of", "in"}.intersection(tree.prepositions(kid)) else None
        entry = meaning(match, names.day) if match else None
        if entry and entry.kind in ("names", "subnational") and len(entry.code) == 3:
            return entry
    return None


def fellows(tree: Tree, token: int, names: Names, actor: Actor) -> list[Actor]:
    """The further actors of a plural whose modifiers are coordinated: “Turkish and Greek officials”, “the presidents of Iraq and Egypt”."""
    if tree.xpos[token] not in ("NNS", "NNPS"):
        return _in_a_row(tree, token, names, actor)
    owners = [k for k in tree.kids_of(token, ("nmod",)) if BARE_PREPOSITIONS.intersection(tree.prepositions(k)) and len(tree.conjuncts(k)) > 1]
    before = [t for t in tree.core(token) if t < token] if "and" in tree.lower[max(0, token - 8) : token] else []
    parts = [part for kid in [*before, *owners] for part in tree.conjuncts(kid) if not is_backer(tree, part)]
    found = {}
    for match in _distinct(names.phrase_at.get(part) for part in parts):
        entry = meaning(match, names.day)
        if len(entry.code) >= 3 and entry.code[:3] not in (actor.code[:3], "MNC"):
            code = entry.code if entry.code[:3] in WORLD else entry.code[:3] + (actor.code[3:6] if actor.code[:3] not in WORLD else "")
            found.setdefault(code[:3], Actor(code, match.first, match.last, (entry.row,), actor.certainty))
    return list(found.values())


def _in_a_row(tree: Tree, token: int, names: Names, actor: Actor) -> list[Actor]:
    """People of a list that the parser read as one beside the other: “Emmanuel Macron, Vladimir Putin and …”."""
    found = []
    for kid in tree.kids_of(token, ("appos",)):
        match = names.phrase_at.get(kid)
        entry = meaning(match, names.day) if match and tree.lower[kid - 1] == "," and token in names.phrase_at else None
        if entry and entry.kind == "leaders" and entry.code[:3] != actor.code[:3]:
            found.append(Actor(entry.code, match.first, match.last, (entry.row,), actor.certainty))
    return found


LISTED = frozenset({"names", "capitals", "organisations"})


def listed(tree: Tree, names: Names, actor: Actor) -> list[Actor]:
    """The further names of a list that goes on after an actor's own name: “asylum seekers stranded in Italy and Greece”, “to Iran, Libya and Cuba”."""
    match = names.phrase_at.get(actor.last - 1)
    if match is None or meaning(match, names.day).kind not in LISTED:
        return []
    found, at, is_closed = [], match.last, False
    while at + 1 < len(tree) and not is_closed:
        joint = {",", "and", "the"}.intersection(tree.lower[at : at + 3])
        start = next((t for t in range(at, min(at + 4, len(tree))) if tree.lower[t] not in (",", "and", "the")), at)
        match = names.phrase_at.get(start)
        if not {",", "and"} & joint or match is None or meaning(match, names.day).kind not in LISTED or len(meaning(match, names.day).code) < 3:
            return found if is_closed else []
        is_closed, at = "and" in tree.lower[at:start], match.last
        if tree.lower[at : at + 1] in (["'s"], ["’s"]) or tree.deps[match.last - 1] in PREMODIFIER and tree.deps[match.last - 1] != "flat" and tree.heads[match.last - 1] >= at:
            return []
        entry = meaning(match, names.day)
        found.append(Actor(entry.code, match.first, match.last, (entry.row,), actor.certainty * 0.9))
    goes_on = tree.upos[at] in ("VERB", "AUX") and tree.xpos[at] != "VBG" if at < len(tree) else False  # “attacked Ukraine and Poland condemned”
    return found if is_closed and not goes_on else []


def _role_below(tree: Tree, token: int, names: Names) -> str:
    """The sector of what a weak role is of: “leader of a rebel network” → REB."""
    for kid in tree.kids_of(token, ("nmod",)):
        if OWNER_PREPOSITIONS.intersection(tree.prepositions(kid)):
            role = _role(tree, tree.core(kid), kid, names)
            if role:
                return role.code
    return ""


BORDER = frozenset({"border", "frontier", "boundary", "relation", "tie", "war", "conflict", "dispute"})
"""What two countries have together: “the Armenian-Azerbaijani border” is no actor."""
ABSTRACT = frozenset("hostility exercise drill action operation aid assistance cooperation intervention campaign offensive tie relation alliance coup rule option solution "
                     "pressure spending parade presence activity conflict buildup withdrawal training maneuver manoeuvre strike support intelligence help".split())  # fmt: skip
"""What a role word describes without naming anybody."""
ABROAD = frozenset({"world", "foreign", "global", "international", "western"})
"""Modifiers that say a role belongs to no one country: “world leaders”, “foreign ministers”."""
PERSONAL = frozenset("he she it they him her them its his their we us our".split())


def antecedent(tree: Tree, pronoun: int, names: Names) -> int | None:
    """The subject a personal pronoun stands for in its own sentence: the first before it that names an actor, None without one.

    “Armenia accused Azerbaijan of killing one of its soldiers”: its is Armenia's.
    """
    if tree.lower[pronoun] not in PERSONAL:
        return None
    if tree.deps[pronoun] in ("obj", "iobj") and tree.lower[pronoun] in ("him", "her", "them"):  # “called Morrison to congratulate him”
        acted_upon = [kid for node in [*tree.ancestors(pronoun)][1:] for kid in tree.kids_of(node, ("obj", "iobj")) if kid < pronoun]
        found = next((t for t in acted_upon if resolve(tree, t, names, 1)), None)
        if found is not None:
            return found
    above = [kid for node in [*tree.ancestors(pronoun)][1:] for kid in tree.kids_of(node, ("nsubj", "nsubj:pass")) if kid < pronoun and tree.upos[kid] in ("PROPN", "NOUN")]
    found = next((t for t in above if resolve(tree, t, names, 1)), None)  # “Blinken said he hoped …”
    if found is not None:
        return found
    subjects = [t for t in range(pronoun) if tree.deps[t] in ("nsubj", "nsubj:pass", "nmod:poss") and tree.upos[t] in ("PROPN", "NOUN") and t != tree.heads[pronoun]]
    return next((t for t in subjects if resolve(tree, t, names, 1)), None)


def _possessor(tree: Tree, token: int, names: Names, depth: int) -> Actor | None:
    """The actor a possessive pronoun before the noun stands for: “its forces”."""
    if depth > 1:
        return None
    for kid in tree.kids_of(token, ("nmod:poss",)):
        noun = antecedent(tree, kid, names) if tree.upos[kid] == "PRON" else None
        found = resolve(tree, noun, names, depth + 1) if noun is not None else names.spoken.get(tree.lower[kid])
        if found and is_of_country(found.code):
            return found._replace(certainty=found.certainty * 0.8)
    return None


def _located(tree: Tree, token: int, names: Names) -> Actor | None:
    """The actor named nearest below a noun phrase: a place (“a bus carrying workers through Kabul”) or an author (“an appeal filed by Mubarak”)."""
    near = sorted((t for t in tree.subtree(token) if t in names.phrase_at and t > token and not is_backer(tree, t) and not is_of_two(tree, t, names.phrase_at) and not is_of_border(tree, t, names.phrase_at) and not is_elsewhere(tree, t, token)), key=lambda t: (distance(tree, t, token), t))
    for found in near[:1]:
        match = names.phrase_at[found]
        entry = meaning(match, names.day)
        if len(entry.code) >= 3:
            code = entry.code[:3] if entry.kind in PLACE_KINDS else entry.code
            return Actor(code, match.first, match.last, (entry.row,), 0.6)
    return None


def _distinct(matches) -> list[Match]:
    return list(dict.fromkeys(match for match in matches if match))


def _role(tree: Tree, core: list[int], token: int, names: Names) -> Role | None:
    """The role that tells the sector: the head's own, else the last one before it; a strong one before a weak one."""
    if not names.role_at:
        return None
    found = [names.role_at[t] for t in (token, *reversed(core)) if t in names.role_at]
    if token not in names.role_at and tree.lemmas[token] in ABSTRACT:
        return None  # “military hostilities” are no military
    return next((role for role in found if not role.is_weak), found[0] if found else None)


def _compose(tree: Tree, matches: list[Match], role, names: Names, certainty: float, core: list[int]) -> Actor | None:
    """Country and sector put together: [AZE], MIL → AZEMIL; an organisation's own code stands as it is."""
    entries = [meaning(match, names.day) for match in matches]
    sector = next((e for e in entries if len(e.code) > 3), None)
    base = next((e for e in entries if len(e.code) == 3), None)
    chosen = sector if sector and (base is None or sector.code[:3] == base.code or sector.code[:3] in WORLD or not role) else base
    if chosen is None:
        return None
    code = chosen.code
    at_home = code.startswith("MNC") and role and role.kind in ("person", "group") and names.home  # a company's miners are no company
    code = names.home if at_home else code
    if chosen.kind == "peoples" and code.endswith("CVL") and role and not role.is_weak:
        code = code[:3]
    if len(code) == 3 and role and code not in WORLD:
        code += role.code
    first = min([core[0], *(m.first for m in matches)])
    last = max([core[-1] + 1, *(m.last for m in matches)])
    rows = tuple(e.row for e in entries if e is chosen) + ((names.home_row,) if at_home else ()) + ((f"role:{role.code}",) if role and code != chosen.code else ())
    return Actor(code, first, last, rows, certainty)


def _owner(tree: Tree, token: int, names: Names, depth: int, allowed: frozenset[str], role: Role | None) -> Actor | None:
    """The actor that owns or houses the phrase: “soldiers from Chad”, “the government of Sudan”, an apposition."""
    if depth > 2:
        return None
    for kid in tree.kids_of(token, ("appos",)):
        found = resolve(tree, kid, names, depth + 1)
        if found:
            return found
    for kid in tree.kids_of(token, ("nmod", "obl")):
        if allowed.intersection(tree.prepositions(kid)):
            found = resolve(tree, kid, names._replace(home=None), depth + 1)
            if found and len(found.code) >= 3 and (role is None or is_of_country(found.code)):
                return found._replace(certainty=found.certainty * 0.9)
    return None


def is_of_country(code: str) -> bool:
    """Whether the code begins with a country or a world actor, not with a bare sector."""
    return code[:3] not in SECTORS


SECTORS = frozenset("GOV MIL REB OPP PTY COP JUD SPY LEG UAF SEP INS ELI CVL BUS LAB EDU MED HLH AGR REF DEV ENV HRI CRM RAD SET MOD VET".split())


def _with_role(owner: Actor, role: Role | None, core: list[int]) -> Actor:
    """The owner's country with the phrase's own sector, named by the phrase's own words; a weak role keeps the owner's sector."""
    code, rows = owner.code, owner.rows
    if role and is_of_country(code) and code[:3] not in WORLD and not (role.is_weak and len(code) > 3):
        code, rows = code[:3] + role.code, (*(row for row in rows if not row.startswith("role:")), f"role:{role.code}")
    return Actor(code, core[0], core[-1] + 1, rows, owner.certainty)


def place_entry(tree: Tree, verb: int, names: Names) -> Entry | None:
    """The place that tells the country the clause says it happened in (“in Nairobi”, “in a village in Kenya”), None where it names none."""
    for node in (verb, *tree.ancestors(verb)):
        for preps, token in tree.roles(node).obliques:
            found = _place_of(tree, token, names, bool(PLACE_PREPOSITIONS.intersection(preps)), 3)
            if found:
                return found
    return None


def _place_of(tree: Tree, token: int, names: Names, is_place: bool, depth: int) -> Entry | None:
    """What says which country a phrase of place lies in: a part of it, or what it lies in."""
    for part in tree.core(token) if is_place else ():
        match = names.phrase_at.get(part)
        entry = meaning(match, names.day) if match else None
        if entry and entry.kind in PLACE_KINDS and entry.code[:3] not in WORLD and not is_backer(tree, part):
            return entry
    for kid in tree.kids_of(token, ("nmod",)) if depth else ():
        preps = tree.prepositions(kid)
        found = _place_of(tree, kid, names, bool(PLACE_PREPOSITIONS.intersection(preps)) or is_place and "of" in preps, depth - 1)
        if found:
            return found
    return None
