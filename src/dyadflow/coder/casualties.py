"""Killed, wounded and detained, as a clause states them: how many, how surely, and whose.

“killing at least 49 Armenian soldiers” → 49 killed, a minimum, “Armenian soldiers”. A word of killing belongs to the event
that its clause tells of: to the attack it is the outcome of, not to the arrest that came after it.
"""

from typing import NamedTuple

from dyadflow.coder.counts import MOST, Count, counts
from dyadflow.coder.status import NEGATIONS
from dyadflow.coder.tree import PASSIVE_SUBJECT, RELATIVE, SUBJECT, Tree
from dyadflow.coder.words import casualty_words

__all__ = ["MOST", "Harm", "Toll", "casualties"]

LATER = frozenset("after before since until if following".split())
"""Marks of a clause that tells of another event."""
AFTER = frozenset({"after", "following"})
CLAUSE_SUBJECT = SUBJECT | PASSIVE_SUBJECT
CLOSED = frozenset({"ccomp", "parataxis"})
FAR = 6
"""Steps in the tree from which on a word of harm belongs to another event."""
BESIDE = frozenset("were was are is have has had been being be people others reportedly reported shot found stabbed beaten feared left burned burnt".split())
NEXT = 5
"""Words between two numbers of one list: “three protesters in Suez and one officer”."""
REACH = 10
"""Words between a participle and the noun it can still tell of."""
TAKING = frozenset({"claim", "cost", "take", "lose"})


class Harm(NamedTuple):
    """A number of people and its bound (exact, minimum, maximum, about), with the tokens [first, last) that say whose; None and empty where not stated."""

    count: int | None = None
    bound: str | None = None
    first: int = 0
    last: int = 0


class Toll(NamedTuple):
    """What a clause states of the dead, the wounded and the detained."""

    killed: Harm = Harm()
    wounded: Harm = Harm()
    detained: Harm = Harm()


def casualties(tree: Tree, trigger: int) -> Toll:
    """The casualties that the clause of a trigger states, of each kind the nearest statement.

    Coordinated victims are added up (“three soldiers and two civilians” → 5). “Dozens” is a minimum of 24, “hundreds” of
    200: the least the words can mean. Where one number is said of two kinds at once (“killed or wounded 12”) neither has it.
    """
    near: dict[str, tuple[int, Harm]] = {}
    every = counts(tree)
    if not every:
        return Toll()
    for token in range(len(tree)):
        kind, where = casualty_words().get((_part(tree, token), tree.lemmas[token]), ("", ""))
        if not kind or _is_negated(tree, token) or _is_shared(tree, token):
            continue
        steps = _steps(tree, trigger, token)
        if steps >= near.get(kind, (FAR, None))[0]:
            continue
        harm = _harm(tree, token, where, every)
        if harm:
            near[kind] = (steps, harm)
    return Toll(**{kind: harm for kind, (_, harm) in near.items()})


def _part(tree: Tree, token: int) -> str:
    """The part of speech, that of a noun for a name."""
    return tree.upos[token] if tree.upos[token] != "PROPN" else "NOUN"


def _is_negated(tree: Tree, token: int) -> bool:
    return any(tree.lower[kid] in NEGATIONS for kid in tree.kids[token])


def _is_shared(tree: Tree, token: int) -> bool:
    """Whether the word stands with another of its sort for one number: “killed or wounded 12 people”."""
    pairs = ((token - 2, token), (token, token + 2))
    return any(a >= 0 and b < len(tree) and tree.lower[a + 1] in ("or", "and") and all(("VERB", tree.lemmas[t]) in casualty_words() for t in (a, b)) for a, b in pairs)


def _steps(tree: Tree, trigger: int, token: int) -> int:
    """Steps in the tree from the trigger to a word of harm; FAR where a clause of another event lies between."""
    if abs(trigger - token) == 1:
        return 1
    if "," not in (gap := tree.lower[trigger + 1 : token]) and not AFTER.isdisjoint(gap):
        return FAR
    places = {node: place for place, node in enumerate(_path(tree, trigger))}
    below = _path(tree, token)
    place = next((n for n, node in enumerate(below) if node in places), None)
    if place is None:
        return FAR
    climbed = list(places)[: places[below[place]]]
    if any(_is_apart(tree, node) for node in below[:place]) or any(_is_apart(tree, node) for node in climbed):
        return FAR
    return place + len(climbed)


