"""Where the event of one clause happened, as far as the text says so.

The order of evidence is that of `STEPS`: what the clause itself places (“killed two soldiers near Goris”), what it acts upon
(“shelled Goris”, “a market in Aden”), what the clauses around it place, the dateline, and last the country of a side.
A name that can't be told stays in the row as written, and the next evidence gives the country.
"""

from typing import NamedTuple

from dyadflow.coder.gazetteer import FINENESS, Gazetteer, Place, Span, division_of
from dyadflow.coder.tree import NOMINAL, Tree

LOCATIVE = frozenset("in at near inside within outside around throughout across off amid beside alongside along above aboard".split())
GOAL = frozenset("to into toward towards on upon over against onto from through via for of reaching".split())
PHYSICAL = ("042", "043", "06", "07", "08", "14", "15", "17", "18", "19", "20")
"""Codes of what is done to a place or at it; a capital acted upon by words (“urged Moscow”) is a government."""
UPON_TARGET = ("042", "07", "08", "17", "18", "19", "20")
"""Codes of what happens where the target is, where nothing else is said; all other acts happen where their doer is."""
WORDS = ("01", "02", "10", "11", "12", "13")
"""Codes of what is only said: where the thing spoken of lies says nothing (“condemned the attack in Kabul”)."""
TOGETHER = ("030", "031", "036", "040", "041", "044", "045", "046", "05", "06")
"""Codes of what two countries do somewhere: neither side's country says where."""
SPEECH = frozenset("say tell add announce report state write speak declare warn claim note stress explain quote interview insist argue".split())
HOMES = frozenset({"base", "headquarter", "bear"})
"""Verbs that tell where somebody is at home, not where something happened: “a group based in Pakistan”."""
CLAUSES = frozenset("ccomp parataxis acl:relcl advcl advcl:relcl conj xcomp acl appos csubj".split())
ABSTRACT = frozenset("agreement agreements accord accords deal treaty pact process group protocol convention declaration plan summit government regime administration army authorities police forces officials "
                     "ministry parliament president minister premier mayor governor correspondent bureau times post journal tribune herald club united party league embassy ambassador formula format".split())  # fmt: skip
DIVISION_NOUNS = frozenset("province region oblast governorate district prefecture state department county wilaya territory canton".split())
PLACE_NOUNS = DIVISION_NOUNS | frozenset("city town village airport square university hospital prison valley border river street road bridge area port harbor harbour camp base island islands peninsula "
                                         "mountains municipality suburb suburbs international stadium mosque church cathedral school palace central station market highway neighborhood neighbourhood".split())  # fmt: skip
QUALIFIERS = frozenset("north south east west northern southern eastern western central northeastern northwestern southeastern southwestern downtown greater old new upper lower inner outer mount lake southeast southwest northeast northwest "
                       "fort camp port occupied nearby neighboring neighbouring war-torn rebel-held province city town village region state the al".split())  # fmt: skip
COMPASS = frozenset("north south east west northeast northwest southeast southwest outside".split())
REACH = 25


class Setting(NamedTuple):
    """What the article says of its places: the countries it names, the place of its dateline (None where it has none)."""

    countries: frozenset[str] = frozenset()
    dateline: Place | None = None


NOWHERE = Setting()
"""What is known of an article that was not looked at."""


class Clause(NamedTuple):
    """What the place of one act is read from: the act's token and code, and the first three letters of its sides, empty where unknown."""

    trigger: int
    code: str
    source: str
    target: str


class Where(NamedTuple):
    """A place of an event: the name as written (None where none is named) and the place it means (None where it can't be told)."""

    name: Span | None
    place: Place | None


def place_of(tree: Tree, clause: Clause, gazetteer: Gazetteer, setting: Setting = NOWHERE, spans: list[Span] | None = None) -> Where:
    """The place of an act, the finest that the nearest evidence gives; without any, the country of the side it happens at."""
    spans = spans_in(tree, gazetteer) if spans is None else spans
    sides = {side for side in (clause.source, clause.target) if side in gazetteer.by_country}
    hints = sides | {country for span in spans for country in span.countries}
    best = unknown = None
    for step in STEPS:
        if best and (FINENESS[best.place.kind] > 1 or step not in OWN_STEPS):
            break
        found = [(span, _meant(tree, span, spans, gazetteer, hints, setting)) for span in step(tree, clause, spans)]
        for span, place in sorted(found, key=lambda one: (bool(one[1] and one[1].country not in sides), _is_measured(tree, one[0]), abs(one[0].first - clause.trigger))):
            if place is None and tree.deps[head_of(tree, span)] != "nmod:poss" and _located(tree, span):
                unknown = unknown or span
            if place and (best is None or FINENESS[place.kind] > FINENESS[best.place.kind] and place.country in (best.place.country, "") or best.place.kind == "area" and place.country in sides):
                best = Where(span, place)
    if best:
        return best
    fallback = _dateline(clause, setting) or _country_of_side(clause, gazetteer)
    return Where(unknown, fallback)


