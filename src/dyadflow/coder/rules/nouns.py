"""Event nouns: “the shelling of Goris by Azerbaijan”, “launched an attack on X”, “talks between X and Y”, “a Russian missile strike”."""

from collections.abc import Iterator

from dyadflow.coder.actors import meaning
from dyadflow.coder.lexicon import NO_PATTERNS
from dyadflow.coder.match import Fit, fit_noun
from dyadflow.coder.sentence import Coding, Sentence
from dyadflow.coder.tree import Tree

SHARED = frozenset({"with", "to"})
FORCE = ("18", "19", "20")
WORKING = frozenset({"LAB", "EDU", "HLH", "BUS", "CVL", "AGR", "MED"})
"""Sectors whose strike is a strike of work."""
BORDERS = frozenset({"border", "frontier", "borders"})
TOWNS = frozenset({"capitals", "cities", "subnational", "regions"})
CIRCUMSTANCE = frozenset({"in", "on", "during", "after", "at", "for", "following", "before", "through", "via", "over", "amid"})


def noun_rule(sentence: Sentence) -> Iterator[Coding]:
    """A coding for every event noun that has a side of its own or a support verb that brings one."""
    for token in sentence.triggers:
        if sentence.tree.lemmas[token] in sentence.lexicon.nouns and sentence.tree.upos[token] in ("NOUN", "VERB", "PROPN"):
            coding = code_noun(sentence, token)
            if coding and (coding.sources or coding.rules[1] == "supported" or _is_somebodys(sentence, token)) and (coding.sources or coding.targets):
                yield coding


def _is_somebodys(sentence: Sentence, noun: int) -> bool:
    """Whether a pronoun says that somebody did it, whoever that is: “in his talks with the minister”."""
    return any(sentence.tree.upos[kid] == "PRON" for kid in sentence.tree.kids_of(noun, ("nmod:poss",)))


def code_noun(sentence: Sentence, noun: int) -> Coding | None:
    """The reading of one event noun, None where its lemma has no pattern or it stands inside a name; each noun is read once."""
    if noun not in sentence.nouns:
        sentence.nouns[noun] = _read_noun(sentence, noun)
    return sentence.nouns[noun]


def _read_noun(sentence: Sentence, noun: int) -> Coding | None:
    tree, names = sentence.tree, sentence.names
    if noun in names.phrase_at or tree.upos[noun] == "VERB" and tree.xpos[noun] != "VBG":
        return None
    best = None
    for pattern in sentence.lexicon.nouns.get(tree.lemmas[noun], NO_PATTERNS).possible(tree.vocabulary):
        fit = fit_noun(sentence, noun, pattern)
        if fit and (best is None or fit.weight > best.weight):
            best = fit
    if best is None:
        return None
    sources, support = _sources(sentence, noun, best)
    targets = (best.slots["T"],) if "T" in best.slots else best.nouns
    if support == "undergo":  # “the Kurds won Washington's support”
        sources, targets = tuple(t for t in _owners(sentence, noun)[:1] if t not in sources), sources
    place = [t for t in sources if best.pattern.code.startswith(FORCE) and tree.deps[t] == "compound" and _is_town(sentence, t)]
    if place:  # “the Mumbai attack” is no attack by Mumbai
        sources, targets = (), tuple(place) if "T" not in best.slots else targets
    both = between(tree, noun) or (best.pattern.is_reciprocal and _pair(sentence, noun)) or ()
    if both and best.pattern.code.startswith("045"):
        targets, both = both, ()
    elif both:
        sources, targets = both, ()
    elif best.pattern.is_reciprocal and "T" not in best.slots and not sources:
        sources = _across_border(sentence) if best.pattern.code.startswith(FORCE) and support else ()
        if not sources and not support:
            return None
    rules = ("noun", "supported" if support else "own sides")
    if tree.lemmas[noun] == "strike" and best.pattern.code == "190" and any((actor := sentence.actor(t)) and actor.code[3:6] in WORKING for t in sources):
        best = best._replace(pattern=best.pattern._replace(code="143"))
    return Coding(noun, best.pattern.code, tuple(sources), tuple(t for t in targets if t not in sources), best.pattern.row, rules,
                  best.pattern.is_reciprocal or bool(both), weight=best.pattern.weight)  # fmt: skip


def _across_border(sentence: Sentence) -> tuple[int, ...]:
    """The only two countries the sentence names, where it speaks of a border: “clashes broke out across the border”."""
    if BORDERS.isdisjoint(sentence.tree.lower):
        return ()
    found = {}
    for token, match in sentence.names.phrase_at.items():
        entry = meaning(match, sentence.names.day)
        if entry.kind == "names":
            found.setdefault(entry.code[:3], token)
    return tuple(found.values()) if len(found) == 2 else ()


def _is_town(sentence: Sentence, token: int) -> bool:
    match = sentence.names.phrase_at.get(token)
    return match is not None and meaning(match, sentence.names.day).kind in TOWNS


