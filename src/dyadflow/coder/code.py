"""The coder: articles in, mentions out. `RULES` is the whole of what it does, in order.

A mention is made where a rule reads a trigger and at least one side of it is a known actor; nothing is invented: an
unknown side is `---`, an unknown action is no mention.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dyadflow.coder.actors import Actor
from dyadflow.coder.casualties import Toll, casualties
from dyadflow.coder.dates import when
from dyadflow.coder.dictionary import Dictionary
from dyadflow.coder.discourse import Discourse, after
from dyadflow.coder.gazetteer import Gazetteer, Span
from dyadflow.coder.lexicon import Lexicon
from dyadflow.coder.places import NOWHERE, Clause, Setting, place_columns, place_of, spans_in
from dyadflow.coder.repair import repair
from dyadflow.coder.rules.modes import mode_rule
from dyadflow.coder.rules.nouns import noun_rule
from dyadflow.coder.rules.speech import speech_rule, wish_rule
from dyadflow.coder.rules.verbs import verb_rule
from dyadflow.coder.sentence import Coding, Sentence, read_sentence
from dyadflow.coder.sides import FORCE, STATEMENT, VIOLENT, actors_of, is_state_itself, pairs
from dyadflow.coder.status import Standing, standing
from dyadflow.coder.tree import Tree
from dyadflow.schema import EVENT_STATUSES, NO_ACTOR

RULES = (wish_rule, mode_rule, verb_rule, noun_rule, speech_rule)
"""The order is data: a rule's reading uses up the triggers it consumes for all rules after it."""

CONFIDENCE = {"mode": 0.75, "verb": 0.8, "noun": 0.7, "speech": 0.6}
COOPERATIVE = ("04", "05", "06", "07", "08")
HOSTILE = ("14", "15", "16", "17", "18", "19", "20")
HARMING = ("14", "15", "17", "18", "19", "20")
"""Acts whose clause may state casualties: violent protest, force shown and used, arrests."""
DENYING = ("011", "016")
"""Acts that are worded as a negation: “had no comment”, “had no part in it”."""
VERBAL = ("02", "09", "10", "11", "12", "13")
"""Acts whose announcement does them: “will demand”, “will investigate”."""
OBJECTION = "110"
LEAD = 2
"""Sentences after the dateline to which it says where."""
TRYING = frozenset({"try", "attempt"})


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
    """All mentions of one parsed sentence by itself, in the order of their triggers."""
    return code_next(tree, dictionary, lexicon, day, None, "")[0]


def code_next(tree: Tree, dictionary: Dictionary, lexicon: Lexicon, day: date | None, before: Discourse | None, text: str) -> tuple[list[Mention], Discourse | None]:
    """The mentions of an article's next sentence and the discourse after it; a sentence without `before` stands by itself."""
    if before is None and lexicon.triggers.isdisjoint(tree.lemmas):
        return [], None
    sentence = read_sentence(repair(tree, lexicon.predicates), dictionary, lexicon, day, before)
    mentions: list[Mention] = []
    if sentence.names.phrase_at or sentence.names.role_at or before is not None:
        found = [mention for coding in readings(sentence) for mention in mentions_of(sentence, coding)]
        mentions = sorted(dict.fromkeys(_without_echo(found, sentence)), key=lambda m: m.coding.trigger)
    return mentions, before and after(before, sentence, text)


def _without_echo(mentions: list[Mention], sentence: Sentence) -> list[Mention]:
    """The mentions without what only repeats another.

    That is a bare statement of an actor whose words were coded as an act of its own (“said it will not talk”) or tell of an act
    that is coded (“said Israel had shelled the port”), and injuring beside killing by the same doer.
    """
    acting = {mention.source.code for mention in mentions if mention.source and mention.coding.rules[0] != "speech" and mention.standing.status in EVENT_STATUSES}
    killing = {mention.source and mention.source.code for mention in mentions if mention.code.startswith(VIOLENT) and not _is_echo(sentence, mention)}
    telling = {mention.speaker for mention in mentions if mention.coding.rules[0] != "speech" and mention.standing.status in EVENT_STATUSES}
    kept = (m for m in mentions if m.coding.rules[0] != "speech" or m.source and m.source.code not in acting and (m.code != STATEMENT or m.source.code not in telling))
    return [m for m in kept if not (_is_echo(sentence, m) and (m.source and m.source.code) in killing)]


def _is_echo(sentence: Sentence, mention: Mention) -> bool:
    return sentence.tree.lemmas[mention.coding.trigger] in sentence.lexicon.contexts.echoes


def readings(sentence: Sentence) -> list[Coding]:
    """The readings of all rules, each trigger read once: by the first rule that reads it and is not used up by another.

    A noun that a verb's pattern used keeps its own reading where it names a doer of its own: “condemned the attack by Hamas”.
    """
    taken: dict[int, list[Coding]] = {}
    consumed: set[int] = set()
    for rule in RULES:
        found = [coding for coding in rule(sentence) if not _is_out_of_place(sentence, coding) and coding.trigger not in taken and (coding.trigger not in consumed or _stands_alone(coding, taken))]
        for coding in found:
            taken.setdefault(coding.trigger, []).append(coding)
        for coding in found:
            consumed |= coding.consumes
    return [coding for trigger, codings in sorted(taken.items()) for coding in codings if trigger not in consumed or coding.status or _stands_alone(coding, taken)]


