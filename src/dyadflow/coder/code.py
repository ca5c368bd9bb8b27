"""The coder: articles in, mentions out. `RULES` is the whole of what it does, in order.

A mention is made where a rule reads a trigger and at least one side of it is a known actor; nothing is invented: an
unknown side is `---`, an unknown action is no mention.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from dyadflow.coder.actors import Actor, fellows, is_of_country, place_entry
from dyadflow.coder.casualties import fatalities
from dyadflow.coder.dates import when
from dyadflow.coder.dictionary import WORLD, Dictionary
from dyadflow.coder.lexicon import Lexicon
from dyadflow.coder.nearby import nearby_agent, nearby_source, nearby_target
from dyadflow.coder.repair import repair
from dyadflow.coder.rules.modes import ADDRESS_NEEDED, mode_rule
from dyadflow.coder.rules.nouns import noun_rule
from dyadflow.coder.rules.speech import speech_rule, wish_rule
from dyadflow.coder.rules.verbs import verb_rule
from dyadflow.coder.sentence import Coding, Sentence, read_sentence
from dyadflow.coder.status import Standing, standing
from dyadflow.coder.tree import Tree
from dyadflow.schema import EVENT_STATUSES, NO_ACTOR

RULES = (wish_rule, mode_rule, verb_rule, noun_rule, speech_rule)
"""The order is data: a rule's reading uses up the triggers it consumes for all rules after it."""

CONFIDENCE = {"mode": 0.75, "verb": 0.8, "noun": 0.7, "speech": 0.6}
COOPERATIVE = ("04", "05", "06", "07", "08")
HOSTILE = ("14", "15", "16", "17", "18", "19", "20")
SIDES = 4


class Mention(NamedTuple):
    """One coded clause, positions in tokens of its sentence; `mention_rows` turns them into offsets.

    `beside` are the dictionary rows of the reading's other actors: who was coordinated with a side, or dropped as its own.
    """

    coding: Coding
    source: Actor | None
    target: Actor | None
    code: str
    standing: Standing
    speaker: str | None
    beside: tuple[str, ...] = ()


def code_sentence(tree: Tree, dictionary: Dictionary, lexicon: Lexicon, day: date | None) -> list[Mention]:
    """All mentions of one parsed sentence, in the order of their triggers."""
    if lexicon.triggers.isdisjoint(tree.lemmas):
        return []
    sentence = read_sentence(repair(tree), dictionary, lexicon, day)
    if not sentence.names.phrase_at and not sentence.names.role_at:
        return []
    mentions = [mention for coding in readings(sentence) for mention in mentions_of(sentence, coding)]
    return sorted(dict.fromkeys(_without_echo(mentions)), key=lambda m: m.coding.trigger)


def _without_echo(mentions: list[Mention]) -> list[Mention]:
    """The mentions without bare statements of an actor whose words were coded as an act of its own: “said it will not talk”."""
    acting = {mention.source.code for mention in mentions if mention.source and mention.coding.rules[0] != "speech" and mention.standing.status in EVENT_STATUSES}
    return [m for m in mentions if m.coding.rules[0] != "speech" or m.source and m.source.code not in acting]


def readings(sentence: Sentence) -> list[Coding]:
    """The readings of all rules, each trigger read once: by the first rule that reads it and is not used up by another.

    A noun that a verb's pattern used keeps its own reading where it names a doer of its own: “condemned the attack by Hamas”.
    """
    taken: dict[int, list[Coding]] = {}
    consumed: set[int] = set()
    for rule in RULES:
        found = [coding for coding in rule(sentence) if coding.trigger not in taken and (coding.trigger not in consumed or _stands_alone(coding, taken))]
        for coding in found:
            taken.setdefault(coding.trigger, []).append(coding)
        for coding in found:
            consumed |= coding.consumes
    return [coding for trigger, codings in sorted(taken.items()) for coding in codings if trigger not in consumed or coding.status or _stands_alone(coding, taken)]


def _stands_alone(coding: Coding, taken: dict[int, list[Coding]]) -> bool:
    """Whether a used-up event noun says by whom, and that is not who did what used it up."""
    if coding.rules[:2] != ("noun", "own sides") or not coding.sources:
        return False
    users = [other for found in taken.values() for other in found if coding.trigger in other.consumes]
    return all(other.rules[0] == "verb" and not set(other.sources) & set(coding.sources) and other.code[:2] not in ("14", "15", "16", "17", "18", "19", "20") for other in users)