def _sources(sentence: Sentence, noun: int, fit: Fit) -> tuple[tuple[int, ...], str]:
    """Who does what the noun says: “by X”, “X’s”, “Russian …”, else the subject of its support verb; and that verb's effect."""
    effect, subjects = _support(sentence, noun)
    if "S" in fit.slots:
        return (fit.slots["S"],), effect
    by, owners = authors(sentence, noun, ("by",)), _owners(sentence, noun)
    if by:
        return by, effect
    if owners and effect != "undergo":
        return owners[:1], effect
    return subjects, effect


def authors(sentence: Sentence, noun: int, prepositions: tuple[str, ...] = ("by", "from")) -> tuple[int, ...]:
    """Who made what the noun says: “a request by X”, else its owner, “X's request”, “an American call”."""
    tree = sentence.tree
    by = tuple(k for k in tree.kids_of(noun, ("nmod", "obl", "obl:agent")) if set(prepositions) & set(tree.prepositions(k)))
    return by if by or prepositions == ("by",) else _owners(sentence, noun)[:1]


def _owners(sentence: Sentence, noun: int) -> tuple[int, ...]:
    tree = sentence.tree
    owners = [k for k in tree.kids_of(noun, ("nmod:poss",)) if tree.upos[k] != "PRON"]
    return (*owners, *(k for k in tree.kids_of(noun, ("amod", "compound", "nmod:desc")) if _names_actor(tree, sentence.names, k)))


def _names_actor(tree: Tree, names, token: int) -> bool:
    """Whether a modifier names the acting side: a phrase, or a role such as “rebel” in “rebel attack”; not “-backed”."""
    if tree.lower[token + 1 : token + 2] == ["-"]:
        return False
    if token in names.phrase_at:
        return True
    return tree.upos[token] != "ADJ" and token in names.role_at and names.role_at[token].kind in ("person", "group")


def _support(sentence: Sentence, noun: int) -> tuple[str, tuple[int, ...]]:
    """(effect, subjects) of the verb that carries the noun: (“act”, [Russia]) for “Russia launched an attack”; empty without one."""
    tree, lexicon = sentence.tree, sentence.lexicon
    head, dep = tree.heads[noun], tree.deps[noun]
    if dep == "nmod" and SHARED.intersection(p for k in tree.kids_of(noun, ("nmod",)) for p in tree.prepositions(k)):
        return _during(tree, noun)
    if tree.upos[head] != "VERB" or head == noun:
        return "", ()
    roles, lemma = tree.roles(head), tree.lemmas[head]
    if dep in ("obj", "nsubj:pass"):
        return lexicon.support.get(lemma, ""), roles.subjects if lemma in lexicon.support else ()
    if dep == "obl":
        preps = tree.prepositions(noun)
        effect = next((lexicon.support[f"{lemma} {p}"] for p in preps if f"{lemma} {p}" in lexicon.support), "")
        if effect:
            return effect, roles.subjects
        if CIRCUMSTANCE.intersection(preps) and SHARED.intersection(p for k in tree.kids_of(noun, ("nmod",)) for p in tree.prepositions(k)):
            return "act", roles.subjects
    if dep in ("nsubj", "nsubj:pass") and lemma in HAPPEN:
        return "act", ()
    return "", ()


def _during(tree: Tree, noun: int) -> tuple[str, tuple[int, ...]]:
    """The subject of the clause whose circumstance the noun is part of: “said in a speech on the first day of a visit to Argentina”."""
    node = noun
    while tree.deps[node] == "nmod" and tree.heads[node] != node:
        node = tree.heads[node]
    verb = tree.heads[node]
    if tree.deps[node] == "obl" and tree.upos[verb] == "VERB" and CIRCUMSTANCE.intersection(tree.prepositions(node)):
        return "act", tree.roles(verb).subjects
    return "", ()


HAPPEN = frozenset("erupt rage flare spread intensify escalate begin start resume take continue break erupt occur happen end go open end conclude kill wound injure hit strike target leave destroy".split())


def between(tree: Tree, noun: int) -> tuple[int, ...]:
    """Both sides of “talks between X and Y”."""
    verb = tree.heads[noun]
    happening = tree.kids_of(verb, ("obl",)) if tree.deps[noun] in ("nsubj", "nsubj:pass") and (tree.lemmas[verb] in HAPPEN or tree.deps[noun] == "nsubj:pass") else []
    for kid in [*tree.kids_of(noun, ("nmod", "obl")), *happening]:
        if {"between", "among"}.intersection(tree.prepositions(kid)):
            return tuple(tree.conjuncts(kid))
    return ()


def _pair(sentence: Sentence, noun: int) -> tuple[int, ...]:
    """Both sides of “U.S.-China talks”: two different countries among the noun's modifiers."""
    tree, names = sentence.tree, sentence.names
    tokens = [t for t in tree.subtree(noun) if noun - 6 < t < noun and t in names.phrase_at]
    codes = {meaning(names.phrase_at[t], names.day).code[:3]: t for t in tokens}
    return tuple(sorted(codes.values())) if len(codes) == 2 else ()
