"""When an event happened: the time expression of its own clause, as an interval with precision and basis.

Own rules, because news dates backwards (“on Tuesday” in a story of Wednesday is yesterday) and because a sentence often has
more dates than one: “Kyiv said on Tuesday that Russia had shelled the port on Monday” has one for each of its two events.
"""

from datetime import date, timedelta
from itertools import pairwise

from dyadflow.coder.intervals import ANCHORED, View, When, resolve, span
from dyadflow.coder.status import FUTURE, NOT_YET, POSSIBLE
from dyadflow.coder.timewords import MOST, Expression, expressions
from dyadflow.coder.tree import PASSIVE_SUBJECT, SUBJECT, Tree
from dyadflow.coder.words import words_for

__all__ = ["When", "when"]

FAR = 9
"""Cost from which on an expression no longer belongs to a trigger."""
DEEP = 40
"""Steps up the tree that are looked at."""
CLAUSES = frozenset({"ccomp", "csubj", "csubj:pass", "parataxis", "acl", "acl:relcl", "advcl", "advcl:relcl", "xcomp", "conj"})
PREMODIFIERS = frozenset({"nmod:poss", "compound", "amod", "nummod", "det"})
DURING = frozenset("during under in amid at since on over throughout".split())
AFTER = frozenset("after following".split())
TOGETHER = frozenset("when while as".split())
UP = {"xcomp": 1, "advcl": 2, "acl": 2, "ccomp": 3, "parataxis": 3, "csubj": 3, "csubj:pass": 3, "advcl:relcl": 2, "conj": 2}
"""What a step from a clause to the one above it costs; a step from a noun costs 1."""
CLAUSE_SUBJECT = SUBJECT | PASSIVE_SUBJECT
BARE = frozenset({"ADV", "AUX", "PUNCT", "PART"})
MODALS = FUTURE | POSSIBLE
"""Auxiliaries of what is still to come: “will meet”, “must leave by Friday”."""


def when(tree: Tree, trigger: int, published: date | None, has_happened: bool = False) -> When:
    """The date of the event whose trigger is that token.

    It is the expression nearest to the trigger in the tree: of its own clause, then of the verbs above; never one of a
    relative clause, of what is said within the event, or of another conjunct with a subject of its own. Without one it is
    the day of publication, and without that nothing: basis `published` and `none`. What `has_happened` lies not after its
    news: “said on Tuesday that it will send troops on Friday” is an intent of Tuesday.
    """
    latest = published + timedelta(days=published < date.max) if has_happened and published else date.max
    found = _own(tree, trigger, published, latest)
    if found:
        return found
    return When(published, published, "day", "published") if published else When(None, None, "none", "none")


def _own(tree: Tree, trigger: int, published: date | None, latest: date) -> When | None:
    """The interval of the nearest expression that names one not after the latest day, None where no expression belongs to the trigger."""
    every = expressions(tree)
    if not every:
        return None
    near = sorted(every, key=lambda one: abs(one.core - trigger))[:MOST]
    above = _path(tree, trigger)
    ranked = sorted((cost, cost > 0 and one.core < trigger, abs(one.core - trigger), one, meeting) for one in near for cost, meeting in (_cost(tree, above, one),) if cost < FAR)
    for *_, one, meeting in ranked:
        view = View(published, _lies_ahead(tree, meeting))
        found = _interval(one, view._replace(anchor=_anchor(near, one, view)))
        if found and found.start <= latest and _may_date(tree, trigger, one, found, published):
            return found
    return None


def _anchor(every: list[Expression], one: Expression, view: View) -> date | None:
    """The other date that “three days earlier” counts from: the nearest before it, else after it."""
    if one.kind not in ANCHORED or one.parts.get("word") == "ago":
        return None
    others = sorted((other.core > one.core, abs(other.core - one.core), other) for other in every if other.kind not in ANCHORED and other is not one)
    found = (resolve(other.kind, other.parts, view) for _, _, other in others)
    return next((when.start for when in found if when), None)


def _interval(one: Expression, view: View) -> When | None:
    """The days an expression means together with what introduces it: since, by, until, from … to."""
    found = resolve(one.kind, one.parts, view)
    if found is None:
        return None
    if one.until:
        end = resolve(one.until.kind, one.until.parts, view)
        return span(found.start, end.end, found.basis) if end and end.end >= found.start else span(end.start, found.end, found.basis) if end and end.start <= found.end else found
    if one.word == "since" and view.published and found.start <= view.published:
        return span(found.start, view.published, found.basis)
    if one.word == "by" and view.published and view.is_future and found.end >= view.published:
        return span(view.published, found.end, found.basis)
    return None if one.word == "before" else found