def mentions_of(sentence: Sentence, coding: Coding) -> Iterator[Mention]:
    """The mentions of one reading: coordinated sides spread out, both directions of a reciprocal act."""
    found = pairs(sentence, coding)
    if not found:
        return
    stand = standing(sentence.tree, coding.trigger, sentence.lexicon)
    if coding.status or _is_attempt(coding, stand):
        stand = stand._replace(status=coding.status or "fact")
    code, stand = _future(coding, stand, sentence.lexicon)
    speaker = stand.speaker is not None and sentence.actor(stand.speaker)
    rows = _rows_of_sides(sentence, coding)
    for source, target in found:
        own = {row for actor in (source, target) if actor for row in actor.rows}
        beside = tuple(row for row in rows if row not in own)
        yield Mention(coding, source, target, code, stand, speaker.code if speaker else None, beside)
        other = sentence.lexicon.counterparts.get(code)
        if other and _is_state(sentence, source) and _is_state(sentence, target):
            yield Mention(coding, target, source, other, stand, speaker.code if speaker else None, beside)


def _rows_of_sides(sentence: Sentence, coding: Coding) -> dict[str, None]:
    """The dictionary rows of all actors that the sides of a reading name, in order."""
    actors = (*_actors(sentence, coding.sources), *_actors(sentence, coding.targets, True))
    return dict.fromkeys(row for actor in actors for row in actor.rows)


def _is_state(sentence: Sentence, actor: Actor | None) -> bool:
    """Whether the actor is a country or its government."""
    return actor is not None and actor.code[:3] in sentence.countries and actor.code[3:] in ("", "GOV")


def _is_worldly(sentence: Sentence, code: str) -> bool:
    """Whether the code is a country's or a world actor's."""
    return code in sentence.countries or code in WORLD_CODES


def _is_attempt(coding: Coding, stand: Standing) -> bool:
    """Whether a hostile act was at least tried, which is an act itself: “tried to hack into”, “an attempt to assassinate”."""
    return stand.status == "planned" and coding.code.startswith(FORCE) and set(stand.reasons) <= TRYING


def _future(coding: Coding, stand: Standing, lexicon: Lexicon) -> tuple[str, Standing]:
    """What lies ahead is itself an act: will cooperate is an expressed intent (CAMEO 03x), will not is a refusal (12x), will strike a threat (13x)."""
    if not stand.is_future:
        return coding.code, stand
    mode = {"planned": "intend", "negated": "reject"}.get(stand.status) if coding.code[:2] in COOPERATIVE else "threaten" if stand.status == "planned" and coding.code[:2] in HOSTILE else None
    code = mode and lexicon.compose(mode, coding.code)
    return (code, stand._replace(status="fact")) if code else (coding.code, stand)


def pairs(sentence: Sentence, coding: Coding) -> list[tuple[Actor | None, Actor | None]]:
    """(source, target) of every combination; empty where neither side is known."""
    sources, targets = _actors(sentence, coding.sources), _actors(sentence, coding.targets, as_target=not coding.is_reciprocal)
    targets = [target for target in targets if not _is_own(sentence, target, sources)]
    targets = _foreign_noun(sentence, coding, sources, targets) or targets
    targets = _placed(sentence, coding, sources, targets)
    mutual = any(_is_mutual(sentence.tree, token) for token in coding.targets)
    if mutual:
        coding, targets = coding._replace(is_reciprocal=True), []
    if not targets and len(sources) > 1 and (coding.is_reciprocal or coding.code.startswith(MUTUAL)):
        return [(a, b) for a in sources for b in sources if a.first != b.first and a.code != b.code]
    if not any(is_of_country(source.code) for source in sources):
        sources = _doers(sentence, coding.sources) or sources
    if not sources and not coding.sources and coding.rules[0] != "noun":
        near = (nearby_agent if sentence.tree.is_passive(coding.trigger) else nearby_source)(sentence, coding.trigger)
        sources = [near] if near else []
    if coding.code.startswith(VIOLENT) and _is_mishap(sentence, coding, bool(sources)):
        return []
    sources, targets = complete(sentence, coding, sources, targets or _of_object(sentence, coding, sources) or _beneficiary(sentence, coding, sources))
    if not targets and sources and _may_reach(coding):
        near = nearby_target(sentence, coding.trigger, sources)
        targets = [near] if near else []
        coding = coding._replace(is_reciprocal=False)
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