def _path(tree: Tree, token: int) -> list[int]:
    path = [token]
    for head in tree.ancestors(token):
        if len(path) > FAR:
            break
        path.append(head)
    return path


def _is_apart(tree: Tree, node: int) -> bool:
    """Whether the step up from a token leaves its event: out of what is said, out of “after …”, out of a conjunct with a doer of its own."""
    label = tree.deps[node]
    if label in CLOSED:
        return True
    if label in ("advcl", "obl", "nmod"):
        return bool(set(tree.prepositions(node)) & LATER) or any(tree.lower[kid] in LATER for kid in tree.kids_of(node, ("mark", "advmod")))
    doers = [kid for kid in tree.kids_of(node, SUBJECT) if not any(one.first <= kid < one.last for one in counts(tree))]
    return label == "conj" and bool(doers) and tree.upos[node] == "VERB"


def _harm(tree: Tree, token: int, where: str, every: tuple[Count, ...]) -> Harm | None:
    """Who is killed, wounded or detained by that word, None where no number of them is stated."""
    if where == "lives" and tree.lemmas[tree.heads[token]] not in TAKING:
        return None
    victims = [one for victim in _victims(tree, token, where) for one in every if one.first <= victim < one.last]
    found = _together(sorted(set(victims))) or _beside(tree, token, where, every)
    return _sum(found) if found else None


def _victims(tree: Tree, token: int, where: str) -> list[int]:
    """Tokens of the people harmed, coordinated ones apart."""
    if where in ("of", "lives"):
        heads = [kid for kid in tree.kids_of(token, ("nmod",)) if "of" in tree.prepositions(kid)] or ([token] if where == "lives" else [])
    elif where == "beside":
        heads = []
    else:
        heads = _arguments(tree, token, where)
    return [victim for head in heads for victim in tree.conjuncts(head)]


def _arguments(tree: Tree, token: int, where: str) -> list[int]:
    """The subject of dying and of being killed, the object of killing; the noun above where a relative clause or participle has none."""
    is_subject = where == "subject" or tree.is_passive(token)
    found = tree.kids_of(token, CLAUSE_SUBJECT if is_subject else ("obj", "iobj"))
    head = tree.heads[token]
    if is_subject and not found and tree.deps[token] == "xcomp":
        return tree.kids_of(head, CLAUSE_SUBJECT)
    stands_for = is_subject and tree.deps[token].startswith("acl") and all(tree.lower[kid] in RELATIVE for kid in found) and token - head <= REACH
    return [head] if stands_for else found


def _beside(tree: Tree, token: int, where: str, every: tuple[Count, ...]) -> list[Count]:
    """The number that stands right before the word (“20 people were killed”) or right after it (“killing up to 20”)."""
    if where in ("of", "lives"):
        return []
    before, is_after = token, where == "object" or tree.lower[token - 1 : token] == ["shot"]
    while before and tree.lower[before - 1] in BESIDE and before > token - 4:
        before -= 1
    found = [one for one in every if before <= one.last <= token]
    return found[-1:] or [one for one in every if is_after and one.first == token + 1]


def _together(found: list[Count]) -> list[Count]:
    """The first number and those that follow it closely: what stands far off was read into the list."""
    kept = found[:1]
    for one in found[1:]:
        if one.first - kept[-1].last > NEXT:
            break
        kept.append(one)
    return kept


def _sum(found: list[Count]) -> Harm | None:
    """All of them together; a sum with an open part is as open as that part."""
    total = sum(one.value for one in found)
    bounds = {one.bound for one in found} - {"exact"}
    bound = "exact" if not bounds else bounds.pop() if len(bounds) == 1 else "about"
    return Harm(total, bound, found[0].noun_first, found[0].noun_last) if total <= MOST else None
