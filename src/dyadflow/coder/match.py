"""Whether a pattern fits the tree around a trigger, and which tokens fill its slots."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dyadflow.coder.lexicon import Item, Pattern, weight_of
from dyadflow.coder.sentence import Sentence
from dyadflow.coder.tree import Tree

MODIFIER = ("nmod", "nmod:desc", "acl", "obl")
NESTED = ("nmod", "obl")
DEPTH = 3
TIMES = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
                  "today yesterday tomorrow week month year day night morning evening afternoon hour minute statement interview time meanwhile weekend decade "
                  "report letter speech conference jan. feb. mar. apr. aug. sept. oct. nov. dec. jan feb mar apr aug sept oct nov dec".split())  # fmt: skip


class Fit(NamedTuple):
    """A pattern that fits: its slots' tokens, the nouns its words matched, the embedded acts of a mode, and how specific the fit is."""

    pattern: Pattern
    slots: dict[str, int]
    nouns: tuple[int, ...]
    acts: tuple[int, ...]
    weight: int = 0


IsAct = Callable[[int], bool]


def fit_verb(sentence: Sentence, verb: int, pattern: Pattern, is_act: IsAct) -> Fit | None:
    """How the pattern fits the verb (or predicate adjective), None where it does not."""
    if not _may_fit(sentence.tree, pattern):
        return None
    if _has_other_particle(sentence.tree, verb, pattern):
        return None
    slots, nouns, acts, used, weight = {}, [], [], set(), 0
    for item in pattern.items:
        if item.is_particle:
            has = _has_particle(sentence.tree, verb, item)
            if not has and not item.is_optional:
                return None
            weight += weight_of(item) * has
            continue
        if item.is_act:
            acts = _acts(sentence.tree, verb, item, is_act)
            if not acts and not item.is_optional:
                return None
            weight += weight_of(item) * bool(acts)
            continue
        found = _filler(sentence, _candidates(sentence.tree, verb, item), item, used)
        if found is None and item.slot and not item.prepositions:
            found = _recipient(sentence, verb)
        if found is None:
            if item.is_optional:
                continue
            return None
        used.add(found)
        weight += weight_of(item)
        if item.slot:
            slots[item.slot] = found
        else:
            nouns.append(found)
    return Fit(pattern, slots, tuple(nouns), tuple(acts), weight)


CHANGING = frozenset({"out", "off", "down", "away", "apart"})
"""Particles that make another verb of a verb."""


def _has_other_particle(tree: Tree, verb: int, pattern: Pattern) -> bool:
    """Whether the verb has a particle the pattern says nothing of: “broke out … with missiles” is no breaking with somebody."""
    particles = [tree.lower[kid] for kid in tree.kids_of(verb, ("compound:prt",)) if tree.lower[kid] in CHANGING]
    return any(not any(word in item.prepositions or item.is_particle and word in item.words for item in pattern.items) for word in particles)


def _may_fit(tree: Tree, pattern: Pattern) -> bool:
    """Whether every word the pattern needs stands anywhere in the sentence: most patterns are ruled out by that alone."""
    vocabulary = tree.vocabulary
    for item in pattern.items:
        if not item.is_optional:
            if item.words and item.words.isdisjoint(vocabulary):
                return False
            if item.prepositions and "" not in item.prepositions and item.prepositions.isdisjoint(vocabulary):
                return False
    return True


def _filler(sentence: Sentence, candidates: Iterator[int], item: Item, used: set[int]) -> int | None:
    """The candidate that fills an item: for words the first that is one; for a slot one that names an actor before any other.

    A slot that may stay empty takes nothing but an actor: “demanded an apology on Monday” has no target.
    """
    fitting = (token for token in candidates if token not in used and _fits(sentence.tree, token, item))
    if not item.slot:
        return next(fitting, None)
    found = []
    for token in fitting:
        if sentence.actor(token):
            return token
        found.append(token)
    known = next((token for token in found if sentence.actor(token, as_target=True)), None)
    return known if known is not None or item.is_optional or item.is_known or not found else found[0]


GIVING = frozenset("give send grant lend sell offer promise award hand supply pledge deny owe show tell teach".split())


def _recipient(sentence: Sentence, verb: int) -> int | None:
    """The receiver that the parser took for a modifier of what is given: “gave Ukraine 19 fighter jets”."""
    tree = sentence.tree
    if tree.lemmas[verb] not in GIVING:
        return None
    kids = [kid for thing in tree.roles(verb).objects for kid in tree.kids_of(thing, ("compound", "nmod:desc", "nmod")) if verb < kid < thing]
    return next((kid for kid in kids if kid in sentence.names.phrase_at and sentence.actor(kid)), None)


def _has_particle(tree: Tree, verb: int, item: Item) -> bool:
    """Whether a particle stands at the verb, or as the next word where the parser hung it elsewhere."""
    roles = tree.roles(verb)
    if item.words == {"that"}:
        return any(not tree.kids_of(clause, ("mark",)) or "that" in tree.prepositions(clause) for clause in tree.kids_of(verb, ("ccomp",)))
    if item.words & roles.particles:
        return True
    return not item.words.isdisjoint(tree.lower[verb + 1 : verb + 2])