def _is_measured(tree: Tree, span: Span) -> bool:
    """Whether the name only measures where another place lies: “in Ramadi, 100 km west of Baghdad”."""
    return tree.lower[span.first - 1 : span.first] == ["of"] and tree.lower[span.first - 2 : span.first - 1] in ([word] for word in COMPASS)


def spans_in(tree: Tree, gazetteer: Gazetteer) -> list[Span]:
    """The names of places in a sentence, without those that are a person's, an organisation's or the first half of “London-based”."""
    return [span for span in gazetteer.find(tree.words) if _is_place(tree, span, gazetteer)]


def _is_place(tree: Tree, span: Span, gazetteer: Gazetteer) -> bool:
    before = tree.words[span.first - 1] if span.first else ""
    after = tree.words[span.last] if span.last < len(tree) else ""
    if after == "-" and tree.lower[span.last + 1 : span.last + 2] and tree.lower[span.last + 1].endswith(("ed", "born", "bound", "run", "led", "wide")):
        return False
    if after in ("al", "el", "bin", "ibn", "ould", "de", "da", "van", "von") and tree.words[span.last + 1 : span.last + 2] != []:
        return False
    if span.countries and span.last - span.first > 1:
        return True
    if after[:1].isupper() and tree.upos[span.last] == "PROPN" and after.lower() not in PLACE_NOUNS and not _is_name(gazetteer, after):
        return False
    if before[:1].isupper() and tree.upos[span.first - 1] == "PROPN" and span.first > 1 and before.lower() not in QUALIFIERS and not _is_name(gazetteer, before):
        return False
    owner = tree.words[span.first - 2] if span.first > 1 and before in ("of", "for") else ""
    if owner[:1].isupper() and not span.countries and owner.lower() not in PLACE_NOUNS | QUALIFIERS | COMPASS:  # “Department of Justice”, “Governor of Kandahar”
        return False
    return not (before in gazetteer.given_names and not span.countries) and not _head_is_abstract(tree, span)


def _is_name(gazetteer: Gazetteer, word: str) -> bool:
    """Whether a neighbour is a country's name: “Syria Idlib”, “Baghdad Iraq”."""
    return word in gazetteer.country_words


def _head_is_abstract(tree: Tree, span: Span) -> bool:
    """Whether the name only says which agreement, paper or office is meant: “the Minsk agreement”, “Kabul police”."""
    head = head_of(tree, span)
    while tree.deps[head] in ("compound", "nmod:poss", "flat") and tree.heads[head] > head:
        if tree.lower[tree.heads[head]] in ABSTRACT or tree.lemmas[tree.heads[head]] in ABSTRACT:
            return tree.deps[head] != "nmod:poss"
        head = tree.heads[head]
    return False


def head_of(tree: Tree, span: Span) -> int:
    """The token of a name whose head lies outside it."""
    return next((t for t in range(span.first, span.last) if not span.first <= tree.heads[t] < span.last), span.first)


def _meant(tree: Tree, span: Span, spans: list[Span], gazetteer: Gazetteer, hints: set[str], setting: Setting) -> Place | None:
    """The place a name means here: in what is said to hold it (“Goris, Armenia”, “Springfield, Illinois”), else by the countries about."""
    holders = [place for other in spans if _holds(tree, other, span) for place in other.places]
    within = tuple(p for p in span.places for h in holders if p.country == h.country and (h.kind == "country" or h.kind == "admin1" and h.admin1 == p.admin1 and p.kind == "city"))
    said = gazetteer.countries_of(tree.words[max(0, span.first - 5) : span.first])
    place = gazetteer.choose(within or span.places, hints | said | {p.country for p in within}, set(setting.countries))
    noun = {*tree.lower[span.last : span.last + 1], *(tree.lower[span.first - 2 : span.first - 1] if tree.lower[span.first - 1 : span.first] == ["of"] else ())}
    return division_of(place, span.places) if place and place.kind == "city" and noun & DIVISION_NOUNS else place


def _holds(tree: Tree, holder: Span, held: Span) -> bool:
    """Whether the one name says where the other lies: “Goris, Armenia”, “Goris in Armenia”, “Armenia's Goris”."""
    if held.last <= holder.first <= held.last + 2:
        return set(tree.lower[held.last : holder.first]) <= {",", "in", "the", "("} and holder.first > held.last
    return holder.last < held.first <= holder.last + 3 and tree.lower[holder.last] in ("'s", "’s", "'")


