"""Who does it to whom: from the heads a rule names to pairs of actors, a missing side read from the clause.

Every step may only add what the sentence says: a place, an owner, an actor named nearby; else the side stays unknown.
"""

from collections.abc import Iterable

from dyadflow.coder.actors import Actor, fellows, is_of_country, listed, place_entry
from dyadflow.coder.dictionary import WORLD
from dyadflow.coder.nearby import nearby_agent, nearby_source, nearby_target
from dyadflow.coder.rules.modes import ADDRESS_NEEDED
from dyadflow.coder.rules.nouns import TOWNS
from dyadflow.coder.sentence import Coding, Sentence
from dyadflow.coder.tree import Tree

SIDES = 4
VIOLENT = ("18", "19", "20")
STATEMENT = "010"
WORLD_CODES = frozenset(WORLD)
STATE_ROLES = frozenset({"GOV", "JUD", "LEG", "MIL", "COP", "SPY", "REB", "PTY", "LAB"})
"""Sectors that make an event by themselves where they act and no country is named: “the court convicted …”, not “critics attacked …”."""
DOMESTIC = STATE_ROLES | {"UAF", "OPP", "SEP"}
"""Sectors that are one's own country's where no other is named."""
STATE_ACTS = ("09", "172", "173", "174", "175")
AIMED_AT_HOME = ("14",)
HOMELY = ("082", "123", "1242", "132", "1723", "1724")
"""Acts towards one's own country or government where the sentence names no other."""
AT_HOME = ("14", "172", "173", "175")
"""Acts mostly done to people of one's own country."""
NEEDS_TARGET = ("05", "041")
"""Support of nobody is no event: “the bank supports the dollar”."""
MUTUAL = ("03", "04", "057", "06", "127")
"""Acts that two doers without a named target do with each other: “Jordan and Britain agreed to hold exercises”."""
GIVING = ("03", "06", "07", "08", "09", "12")
WEAK = 0.6
"""Certainty of an actor that only a place within the phrase names."""
SENDING = ("06", "07", "0874", "15")
FORCE = ("15", "17", "18", "19", "20")



def pairs(sentence: Sentence, coding: Coding) -> list[tuple[Actor | None, Actor | None]]:
    """(source, target) of every combination; empty where neither side is known."""
    sources, targets = actors_of(sentence, coding.sources), actors_of(sentence, coding.targets, as_target=not coding.is_reciprocal)
    targets = [target for target in targets if not _is_own(sentence, coding, target, sources)]
    targets = _foreign_noun(sentence, coding, sources, targets) or targets
    targets = _placed(sentence, coding, sources, targets)
    if len(sources) > 1 and coding.code.startswith(MUTUAL) and all(target.certainty <= WEAK or _is_venue(sentence, target) for target in targets):
        targets = []  # “agreed at talks in Brussels”: with each other, not with Brussels
    mutual = any(_is_mutual(sentence.tree, token) for token in coding.targets)
    if mutual:
        coding, targets = coding._replace(is_reciprocal=True), []
    if not sources and not coding.sources and len(targets) > 1 and coding.is_reciprocal and sentence.tree.is_passive(coding.trigger):  # “an accord was signed between China and Laos”
        sources, targets = targets, []
    if not targets and len(sources) > 1 and (coding.is_reciprocal or coding.code.startswith(MUTUAL)):
        return [(a, b) for a in sources for b in sources if a.code != b.code]
    if not any(is_of_country(source.code) for source in sources):
        sources = _doers(sentence, coding.sources) or sources
    if not sources and not coding.sources and coding.rules[0] != "noun":
        near = (nearby_agent if sentence.tree.is_passive(coding.trigger) else nearby_source)(sentence, coding.trigger)
        sources = [near] if near else []
    if coding.code.startswith((*VIOLENT, "171")) and _is_mishap(sentence, coding, bool(sources)):
        return []
    sources = [source for source in sources if not any(source.code[3:6] in sectors and coding.code.startswith(codes) for sectors, codes in sentence.lexicon.contexts.private)]
    sources, targets = complete(sentence, coding, sources, targets or _of_object(sentence, coding, sources) or _beneficiary(sentence, coding, sources))
    if not targets and sources and _may_reach(coding):
        near = nearby_target(sentence, coding.trigger, sources)
        targets = [near] if near and not _is_own(sentence, coding, near, sources) else []
        coding = coding._replace(is_reciprocal=coding.is_reciprocal and coding.code.startswith("04"))
    if not targets and sources and coding.code.startswith(HOMELY) and sources[0].code[:3] in sentence.countries:
        targets = [Actor(sources[0].code[:3], coding.trigger, coding.trigger + 1, (*sources[0].rows, "rule:place"), WEAK)]
    if not targets and (coding.code.startswith(NEEDS_TARGET) or ADDRESS_NEEDED in coding.rules):
        return []
    if coding.code.startswith(("01", "13")) and not any(is_of_country(actor.code) for actor in (*sources, *targets)):
        return []
    if not any(len(actor.code) > 3 or actor.code in STATE_ROLES or _is_worldly(sentence, actor.code) for actor in (*sources, *(t for t in targets if t.code not in STATE_ROLES))):
        return []
    found = [(a, b) for a in sources or [None] for b in targets or [None] if not _same(a, b)]
    found = found or [(a, None) for a in sources]
    if coding.is_reciprocal:
        found += [(b, a) for a, b in found if a and b]
    return found