def _candidates(tree: Tree, verb: int, item: Item) -> Iterator[int]:
    """Tokens an item may take, the likeliest first."""
    roles = tree.roles(verb)
    if not item.prepositions or "" in item.prepositions:
        yield from roles.objects
        if not roles.objects and not roles.passive:  # an object the parser took for an adverb: “recognised Slovenia”
            yield from (kid for kid in tree.kids_of(verb, ("advmod", "dep", "discourse", "vocative")) if kid == verb + 1 and tree.upos[kid] == "PROPN")
        if item.words:
            yield from tree.kids_of(verb, ("xcomp",))
    if not item.prepositions:
        return
    for preps, token in roles.obliques:
        if item.prepositions.intersection(preps):
            yield token
    objects = [conjunct for thing in roles.objects for conjunct in tree.conjuncts(thing)]
    yield from _nested(tree, (*objects, *(token for _, token in roles.obliques), *tree.kids_of(verb, ("xcomp",))), item, 1 if item.is_optional else DEPTH)
    if item.prepositions & roles.particles:
        yield from roles.objects


def _nested(tree: Tree, anchors: tuple[int, ...], item: Item, depth: int) -> Iterator[int]:
    """Complements below other complements, nearest first: “the lifting of the curfew by Gambia”."""
    below = [kid for anchor in anchors for kid in tree.kids_of(anchor, MODIFIER)]
    for kid in below:
        if item.prepositions.intersection(tree.prepositions(kid)):
            yield kid
    if depth > 1 and below:
        yield from _nested(tree, tuple(kid for kid in below if tree.deps[kid] in NESTED), item, depth - 1)


def _fits(tree: Tree, token: int, item: Item) -> bool:
    """Whether the token, a compound or of-phrase of it, or one coordinated with it is among the item's words; a slot takes any nominal that is no time."""
    if item.words:
        return any(not item.words.isdisjoint(tree.forms(conjunct)) for conjunct in tree.conjuncts(token))
    if item.slot:
        return tree.lemmas[token] not in TIMES and tree.lower[token] not in TIMES and not (tree.upos[token] == "NUM" and any(tree.lower[kid] in TIMES for kid in tree.kids[token]))
    return tree.upos[token] not in ("VERB", "AUX")


def _acts(tree: Tree, verb: int, item: Item, is_act: IsAct) -> list[int]:
    """Embedded acts a mode asks for: infinitives (`to ACT`), clauses (`that …`), gerunds and event nouns after a preposition, or as object."""
    anchors = tree.kids_of(verb, ("obj", "obl"))
    if item.prepositions & {"to", "that"} or not item.prepositions:
        clauses = tree.kids_of(verb, ("xcomp", "ccomp", "advcl") if "to" in item.prepositions else ("xcomp", "ccomp"))
        clauses += [kid for anchor in anchors for kid in tree.kids_of(anchor, ("acl", "acl:relcl", "ccomp"))]
        clauses = [c for c in clauses if _introduced(tree, c, item)]
    else:
        clauses = [c for c in tree.kids_of(verb, ("advcl", "xcomp", "ccomp")) if item.prepositions.intersection(tree.prepositions(c))]
        clauses += [c for anchor in anchors for c in tree.kids_of(anchor, ("acl", "advcl", "nmod")) if item.prepositions.intersection(tree.prepositions(c))]
        clauses += [c for c in tree.kids_of(verb, ("obl",)) if tree.xpos[c] == "VBG" and item.prepositions.intersection(tree.prepositions(c))]
    nouns = [t for t in _candidates(tree, verb, item) if tree.upos[t] in ("NOUN", "VERB")]
    found = [conjunct for token in [*clauses, *nouns] for conjunct in tree.conjuncts(token)]
    return [token for token in dict.fromkeys(found) if is_act(token) or token in clauses]


def _introduced(tree: Tree, clause: int, item: Item) -> bool:
    """Whether a clause has the form the item asks for: infinitive with `to`, finite with `that`, gerund with neither."""
    marks = {tree.lower[kid] for kid in tree.kids_of(clause, ("mark", "case"))}
    if "to" in item.prepositions:
        return "to" in marks
    if "that" in item.prepositions:
        return tree.deps[clause] == "ccomp" and "to" not in marks or "that" in marks
    return tree.xpos[clause] == "VBG" and not marks


def fit_noun(sentence: Sentence, noun: int, pattern: Pattern) -> Fit | None:
    """How a nominal pattern fits an event noun: “the shelling of Goris” for `the shelling of T`.

    The target may also hang on the support verb (“launched an attack … on X”); a missing target is allowed, the rule decides.
    """
    slots: dict[str, int] = {}
    nouns: list[int] = []
    weight = 0
    for item in pattern.items:
        if item.words and not item.is_optional and item.words.isdisjoint(sentence.tree.vocabulary):
            return None
        found = _filler(sentence, _noun_candidates(sentence.tree, noun, item), item, {*slots.values(), *nouns})
        if found is None:
            if item.words and not item.is_optional:
                return None
            continue
        weight += weight_of(item)
        if item.slot:
            slots[item.slot] = found
        else:
            nouns.append(found)
    return Fit(pattern, slots, tuple(nouns), (), weight)


def _noun_candidates(tree: Tree, noun: int, item: Item) -> Iterator[int]:
    """Complements of an event noun under one of the item's prepositions; without one, its modifiers (“hostage release”)."""
    if not item.prepositions:
        yield from tree.kids_of(noun, ("compound", "amod"))
        return
    yield from _nested(tree, (noun,), item, DEPTH)
    head = tree.heads[noun]
    if tree.deps[noun] in ("obj", "nsubj:pass", "obl") and tree.upos[head] == "VERB":
        for preps, token in tree.roles(head).obliques:
            if token != noun and item.prepositions.intersection(preps):
                yield token
        yield from _nested(tree, tuple(token for _, token in tree.roles(head).obliques if token != noun), item, 1)