def _may_date(tree: Tree, trigger: int, one: Expression, found: When, published: date | None) -> bool:
    """Whether the day fits the trigger: what came after a past event is dated by it only where it is told as past itself.

    “They broke away after the collapse in 1991” is of 1991, “they have been poor since after the war of 1991” is not.
    """
    head = _outermost(tree, trigger, one.core)
    if head is None or not set(tree.prepositions(head)) & AFTER or head == one.core:
        return True
    is_close = published is not None and found.start is not None and abs(published - found.start).days <= 3
    return _is_past(tree, trigger) and (is_close or found.precision in ("year", "decade"))


def _outermost(tree: Tree, trigger: int, core: int) -> int | None:
    """The noun phrase below the trigger that holds an expression, None where the trigger does not lie above it."""
    path = _path(tree, core)
    at = path.index(trigger) if trigger in path else 0
    return path[at - 1] if at else None


def _path(tree: Tree, token: int) -> list[int]:
    """The token and the heads above it, the first few."""
    path = [token]
    for head in tree.ancestors(token):
        if len(path) > DEEP:
            break
        path.append(head)
    return path


def _cost(tree: Tree, above: list[int], one: Expression) -> tuple[int, int]:
    """How far an expression is from the trigger (0 its own modifier, FAR where it belongs to something else), and the token where their paths meet."""
    below = _path(tree, _standing(tree, one))
    places = {token: place for place, token in enumerate(above)}
    place = next((n for n, token in enumerate(below) if token in places), None)
    if place is None:
        return FAR, above[0]
    meeting = below[place]
    climbed = above[: places[meeting]]
    return min(FAR, _climb(tree, climbed, meeting, one) + _descent(tree, below[:place], meeting, bool(climbed))), meeting


def _standing(tree: Tree, one: Expression) -> int:
    """The token an expression hangs on the tree by: its own, or the verb where the parser read it into a noun beside it.

    “On 3 May troops raided the village” is not of “May troops”, “the minister on Wednesday vetoed it” of no minister on
    Wednesday, and in “said last week he was free” last week is when it was said.
    """
    head = tree.heads[one.core]
    above = next((node for node in _path(tree, head) if tree.upos[node] == "VERB"), one.core)
    if tree.deps[one.core] in PREMODIFIERS and head >= one.last and one.first == 1 and tree.lower[0] in ("in", "on"):
        return above
    if tree.deps[head] == "ccomp" and one.first == tree.heads[head] + 1:
        return tree.heads[head]
    is_between = tree.deps[head] in CLAUSE_SUBJECT and head < one.core < above and tree.heads[head] == above
    return above if is_between and tree.deps[one.core] not in PREMODIFIERS and all(tree.upos[token] in BARE for token in range(one.last, above)) else one.core


def _climb(tree: Tree, climbed: list[int], meeting: int, one: Expression) -> int:
    """What it costs to go from the trigger up to the clause that has the expression.

    A conjunct with a subject of its own is a clause of its own, whatever the parser hangs it on: only an expression that
    opens the sentence dates it too.
    """
    cost, is_full = 0, False
    for token in climbed:
        label = tree.deps[token]
        cost += 2 if is_full and label == "acl:relcl" else _up(tree, token, label)
        is_full = label == "conj" and bool(tree.kids_of(token, CLAUSE_SUBJECT))
        if is_full and not _is_fronted(tree, meeting, one):
            return FAR
    return cost


def _up(tree: Tree, token: int, label: str) -> int:
    """What one step up costs: “an attack that killed ten” is of the attack's day, “Haftar, who took the town, arrived on Monday” is not."""
    if label == "acl:relcl":
        return FAR if tree.upos[tree.heads[token]] == "PROPN" else 3
    return UP.get(label, 1)


def _is_fronted(tree: Tree, verb: int, one: Expression) -> bool:
    """Whether an expression opens the clause and so dates its conjuncts too: “On Monday X attacked and Y struck back”."""
    subjects = tree.kids_of(verb, CLAUSE_SUBJECT)
    return one.core < min(subjects, default=verb)