def _may_reach(coding: Coding) -> bool:
    """Whether a target may be looked for by nearness alone: not for statements, nor for a noun in passing unless it is force."""
    return coding.code != STATEMENT and (coding.rules[:2] != ("noun", "own sides") or coding.code.startswith(FORCE))


VIOLENT = ("18", "19", "20")
STATEMENT = "010"
WORLD_CODES = frozenset(WORLD)
STATE_ROLES = frozenset({"GOV", "JUD", "LEG", "MIL", "COP", "SPY", "REB", "PTY", "LAB"})
"""Sectors that make an event by themselves where they act and no country is named: “the court convicted …”, not “critics attacked …”."""
DOMESTIC = STATE_ROLES | {"UAF", "OPP", "SEP"}
"""Sectors that are one's own country's where no other is named."""
STATE_ACTS = ("172", "173", "174", "175")
AIMED_AT_HOME = ("14",)
AT_HOME = ("14", "172", "173", "175")
"""Acts mostly done to people of one's own country."""
NEEDS_TARGET = ("05", "041")
"""Support of nobody is no event: “the bank supports the dollar”."""
MUTUAL = ("03", "04", "057", "06", "127")
"""Acts that two doers without a named target do with each other: “Jordan and Britain agreed to hold exercises”."""
GIVING = ("03", "06", "07", "08", "09", "12")
TRYING = frozenset({"try", "attempt"})
FORCE = ("15", "17", "18", "19", "20")