def _is_out_of_place(sentence: Sentence, coding: Coding) -> bool:
    """Whether the sentence speaks of something else: sport, science, a “heart attack”, a bare statement of figures."""
    tree, contexts = sentence.tree, sentence.lexicon.contexts
    is_bare = coding.code == STATEMENT and tree.lemmas[coding.trigger] in contexts.mute
    return is_bare or coding.code.startswith(sentence.dropped) or contexts.blocks(tree, coding.trigger)


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
    if stand.status == "negated" and coding.code.startswith(DENYING) or stand.is_future and stand.status == "planned" and coding.code.startswith(VERBAL):
        stand = stand._replace(status="fact")
    code, stand = _future(coding, stand, sentence.lexicon)
    speaker = sentence.actor(stand.speaker) if stand.speaker is not None else None
    if stand.speaker is None and sentence.quoted:  # inside somebody's quotation
        speaker = sentence.quoted
        stand = stand._replace(status="claimed", reasons=(*stand.reasons, "context:quotation")) if stand.status == "fact" else stand
    rows = _rows_of_sides(sentence, coding)
    for source, target in found:
        own = {row for actor in (source, target) if actor for row in actor.rows}
        done = OBJECTION if code.startswith("14") and is_state_itself(sentence, source) else code
        how = stand._replace(status="fact") if stand.status == "claimed" and _is_own_word(code, source, speaker) else stand
        told = speaker.rows if speaker else ()
        beside = tuple(dict.fromkeys(row for row in (*rows, *told) if row not in own))
        yield Mention(coding, source, target, done, how, speaker.code if speaker else None, beside)
        other = sentence.lexicon.counterparts.get(code)
        if other and _is_state(sentence, source) and _is_state(sentence, target):
            yield Mention(coding, target, source, other, how, speaker.code if speaker else None, beside)


def _rows_of_sides(sentence: Sentence, coding: Coding) -> dict[str, None]:
    """The dictionary rows of all actors that the sides of a reading name, in order."""
    actors = (*actors_of(sentence, coding.sources), *actors_of(sentence, coding.targets, True))
    return dict.fromkeys(row for actor in actors for row in actor.rows)


def _is_own_word(code: str, source: Actor | None, speaker: Actor | None) -> bool:
    """Whether a speaker tells of an own act that is done by saying it or that nobody disputes: “We call on …”, “said he had called Macron”."""
    return code < "14" and source is not None and speaker is not None and source.code[:3] == speaker.code[:3]


def _is_state(sentence: Sentence, actor: Actor | None) -> bool:
    """Whether the actor is a country or its government."""
    return actor is not None and actor.code[:3] in sentence.countries and actor.code[3:] in ("", "GOV")


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


class Coded(NamedTuple):
    """A sentence with its mentions, ready to become rows: number and offset in the article, text, tree, mentions, and what was said before."""

    number: int
    start: int
    text: str
    tree: Tree
    mentions: list[Mention]
    before: Discourse | None = None


def mention_rows(article_id: str, coded: Coded, published: date | None, gazetteer: Gazetteer | None = None, setting: Setting = NOWHERE) -> Iterator[dict]:
    """The rows of table `mentions` for one sentence, without ids and versions, which the pipeline adds; without a gazetteer, without places."""
    spans = spans_in(coded.tree, gazetteer) if gazetteer and coded.mentions else []
    for mention in coded.mentions:
        yield {"article_id": article_id, "sentence_number": coded.number, "sentence_text": coded.text, "sentence_start": coded.start,
               **_sides(coded, mention), **_action(coded, mention), **_circumstances(coded, mention, published), **_place(coded, mention, gazetteer, setting, spans),
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
    day = when(coded.tree, mention.coding.trigger, published, has_happened=mention.standing.status in EVENT_STATUSES)
    toll = casualties(coded.tree, mention.coding.trigger) if mention.code[:2] in HARMING else Toll()
    first, last = toll.killed.first, toll.killed.last
    start, end = _span(coded.tree, first, last) if last > first else (0, 0)
    return {"status": mention.standing.status, "event_date_start": day.start, "event_date_end": day.end, "event_date_precision": day.precision,
            "event_date_basis": day.basis, "fatality_count": toll.killed.count, "fatality_bound": toll.killed.bound, "fatality_name": coded.text[start:end] or None,
            "wounded_count": toll.wounded.count, "wounded_bound": toll.wounded.bound, "detained_count": toll.detained.count, "detained_bound": toll.detained.bound}  # fmt: skip


def _place(coded: Coded, mention: Mention, gazetteer: Gazetteer | None, setting: Setting, spans: list[Span]) -> dict:
    if gazetteer is None:
        return {"place_precision": "none"}
    source, target = (actor.code[:3] if actor else "" for actor in (mention.source, mention.target))
    setting = setting if coded.number <= LEAD else setting._replace(dateline=None)
    where = place_of(coded.tree, Clause(mention.coding.trigger, mention.code, source, target), gazetteer, setting, spans)
    return place_columns(where, coded.text, coded.tree)


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