def is_locative(tree: Tree, token: int, words: frozenset[str] = LOCATIVE) -> bool:
    """Whether one of these prepositions governs the phrase a token stands in: “in the city of Goris”, “at a Kabul mosque”."""
    seen: set[int] = set()
    owned = False
    while token not in seen:
        seen.add(token)
        preps = tree.prepositions(token)
        if words.intersection(preps):
            return True
        inner = tree.deps[token] in ("compound", "flat", "nmod:poss", "appos", "conj", "nmod:unmarked", "amod", "nmod:desc") or tree.deps[token] == "nmod" and (not preps or "of" in preps)
        if not inner or tree.upos[tree.heads[token]] not in NOMINAL:
            return False
        owned = owned or tree.deps[token] == "nmod:poss"
        if owned and "of" in tree.prepositions(tree.heads[token]):
            return False
        token = tree.heads[token]
    return False


def _located(tree: Tree, span: Span, words: frozenset[str] = LOCATIVE) -> bool:
    head = head_of(tree, span)
    if span.countries and tree.deps[head] in ("compound", "amod", "nmod:desc") and tree.heads[head] >= span.last:  # “the U.S. consulate in Peshawar”
        return False
    return tree.lemmas[tree.heads[head]] not in HOMES and (is_locative(tree, head, words) or _follows(tree, span, words))


def _follows(tree: Tree, span: Span, words: frozenset[str]) -> bool:
    """Whether a preposition stands before the name with nothing but adjectives and nouns of place between: “in the Armenian capital Yerevan”."""
    for token in range(span.first - 1, max(-1, span.first - 7), -1):
        low = tree.lower[token]
        if low in words:
            return True
        if tree.upos[token] not in ("DET", "ADJ") and low not in QUALIFIERS and low not in PLACE_NOUNS and low not in ("capital", "of", "-", "held"):
            return False
    return False


def phrase_below(tree: Tree, top: int, labels: frozenset[str] | None = None) -> set[int]:
    """The tokens below a clause's head that belong to its own phrases, other clauses left out; only children under `labels` where given."""
    found, stack = {top}, [kid for kid in tree.kids[top] if tree.deps[kid] not in CLAUSES and (labels is None or tree.deps[kid] in labels)]
    while stack:
        node = stack.pop()
        if node not in found:
            found.add(node)
            stack += [kid for kid in tree.kids[node] if tree.deps[kid] not in CLAUSES or tree.deps[kid] in ("conj", "appos", "acl") and tree.upos[node] in NOMINAL]
    return found


SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:pass"})


def _said_there(tree: Tree, clause: Clause, spans: list[Span]) -> list[Span]:
    """Names under a preposition of place in the act's own clause, its subject left out: “killed two soldiers near Goris”."""
    own = phrase_below(tree, clause.trigger, None)
    doers = {t for kid in tree.kids_of(clause.trigger, ("nsubj", "csubj")) for t in tree.subtree(kid)} if not tree.is_passive(clause.trigger) else set()
    return [span for span in spans if head_of(tree, span) in own - doers - _spoken_of(tree, clause) and _located(tree, span)]


def _spoken_of(tree: Tree, clause: Clause) -> set[int]:
    """The tokens of what an act of words is about, empty for other acts."""
    if not clause.code.startswith(WORDS):
        return set()
    return {t for kid in tree.kids_of(clause.trigger, ("obj", "ccomp", "xcomp", "parataxis")) for t in tree.subtree(kid)}


def _acted_upon(tree: Tree, clause: Clause, spans: list[Span]) -> list[Span]:
    """Places that are themselves acted upon, gone to or left: “shelled Goris”, “the siege of Homs”, “withdrew from Kherson”, “the Mumbai attacks”."""
    if not clause.code.startswith(PHYSICAL):
        return []
    own, kids = phrase_below(tree, clause.trigger, None), tree.kids_of(clause.trigger, ("obj", "nsubj:pass", "compound", "conj"))
    things = {t for kid in kids for t in (kid, *tree.conjuncts(kid), *tree.kids_of(kid, ("compound", "flat")))}
    return [span for span in spans if (head := head_of(tree, span)) in own and (head in things or _located(tree, span, GOAL))
            and (not span.countries or clause.code.startswith("042"))]  # fmt: skip


def _where_the_doer_is(tree: Tree, clause: Clause, spans: list[Span]) -> list[Span]:
    """Names under a preposition of place in the subject: “protesters in Tehran clashed with police”."""
    doers = {t for kid in tree.kids_of(clause.trigger, SUBJECTS) for t in phrase_below(tree, kid)}
    return [span for span in spans if head_of(tree, span) in doers and _located(tree, span)]