def _descent(tree: Tree, below: list[int], meeting: int, has_climbed: bool) -> int:
    """What it costs to go from the clause down to the expression, which may hang on one of its nouns."""
    if not below:
        return 0
    core, holders = below[0], below[1:]
    cost = 0
    for token in holders:
        cost += _through(tree, token, tree.heads[token], has_climbed)
    if holders and tree.deps[core] in PREMODIFIERS and not set(tree.prepositions(holders[0])) & (DURING | AFTER):
        return FAR
    if holders and tree.deps[core] not in PREMODIFIERS and tree.deps[holders[-1]] in ("obj", "nsubj:pass") and _is_comment(tree, meeting, holders[0]):
        return FAR
    label = tree.deps[core]
    return cost + (label in CLAUSES or label in SUBJECT)


def _through(tree: Tree, token: int, head: int, has_climbed: bool) -> int:
    """What it costs to look into a phrase or clause below: nothing said, told or related in it dates what is above."""
    label = tree.deps[token]
    if label not in CLAUSES:
        return 1 if label.startswith("obl") else 2
    if label in ("advcl", "advcl:relcl"):
        marks = {tree.lower[mark] for mark in tree.kids_of(token, ("mark", "advmod"))}
        return 4 if marks & TOGETHER or tree.xpos[token] == "VBG" else 6 if "to" in marks and tree.lemmas[head] not in NOT_YET else FAR
    if label == "conj":
        is_clause = tree.upos[token] in ("VERB", "AUX")
        if not is_clause:
            return 2
        return FAR if has_climbed or tree.kids_of(token, CLAUSE_SUBJECT) or _is_future(tree, token) != _is_future(tree, head) else 5
    if label == "parataxis" or label == "ccomp" and _is_tag(tree, token, head):
        return 5
    if label != "xcomp" or tree.upos[token] != "VERB":
        return FAR
    return 3 if "to" not in tree.prepositions(token) else 6 if tree.lemmas[head] not in NOT_YET else FAR


def _is_tag(tree: Tree, token: int, head: int) -> bool:
    """Whether a clause is one that names the speaker after a comma: “they agreed to talk, an official announced today”."""
    first = min(tree.kids[token], default=token)
    first = min(tree.subtree(first)) if first < token else token
    return first > head and tree.lower[first - 1] == "," and not tree.kids_of(token, ("mark", "obj", "ccomp"))


def _is_comment(tree: Tree, verb: int, noun: int) -> bool:
    """Whether a verb speaks of something that may be long past: “condemned the invasion of 1990”; a name is no such thing."""
    return tree.lemmas[verb] in words_for("times", "comment") and tree.upos[noun] != "PROPN"


def _is_future(tree: Tree, token: int) -> bool:
    """Whether an auxiliary of the clause points ahead: will, would of reported speech, must; not “could have met”."""
    words = {tree.lower[kid] for kid in tree.kids_of(token, ("aux",))}
    return bool(words & MODALS) and not words & {"have", "could"}


def _is_past(tree: Tree, token: int) -> bool:
    """Whether the nearest verb is a simple past or a participle without “has”."""
    verb = next((node for node in _path(tree, token) if tree.upos[node] in ("VERB", "AUX")), token)
    aux = {tree.lower[kid] for kid in tree.kids_of(verb, ("aux", "aux:pass"))}
    return tree.xpos[verb] in ("VBD", "VBN", "VBG", "") and not aux & {"has", "have", "is", "are", "will"}


def _lies_ahead(tree: Tree, trigger: int) -> bool:
    """Whether the event is told as still to come: “will meet”, “plans to visit”, “is due to start”, “a visit is planned”."""
    path = _path(tree, trigger)
    for token, head in pairwise([*path, path[-1]]):
        label, is_verb = tree.deps[token], tree.upos[token] in ("VERB", "AUX", "ADJ")
        if is_verb and _is_future(tree, token):
            return True
        marks = tree.prepositions(token)
        if is_verb and "due" in marks:
            return True
        is_to = "to" in marks or any(tree.lower[kid] == "to" for kid in tree.kids_of(token, ("aux",)))
        if is_verb and label in ("xcomp", "ccomp", "advcl", "acl") and is_to and (tree.lemmas[head] in NOT_YET - {"try", "attempt", "force", "help"}):
            return True
        if label not in ("obj", "nsubj", "nsubj:pass", "obl", "nmod", "xcomp", "conj") or is_verb and label in ("obj", "nsubj"):
            return False
    return False
