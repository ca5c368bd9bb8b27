"""Whether a pattern fits the tree around a trigger, and which tokens fill its slots."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dyadflow.coder.lexicon import Item, Pattern
from dyadflow.coder.tree import Tree

MODIFIER = ("nmod", "nmod:desc", "acl", "obl")


class Fit(NamedTuple):
    """A pattern that fits: its slots' tokens, the nouns its words matched, and the embedded acts of a mode."""

    pattern: Pattern
    slots: dict[str, int]
    nouns: tuple[int, ...]
    acts: tuple[int, ...]


IsAct = Callable[[int], bool]


def fit_verb(tree: Tree, verb: int, pattern: Pattern, is_act: IsAct) -> Fit | None:
    """How the pattern fits the verb (or predicate adjective), None where it does not."""
    roles = tree.roles(verb)
    slots, nouns, acts, used = {}, [], [], set()
    for item in pattern.items:
        if item.is_particle:
            if not item.is_optional and not _has_particle(tree, verb, item):
                return None
            continue
        if item.is_act:
            acts = _acts(tree, verb, item, is_act)
            if not acts and not item.is_optional:
                return None
            continue
        found = next((token for token in _candidates(tree, verb, roles, item) if token not in used and _fits(tree, token, item)), None)
        if found is None:
            if item.is_optional:
                continue
            return None
        used.add(found)
        if item.slot:
            slots[item.slot] = found
        else:
            nouns.append(found)
    return Fit(pattern, slots, tuple(nouns), tuple(acts))


def _has_particle(tree: Tree, verb: int, item: Item) -> bool:
    """Whether a particle stands at the verb, or as the next word where the parser hung it elsewhere."""
    if item.words & tree.roles(verb).particles:
        return True
    near = tree.lower[verb + 1 : verb + 2] + [tree.lower[t] for p, t in tree.roles(verb).obliques]
    if item.words & set(near):
        return True
    return any(item.words & set(preps) for preps, _ in tree.roles(verb).obliques)


def _candidates(tree: Tree, verb: int, roles, item: Item) -> Iterator[int]:
    """Tokens an item may take, the likeliest first."""
    if not item.prepositions or "" in item.prepositions:
        yield from roles.objects
    if not item.prepositions:
        return
    for preps, token in roles.obliques:
        if item.prepositions.intersection(preps):
            yield token
    for anchor in (*roles.objects, *(token for _, token in roles.obliques)):
        for kid in tree.kids_of(anchor, MODIFIER):
            if item.prepositions.intersection(tree.prepositions(kid)):
                yield kid
    if item.prepositions & roles.particles:
        yield from roles.objects


def _fits(tree: Tree, token: int, item: Item) -> bool:
    """Whether the token, or one coordinated with it, is among the item's words; a slot takes any nominal."""
    if not item.words:
        return tree.upos[token] not in ("VERB", "AUX") or bool(item.slot)
    return any(is_word(tree, conjunct, item.words) for conjunct in tree.conjuncts(token))


def is_word(tree: Tree, token: int, words: frozenset[str]) -> bool:
    """Whether the token's lemma, or the compound ending in it (“air strike”), is among the words."""
    lemma = tree.lemmas[token]
    if lemma in words or tree.lower[token] in words:
        return True
    return token > 0 and f"{tree.lower[token - 1]} {lemma}" in words


def _acts(tree: Tree, verb: int, item: Item, is_act: IsAct) -> list[int]:
    """Embedded acts a mode asks for: infinitives (`to ACT`), clauses (`that …`), gerunds and event nouns after a preposition, or as object."""
    if item.prepositions & {"to", "that"} or not item.prepositions:
        clauses = tree.kids_of(verb, ("xcomp", "ccomp", "advcl") if "to" in item.prepositions else ("xcomp", "ccomp"))
        for anchor in tree.kids_of(verb, ("obj", "obl")):
            if "to" in item.prepositions:
                clauses += tree.kids_of(anchor, ("acl",))
        clauses = [c for c in clauses if _introduced(tree, c, item)]
    else:
        clauses = [c for c in tree.kids_of(verb, ("advcl", "xcomp", "ccomp")) if item.prepositions.intersection(tree.prepositions(c))]
        for anchor in tree.kids_of(verb, ("obj", "obl")):
            clauses += [c for c in tree.kids_of(anchor, ("acl",)) if item.prepositions.intersection(tree.prepositions(c))]
    nouns = [t for t in _candidates(tree, verb, tree.roles(verb), item) if tree.upos[t] in ("NOUN", "VERB")]
    found = [conjunct for token in [*clauses, *nouns] for conjunct in tree.conjuncts(token)]
    return [token for token in dict.fromkeys(found) if is_act(token) or token in clauses]


def _introduced(tree: Tree, clause: int, item: Item) -> bool:
    """Whether a clause has the form the item asks for: infinitive with `to`, finite with `that`, gerund with neither."""
    marks = {tree.lower[kid] for kid in tree.kids_of(clause, ("mark", "case"))}
    if "to" in item.prepositions:
        return "to" in marks
    if "that" in item.prepositions:
        return tree.deps[clause] == "ccomp" and "to" not in marks
    return tree.xpos[clause] == "VBG" and not marks


def fit_noun(tree: Tree, noun: int, pattern: Pattern) -> Fit | None:
    """How a nominal pattern fits an event noun: “the shelling of Goris” for `the shelling of T`.

    The target may also hang on the support verb (“launched an attack … on X”); a missing target is allowed, the rule decides.
    """
    slots: dict[str, int] = {}
    nouns: list[int] = []
    for item in pattern.items:
        found = next((t for t in _noun_candidates(tree, noun, item) if _fits(tree, t, item)), None)
        if found is None:
            if item.words and not item.is_optional:
                return None
        elif item.slot:
            slots[item.slot] = found
        else:
            nouns.append(found)
    return Fit(pattern, slots, tuple(nouns), ())


def _noun_candidates(tree: Tree, noun: int, item: Item) -> Iterator[int]:
    """Complements of an event noun under one of the item's prepositions; without one, its modifiers (“hostage release”)."""
    if not item.prepositions:
        yield from tree.kids_of(noun, ("compound", "amod"))
        return
    for kid in tree.kids_of(noun, MODIFIER):
        if item.prepositions.intersection(tree.prepositions(kid)):
            yield kid
    head = tree.heads[noun]
    if tree.deps[noun] in ("obj", "nsubj:pass") and tree.upos[head] == "VERB":
        for preps, token in tree.roles(head).obliques:
            if item.prepositions.intersection(preps):
                yield token