def _around(tree: Tree, clause: Clause, spans: list[Span]) -> list[Span]:
    """Names in the clauses above, up to one that only says who tells it: “entered Goris, killing two”, “met in Geneva and agreed to …”."""
    below = clause.trigger
    for node in tree.ancestors(clause.trigger):
        if tree.deps[below] in ("ccomp", "parataxis") or tree.lemmas[node] in SPEECH:
            return []
        tokens = phrase_below(tree, node, frozenset({"obl", "obl:tmod", "obl:npmod", "nmod", "obj", "advmod", "obl:unmarked", "nsubj:pass", "nmod:unmarked", "dep"}))
        upon = {node, *(t for kid in tree.kids_of(node, ("obj", "nsubj:pass")) for t in (kid, *tree.conjuncts(kid)))} if clause.code.startswith(PHYSICAL) else set()
        found = [span for span in spans if (head := head_of(tree, span)) in tokens and (_located(tree, span) or upon and not span.countries and (head in upon or _located(tree, span, GOAL)))]
        if found:
            return found
        below = node
    return []


def _below(tree: Tree, clause: Clause, spans: list[Span]) -> list[Span]:
    """Names in the clauses below: “launched an attack that killed ten in Homs”."""
    below = set(tree.subtree(clause.trigger)) - _spoken_of(tree, clause)
    return [span for span in spans if head_of(tree, span) in below and _located(tree, span)]


def _nearby(tree: Tree, clause: Clause, spans: list[Span]) -> list[Span]:
    """For physical acts, names under a preposition of place elsewhere in the sentence, but not where something is said: trees lose adjuncts."""
    if not clause.code.startswith(PHYSICAL):
        return []
    near = [span for span in spans if abs(span.first - clause.trigger) <= REACH and _located(tree, span)]
    return [span for span in near if not any(tree.lemmas[node] in SPEECH and tree.deps[node] != "acl" for node in list(tree.ancestors(head_of(tree, span)))[:2])]


STEPS = (_said_there, _acted_upon, _where_the_doer_is, _around, _below, _nearby)
"""Where a place may stand, nearest first; the first step that gives a city or division ends the search."""
OWN_STEPS = (_said_there, _acted_upon, _where_the_doer_is)
"""Steps that may still refine a country: “shelled Goris in Armenia”."""


def _dateline(clause: Clause, setting: Setting) -> Place | None:
    """The dateline's place, where the act is one of its country's own; force happens where its target is."""
    place = setting.dateline
    where = clause.target or clause.source if clause.code.startswith(UPON_TARGET) else clause.source or clause.target
    wanted = {clause.source, clause.target} if clause.code.startswith(TOGETHER) else {where}
    return place if place and place.country and place.country in wanted else None


def _country_of_side(clause: Clause, gazetteer: Gazetteer) -> Place | None:
    """The country of the side that the act happens at: force and aid at their target's, words at their speaker's; a meeting of two countries anywhere."""
    if len({clause.source, clause.target} - {""}) == 2 and clause.code.startswith(TOGETHER):
        return None
    if clause.code.startswith(UPON_TARGET):
        return gazetteer.country(clause.target) or gazetteer.country(clause.source)
    return gazetteer.country(clause.source or clause.target)


def setting_of(trees: list[Tree], gazetteer: Gazetteer) -> Setting:
    """The countries an article's sentences name, and the place of its dateline: “KYIV, Ukraine (AP) —” as a first sentence of its own."""
    countries = {country for tree in trees for country in gazetteer.countries_of(tree.words)}
    first = trees[0] if trees else None
    dateline = _filed_at(first, gazetteer, countries) if first is not None and 1 < len(first) < 16 and first.words[-1] in ("—", "–", "-", "--", ":") else None
    return Setting(frozenset(countries), dateline)


def _filed_at(first: Tree, gazetteer: Gazetteer, countries: set[str]) -> Place | None:
    words = [word.title() if word.isupper() and len(word) > 3 else word for word in first.words]
    spans = gazetteer.find(words)
    holders = {country for span in spans[1:] for country in span.countries}
    return gazetteer.choose(spans[0].places, holders, countries) if spans and spans[0].first == 0 else None


def place_columns(where: Where, text: str, tree: Tree) -> dict:
    """The place columns of a row of `mentions`; an area has coordinates and its name, and no country."""
    place, span = where.place, where.name
    name = text[tree.starts[span.first] : tree.end(span.last - 1)] if span else None
    if place is None:
        return {"place_name": name, "place_country_code": None, "place_admin1_name": None, "place_latitude": None, "place_longitude": None, "place_precision": "none", "place_geonames_id": None}
    return {"place_name": name, "place_country_code": place.country or None, "place_admin1_name": place.admin1 or None, "place_latitude": place.latitude,
            "place_longitude": place.longitude, "place_precision": "none" if place.kind == "area" else place.kind, "place_geonames_id": place.id or None}  # fmt: skip
