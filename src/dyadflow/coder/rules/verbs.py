"""Verb patterns: “Russia attacked Ukraine”, “talks were held”, “X is angry at Y”."""

from collections.abc import Iterator

from dyadflow.coder.actors import fellows
from dyadflow.coder.lexicon import NO_PATTERNS, Pattern
from dyadflow.coder.match import Fit, fit_verb
from dyadflow.coder.rules.nouns import authors, between
from dyadflow.coder.sentence import Coding, Sentence
from dyadflow.coder.tree import Tree

PARTIES = frozenset("side leader president minister official delegation country nation neighbor neighbour ally government party force troop negotiator envoy diplomat army rival enemy".split())
ANSWERING = ("11", "12", "016", "083")
"""Acts that answer what somebody else said or did."""
PREDICATES = ("VERB", "AUX", "ADJ", "NOUN")


def verb_rule(sentence: Sentence) -> Iterator[Coding]:
    """A coding for every verb or predicate adjective whose best pattern fits."""
    for token in sentence.triggers:
        if sentence.tree.lemmas[token] in sentence.lexicon.verbs:
            coding = code_verb(sentence, token)
            if coding:
                yield coding


def code_verb(sentence: Sentence, verb: int) -> Coding | None:
    """The reading of one verb by its most specific fitting pattern, None where none fits; each verb is read once."""
    if verb not in sentence.verbs:
        sentence.verbs[verb] = _read_verb(sentence, verb)
    return sentence.verbs[verb]


def _read_verb(sentence: Sentence, verb: int) -> Coding | None:
    tree = sentence.tree
    if not is_predicate(tree, verb):
        return None
    best, found = -1, None
    for pattern in sentence.lexicon.verbs.get(tree.lemmas[verb], NO_PATTERNS).possible(tree.vocabulary):
        if pattern.reach <= best:
            break
        if pattern.subject == "T" and tree.is_passive(verb):  # “T be attack from S” is about the noun
            continue
        if pattern.doers and not any(not pattern.doers.isdisjoint(tree.forms(one)) for subject in tree.roles(verb).subjects for one in tree.conjuncts(subject)):
            continue
        fit = fit_verb(sentence, verb, pattern, _no_act)
        more = 5 * bool(pattern.doers)
        if fit and fit.weight + more > best:
            best, found = fit.weight + more, _coding(sentence, verb, fit)
        if fit or not pattern.is_reciprocal:
            continue
        sides = _between_sides(tree, verb)
        both = fit_verb(sentence, verb, _without_target(pattern), _no_act) if sides else _fit_both_sides(sentence, verb, pattern)
        if both and both.weight + more > best:
            best, found = both.weight + more, _coding(sentence, verb, both)._replace(targets=())
            found = found._replace(sources=sides) if sides else found
    return found


def _no_act(token: int) -> bool:
    return False


def is_predicate(tree: Tree, token: int) -> bool:
    """Whether the token is used as a predicate: a verb, or an adjective or noun with a copula; not an attribute."""
    if tree.upos[token] == "VERB":
        return tree.deps[token] not in ("amod", "compound", "case", "mark") and not _is_name(tree, token)
    if tree.upos[token] in ("ADJ", "NOUN"):
        return any(tree.deps[kid] == "cop" for kid in tree.kids[token]) or tree.deps[token] in ("xcomp", "ROOT") and tree.upos[token] == "ADJ"
    return False


def _is_name(tree: Tree, token: int) -> bool:
    return tree.deps[token] == "flat"


def _fit_both_sides(sentence: Sentence, verb: int, pattern: Pattern) -> Fit | None:
    """The fit of a reciprocal pattern without its target where the subject names both sides: “X and Y met”, “the presidents met”."""
    tree = sentence.tree
    if any(sentence.actor(t) for t in tree.roles(verb).objects):
        return None
    subjects = [conjunct for subject in tree.roles(verb).subjects for conjunct in tree.conjuncts(subject)]
    actors = [actor for token in subjects if (actor := sentence.actor(token))]
    both = len({actor.code for actor in actors}) > 1 or any(fellows(tree, token, sentence.names, actor) for token in subjects if (actor := sentence.actor(token)))
    if not both and not (any(tree.lemmas[s] in PARTIES and tree.xpos[s] == "NNS" for s in subjects) and not any(item.words for item in pattern.items)):
        return None
    return fit_verb(sentence, verb, _without_target(pattern), _no_act)


def _without_target(pattern: Pattern) -> Pattern:
    """The pattern with a target that may be missing."""
    return pattern._replace(items=tuple(item._replace(is_optional=True) if item.slot == "T" else item for item in pattern.items))


def _between_sides(tree: Tree, verb: int) -> tuple[int, ...]:
    """Both sides of a mutual act in the passive: “an accord was signed between X and Y”, “ties between X and Y were cut”."""
    if not tree.is_passive(verb):
        return ()
    return next((sides for thing in tree.roles(verb).objects for sides in (between(tree, thing),) if sides), ())


def _coding(sentence: Sentence, verb: int, fit: Fit) -> Coding:
    """The coding of a fit; without a target slot the pattern's own nouns may name the target (“arrested two Chadian officers”).

    What is refused or blamed is so to its author, not to whom it concerns: “rejected Trump's plan for Gaza”.
    """
    roles, pattern = sentence.tree.roles(verb), fit.pattern
    sources = roles.subjects
    targets = (fit.slots["T"],) if "T" in fit.slots else fit.nouns
    if set(targets) & set(roles.objects) and "T" in fit.slots:  # a list the parser broke into several objects
        targets += tuple(token for token in roles.objects if token not in targets and sentence.actor(token))
    if pattern.code.startswith(ANSWERING):
        targets = _authors(sentence, fit.nouns, sources) or targets
    if pattern.subject == "T":
        sources, targets = ((fit.slots["S"],) if "S" in fit.slots else ()), roles.subjects
    rules = ("verb", roles.origin)
    return Coding(verb, pattern.code, tuple(sources), tuple(targets), pattern.row, rules, pattern.is_reciprocal, frozenset(fit.nouns), weight=pattern.weight)


def _authors(sentence: Sentence, nouns: tuple[int, ...], sources: tuple[int, ...]) -> tuple[int, ...]:
    """The makers of the nouns a pattern named, where they are known actors and not the doer itself."""
    own = {actor.code[:3] for token in sources if (actor := sentence.actor(token))}
    return tuple(token for noun in nouns for token in authors(sentence, noun) if (actor := sentence.actor(token)) and actor.code[:3] not in own)