def _is_worldly(sentence: Sentence, code: str) -> bool:
    """Whether the code is that of a country or of a world actor."""
    return code in sentence.countries or code in WORLD_CODES


def _may_reach(coding: Coding) -> bool:
    """Whether a target may be looked for by nearness alone: not for statements, nor for a noun in passing unless it is force."""
    return coding.code != STATEMENT and (coding.rules[:2] != ("noun", "own sides") or coding.code.startswith(FORCE))


def complete(sentence: Sentence, coding: Coding, sources: list[Actor], targets: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """Both sides, a missing one read from where the act is said to happen.

    Arrests and curfews are acts of the state of the place (“was arrested in Niger”), protests of its people; force hits the country it is used in
    (“bombed a market in Aden”); a protest is aimed at the government of its place unless another is named.
    """
    if not sources and coding.code.startswith((*STATE_ACTS, "14")):
        sources = _of_place(sentence, coding.trigger, None)
    if not targets and sources and coding.code.startswith(FORCE) and not coding.is_reciprocal:
        targets = _of_place(sentence, coding.trigger, None)
    if not targets and sources and coding.code.startswith(AIMED_AT_HOME) and not is_state_itself(sentence, sources[0]):
        home = sources[0] if sources[0].code[:3] in sentence.countries else None
        targets = _of_place(sentence, coding.trigger, home)
    return sources, targets


def is_state_itself(sentence: Sentence, source: Actor | None) -> bool:
    """Whether a protest is a government's, which objects (CAMEO 110) rather than demonstrates: “Ankara has long protested at the alliance”."""
    match = sentence.names.phrase_at.get(source.last - 1) if source else None
    return source is not None and (source.code[3:] == "GOV" or source.code[3:] == "" and match is not None and match.entries[0].kind in ("names", "capitals", "seats"))


def _is_mishap(sentence: Sentence, coding: Coding, has_doer: bool) -> bool:
    """Whether deaths are an accident, an act of nature, an illness or sport: “a ferry sank, killing 66”.

    The subject itself may be the mishap, or the verb above; without any doer a noun of it anywhere in the sentence is enough.
    """
    tree, disasters = sentence.tree, sentence.lexicon.disasters
    if any(tree.lemmas[node] in sentence.lexicon.contexts.mishaps and tree.upos[node] == "VERB" for node in tree.ancestors(coding.trigger)):
        return True
    tokens = coding.sources if has_doer else [t for t in range(len(tree)) if tree.upos[t] in ("NOUN", "PROPN") and not _is_shot(tree, t)]
    return any(tree.lemmas[token] in disasters or tree.lower[token] in disasters for token in tokens)


def _is_shot(tree: Tree, token: int) -> bool:
    """Whether “fire” is gunfire: opened, returned or exchanged."""
    return tree.lemmas[token] == "fire" and (tree.lemmas[tree.heads[token]] in ("open", "return", "exchange", "cease", "hold") or tree.deps[token] != "nsubj" and bool(tree.kids_of(token, ("compound",))))


def _doers(sentence: Sentence, tokens: Iterable[int]) -> list[Actor]:
    """Who is behind a subject that is no actor itself: “a series of airstrikes by Russian jets”, “a Taliban-claimed bomb”."""
    tree, found = sentence.tree, []
    for token in tokens:
        below = [t for t in tree.subtree(token) if tree.deps[t] in ("nmod", "obl", "obl:agent") and "by" in tree.prepositions(t)]
        backers = [t for t in tree.subtree(token) if t < token and t in sentence.names.phrase_at and tree.lower[t + 1 : t + 2] == ["-"]]
        found += [actor for t in below if (actor := sentence.actor(t))] or [actor for t in backers if (actor := sentence.actor(t))]
    return found[:1]


COMPLEMENTS = ("obj", "iobj", "obl", "nmod", "xcomp", "compound", "nmod:poss", "amod", "conj", "acl")


def _is_own(sentence: Sentence, coding: Coding, target: Actor, sources: list[Actor]) -> bool:
    """Whether what is acted upon is the doer's own: “Egypt will withdraw its troops” is not done to Egypt."""
    if _is_own_force(coding, target, sources):
        return True
    tree = sentence.tree
    pronouns = (t for t in range(target.first, min(target.last, len(tree))) if tree.lower[t] in ("its", "their", "his", "her", "our", "my"))
    return any(tree.deps[t] == "nmod:poss" for t in pronouns) and any(source.code[:3] == target.code[:3] for source in sources)


def _is_venue(sentence: Sentence, actor: Actor) -> bool:
    """Whether the actor is a town something happens in: “at talks in Brussels”."""
    token = actor.last - 1
    match = sentence.names.phrase_at.get(token)
    return match is not None and match.entries[0].kind in TOWNS and bool({"in", "at", "near"}.intersection(sentence.tree.prepositions(token)))


def _is_own_force(coding: Coding, target: Actor, sources: list[Actor]) -> bool:
    """Whether the forces sent or withdrawn are the doer's: “Moscow deployed 2,000 Russian peacekeepers”."""
    return coding.code.startswith(SENDING) and target.code[3:6] == "MIL" and any(source.code[:3] == target.code[:3] for source in sources)


def _of_object(sentence: Sentence, coding: Coding, sources: list[Actor]) -> list[Actor]:
    """The actor that the object of a verb belongs to, comes from or lies in: “rejected a request from India”."""
    if coding.is_reciprocal or coding.rules[0] not in ("verb", "mode"):
        return []
    for token in sentence.tree.roles(coding.trigger).objects:
        actor = sentence.actor(token, True)
        if actor and not _is_own(sentence, coding, actor, sources) and not any(_same(actor, source) for source in sources):
            return [actor]
    return []


def _beneficiary(sentence: Sentence, coding: Coding, sources: list[Actor]) -> list[Actor]:
    """For a cooperative act whose pattern found no target: the first other country among the complements of its verb.

    “Germany gave 300 million euros to promote investment in Ethiopia” is aid to Ethiopia.
    """
    if not sources or coding.is_reciprocal or not coding.code.startswith(GIVING):
        return []
    tree, own = sentence.tree, {source.code[:3] for source in sources}
    queue, seen = [coding.trigger], {coding.trigger}
    while queue:
        node = queue.pop(0)
        for kid in tree.kids_of(node, COMPLEMENTS):
            if kid in seen or kid < coding.trigger:
                continue
            seen.add(kid)
            queue.append(kid)
            actor = sentence.actor(kid, True) if tree.upos[kid] in ("NOUN", "PROPN") else None
            if actor and actor.code[:3] not in own and _is_worldly(sentence, actor.code[:3]):
                return [actor]
    return _of_place(sentence, coding.trigger, None)


def _of_place(sentence: Sentence, trigger: int, home: Actor | None) -> list[Actor]:
    """The country of the clause's place, else that of the given actor; as an actor that no word of its own names."""
    place = place_entry(sentence.tree, trigger, sentence.names)
    code, rows = (place.code, (place.row,)) if place else (home.code, home.rows) if home else ("", ())
    return [Actor(code[:3], trigger, trigger + 1, ("rule:place", *rows), 0.5)] if code else []


def _is_mutual(tree: Tree, token: int) -> bool:
    """Whether the side acted upon is “each other” or “one another”."""
    return tree.lower[token] in ("each", "one", "other", "another") and tree.lower[token - 1 : token + 2][-2:] in (["each", "other"], ["one", "another"])


def _placed(sentence: Sentence, coding: Coding, sources: list[Actor], targets: list[Actor]) -> list[Actor]:
    """The targets, those of no country (“people”, “troops”) given up where two doers act on each other or another actor is named nearby."""
    if not sources or not targets or any(is_of_country(target.code) for target in targets):
        return targets
    if len(sources) > 1 and coding.code.startswith(MUTUAL):
        return []
    near = nearby_target(sentence, coding.trigger, sources) if _may_reach(coding) and not coding.code.startswith(AT_HOME) else None
    own = {source.code[:3] for source in sources}
    if near and near.code[:3] not in own:
        return [near]
    home = next(iter(own & sentence.countries), None) if len(own) == 1 else None
    codes = {source.code for source in sources}
    return [target._replace(code=home + target.code) if home and target.code in DOMESTIC and home + target.code not in codes else target for target in targets]


def _foreign_noun(sentence: Sentence, coding: Coding, sources: list[Actor], targets: list[Actor]) -> list[Actor]:
    """The actor a pattern's own noun names, where the slot gave none but the doer's own country: “expelled a Bulgarian diplomat”."""
    own = {source.code[:3] for source in sources}
    if not own or not coding.targets or coding.rules[0] != "verb" or any(target.code[:3] not in own for target in targets):
        return []
    found = actors_of(sentence, [token for token in sorted(coding.consumes) if token not in coding.targets])
    return [actor for actor in found if _is_worldly(sentence, actor.code[:3]) and actor.code[:3] not in own]


def _same(a: Actor | None, b: Actor | None) -> bool:
    return a is not None and b is not None and (a.first == b.first or a.code == b.code and a.first < b.last and b.first < a.last)


def actors_of(sentence: Sentence, tokens: Iterable[int], as_target: bool = False) -> list[Actor]:
    """The known actors of noun phrases and of what is coordinated with them, each code once."""
    found: dict[str, Actor] = {}
    for token in tokens:
        for conjunct in sentence.tree.conjuncts(token)[:SIDES]:
            both = sentence.both(conjunct)
            found |= {one.code: one for one in both}
            actor = None if both else sentence.actor(conjunct, as_target)
            for one in (actor, *fellows(sentence.tree, conjunct, sentence.names, actor), *(listed(sentence.tree, sentence.names, actor) if as_target else ())) if actor else ():
                found.setdefault(one.code, one)
    of_country = [actor for actor in found.values() if is_of_country(actor.code)]
    return of_country or list(found.values())