def complete(sentence: Sentence, coding: Coding, sources: list[Actor], targets: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """Both sides, a missing one read from where the act is said to happen.

    Arrests and curfews are acts of the state of the place (“was arrested in Niger”); force hits the country it is used in
    (“bombed a market in Aden”); a protest is aimed at the government of its place unless another is named.
    """
    if not sources and coding.code.startswith(STATE_ACTS):
        sources = _of_place(sentence, coding.trigger, None)
    if not targets and sources and coding.code.startswith(FORCE) and not coding.is_reciprocal:
        targets = _of_place(sentence, coding.trigger, None)
    if not targets and sources and coding.code.startswith(AIMED_AT_HOME):
        home = sources[0] if sources[0].code[:3] in sentence.countries else None
        targets = _of_place(sentence, coding.trigger, home)
    return sources, targets


def _is_mishap(sentence: Sentence, coding: Coding, has_doer: bool) -> bool:
    """Whether deaths are an accident, an act of nature, an illness or sport: “a ferry sank, killing 66”.

    The subject itself may be the mishap; without any doer a word of it anywhere in the sentence is enough.
    """
    tree, disasters = sentence.tree, sentence.lexicon.disasters
    tokens = coding.sources if has_doer else range(len(tree))
    return any(tree.lemmas[token] in disasters or tree.lower[token] in disasters for token in tokens)


def _doers(sentence: Sentence, tokens: Iterable[int]) -> list[Actor]:
    """Who is behind a subject that is no actor itself: “a series of airstrikes by Russian jets”, “a Taliban-claimed bomb”."""
    tree, found = sentence.tree, []
    for token in tokens:
        below = [t for t in tree.subtree(token) if tree.deps[t] in ("nmod", "obl", "obl:agent") and "by" in tree.prepositions(t)]
        backers = [t for t in tree.subtree(token) if t < token and t in sentence.names.phrase_at and tree.lower[t + 1 : t + 2] == ["-"]]
        found += [actor for t in below if (actor := sentence.actor(t))] or [actor for t in backers if (actor := sentence.actor(t))]
    return found[:1]


COMPLEMENTS = ("obj", "iobj", "obl", "nmod", "xcomp", "compound", "nmod:poss", "amod", "conj", "acl")


def _is_own(sentence: Sentence, target: Actor, sources: list[Actor]) -> bool:
    """Whether what is acted upon is the doer's own: “Egypt will withdraw its troops” is not done to Egypt."""
    tree = sentence.tree
    pronouns = (t for t in range(target.first, min(target.last, len(tree))) if tree.lower[t] in ("its", "their", "his", "her"))
    return any(tree.deps[t] == "nmod:poss" for t in pronouns) and any(source.code[:3] == target.code[:3] for source in sources)


def _of_object(sentence: Sentence, coding: Coding, sources: list[Actor]) -> list[Actor]:
    """The actor that the object of a verb belongs to, comes from or lies in: “rejected a request from India”."""
    if coding.is_reciprocal or coding.rules[0] not in ("verb", "mode"):
        return []
    for token in sentence.tree.roles(coding.trigger).objects:
        actor = sentence.actor(token, True)
        if actor and not _is_own(sentence, actor, sources) and not any(_same(actor, source) for source in sources):
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
    if not own or coding.rules[0] != "verb" or any(target.code[:3] not in own for target in targets):
        return []
    found = _actors(sentence, [token for token in sorted(coding.consumes) if token not in coding.targets])
    return [actor for actor in found if _is_worldly(sentence, actor.code[:3]) and actor.code[:3] not in own]


def _same(a: Actor | None, b: Actor | None) -> bool:
    return a is not None and b is not None and (a.first == b.first or a.code == b.code and a.first < b.last and b.first < a.last)


def _actors(sentence: Sentence, tokens: Iterable[int], as_target: bool = False) -> list[Actor]:
    """The known actors of noun phrases and of what is coordinated with them, each code once."""
    found: dict[str, Actor] = {}
    for token in tokens:
        for conjunct in sentence.tree.conjuncts(token)[:SIDES]:
            actor = sentence.actor(conjunct, as_target)
            for one in (actor, *fellows(sentence.tree, conjunct, sentence.names, actor)) if actor else ():
                found.setdefault(one.code, one)
    of_country = [actor for actor in found.values() if is_of_country(actor.code)]
    return of_country or list(found.values())


class Coded(NamedTuple):
    """A sentence with its mentions, ready to become rows: number and offset in the article, text, tree, mentions."""

    number: int
    start: int
    text: str
    tree: Tree
    mentions: list[Mention]


def mention_rows(article_id: str, coded: Coded, published: date | None) -> Iterator[dict]:
    """The rows of table `mentions` for one sentence, without ids and versions, which the pipeline adds."""
    for mention in coded.mentions:
        yield {"article_id": article_id, "sentence_number": coded.number, "sentence_text": coded.text, "sentence_start": coded.start,
               **_sides(coded, mention), **_action(coded, mention), **_circumstances(coded, mention, published),
               "attributed_to_code": mention.speaker, "confidence": confidence(mention), "why": why(coded.tree, mention)}  # fmt: skip


def _sides(coded: Coded, mention: Mention) -> dict:
    row: dict = {}
    for side, actor in (("source", mention.source), ("target", mention.target)):
        named = actor is not None and "rule:place" not in actor.rows
        start, end = _span(coded.tree, actor.first, actor.last) if named else (None, None)
        row |= {f"{side}_actor_code": actor.code if actor else NO_ACTOR, f"{side}_name": coded.text[start:end] if named else None,
                f"{side}_start": start + coded.start if named else None, f"{side}_end": end + coded.start if named else None}  # fmt: skip
    return row


def _span(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """Character offsets in the sentence of tokens [first, last)."""
    return tree.starts[first], tree.end(last - 1)


def _action(coded: Coded, mention: Mention) -> dict:
    start, end = _span(coded.tree, mention.coding.trigger, mention.coding.trigger + 1)
    return {"action_code": mention.code, "action_text": coded.text[start:end], "action_start": start + coded.start, "action_end": end + coded.start}


def _circumstances(coded: Coded, mention: Mention, published: date | None) -> dict:
    day = when(coded.text, published)
    deaths = fatalities(coded.text) if mention.code[:2] in ("18", "19", "20") else None
    return {"status": mention.standing.status, "event_date_start": day.start, "event_date_end": day.end, "event_date_precision": day.precision,
            "event_date_basis": day.basis, "fatality_count": deaths, "place_precision": "none"}  # fmt: skip


def confidence(mention: Mention) -> float:
    """0 to 1: the rule's own trust times the certainty of the named sides; an unknown side costs a quarter."""
    value = CONFIDENCE.get(mention.coding.rules[0], 0.6)
    for actor in (mention.source, mention.target):
        value *= actor.certainty if actor else 0.75
    return round(value, 4)


def why(tree: Tree, mention: Mention) -> str:
    """What fired, as JSON: pattern row, rules, dictionary rows, trigger, the words that set the status, and the rows of actors beside."""
    rows = {side: list(actor.rows) for side, actor in (("source", mention.source), ("target", mention.target)) if actor}
    parts = {"pattern": mention.coding.pattern, "rules": list(mention.coding.rules), "trigger": mention.coding.trigger,
             "lemma": tree.lemmas[mention.coding.trigger], "actors": rows, "status": list(mention.standing.reasons), **({"beside": list(mention.beside)} if mention.beside else {})}  # fmt: skip
    return json.dumps(parts, ensure_ascii=False, sort_keys=True)
