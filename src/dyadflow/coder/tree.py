"""A sentence as a role view over its Universal Dependencies tree.

The rules of the coder ask this view for subjects, objects and obliques; they never read raw labels, so that any producer
of UD trees plugs in. All positions are token numbers within the sentence; `starts` and `ends` are character offsets in it.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})
SUBJECT = frozenset({"nsubj", "nsubj:outer", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubj:pass", "csubj:pass"})
OBLIQUE = frozenset({"obl", "obl:agent", "obl:tmod", "obl:npmod", "obl:unmarked", "nmod", "nmod:npmod", "nmod:desc"})
PREMODIFIER = frozenset({"compound", "flat", "amod", "nmod:poss", "nmod:desc", "flat:foreign", "goeswith"})
NAME_PART = frozenset({"flat", "compound", "flat:foreign", "goeswith"})
COMPLEMENT = frozenset({"nmod", "obl"})
CONJUNCT = frozenset({"conj"})
NAME_REACH = 14
"""Words of a name lie nearer to its head than this."""
QUANTITY = frozenset("dozen hundred thousand million billion number group series lot ton tonne shipment package couple majority team batch piece round wave spate string set "
                     "pair handful load consignment quantity stockpile cache variety range barrage flurry volley tranche portion part half most some score".split())  # fmt: skip
REASON = frozenset({"due", "because", "according", "thanks", "owing", "prior", "instead"})
"""First words of joined prepositions whose second word introduces nothing by itself: “due to” is no “to”."""
ADJECTIVAL = frozenset("prepared determined committed set scheduled expected poised supposed concerned opposed engaged involved pleased worried interested".split())
"""Participles that describe their subject: “is prepared to talk” has no doer but its subject."""
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


PLACE_OF = {label: place for place, labels in (("subject", SUBJECT), ("passive", PASSIVE_SUBJECT), ("object", ("obj", "iobj")), ("oblique", OBLIQUE),
                                              ("particle", ("compound:prt", "advmod", "case"))) for label in labels}  # fmt: skip
"""Where in the role view of a verb each of its kids belongs."""


class Roles(NamedTuple):
    """Who does what around one verb, passives turned active: token numbers of subject, objects and obliques.

    `obliques` holds (preposition words, token) pairs; `particles` the verb's particles and bare adverbs.
    """

    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    obliques: tuple[tuple[tuple[str, ...], int], ...]
    particles: frozenset[str]
    passive: bool
    origin: str


class Tree:
    """One parsed sentence. Build it from a spaCy Doc (`text.parse`) or by hand from lists (tests)."""

    def __init__(self, words, lemmas, tags, deps, heads, starts=None):
        self.words, self.lemmas, self.deps, self.heads = list(words), list(lemmas), list(deps), list(heads)
        parts = [_parts(tag) for tag in tags]
        self.upos, self.xpos = [upos for upos, _ in parts], [xpos for _, xpos in parts]
        self.starts = list(starts) if starts is not None else _offsets(self.words)
        self.kids = _kids(self.heads)
        self._roles: dict[int, Roles] = {}
        self._prepositions: dict[int, tuple[str, ...]] = {}
        self._cores: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def lower(self) -> list[str]:
        """The words in lower case."""
        return [word.lower() for word in self.words]

    def forms(self, token: int) -> tuple[str, ...]:
        """What a word of the lexicon may call the token: lemma, word, the compound ending in it, its first of-phrase.

        “air strike” for strike after air, “crime against humanity” for crime.
        """
        lemma, low = self.lemmas[token], self.lower[token]
        compound = (f"{self.lower[token - 1]} {lemma}", *self._joined(token)) if token else ()
        return (lemma, low, *compound, *self._phrase(token))

    def _joined(self, token: int) -> tuple[str, ...]:
        """The compound with a hyphen that ends in the token: “cease-fire” and “ceasefire” for fire."""
        if token < 2 or self.lower[token - 1] != "-" or self.lower[token] == "-":
            return ()
        before, lemma = self.lower[token - 2], self.lemmas[token]
        return f"{before}-{lemma}", f"{before}{lemma}"

    def _phrase(self, token: int) -> tuple[str, ...]:
        """Joined of-phrase; for a noun of quantity (“a shipment of rifles”) also what there is a quantity of."""
        for kid in self.kids[token]:
            if kid > token and self.deps[kid] in ("nmod", "obl"):
                words = self.prepositions(kid)
                if words:
                    joined = f"{self.lemmas[token]} {words[0]} {self.lemmas[kid]}"
                    return (joined, self.lemmas[kid], f"{self.lower[kid - 1]} {self.lemmas[kid]}") if self.lemmas[token] in QUANTITY and words[0] == "of" else (joined,)
        return ()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every form of every token, for ruling patterns out; with joined prepositions (“out of”)."""
        lower, lemmas = self.lower, self.lemmas
        words = {*lower, *lemmas, *map(" ".join, zip(lower, lower[1:], strict=False))}
        words.update(f"{before} {lemma}" for before, low, lemma in zip(lower, lower[1:], lemmas[1:], strict=False) if low != lemma)
        if "-" in lower:
            words.update(form for token in range(2, len(lower)) for form in self._joined(token))
        words.update(form for token in {self.heads[kid] for kid in self.under(COMPLEMENT)} for form in self._phrase(token))
        return frozenset(words)

    def under(self, labels: frozenset[str]) -> list[int]:
        """All tokens under one of these labels, left to right."""
        if labels.isdisjoint(self.deps):
            return []
        return [token for token, dep in enumerate(self.deps) if dep in labels]

    def end(self, token: int) -> int:
        """Offset after the token's last character."""
        return self.starts[token] + len(self.words[token])

    def kids_of(self, token: int, labels) -> list[int]:
        """Children of the token under one of these labels, left to right."""
        kids = self.kids[token]
        if not kids:
            return []
        deps = self.deps
        return [kid for kid in kids if deps[kid] in labels]

    def subtree(self, token: int) -> list[int]:
        """The token and all below it, in sentence order; a cycle in a damaged tree is walked once."""
        seen, stack = set(), [token]
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                stack.extend(self.kids[node])
        return sorted(seen)

    def ancestors(self, token: int):
        """The heads above the token, nearest first; ends at the root or where a damaged tree closes a circle."""
        seen = {token}
        while self.heads[token] not in seen:
            token = self.heads[token]
            seen.add(token)
            yield token

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is coordinated with it: `X` of “X, Y and Z” gives X, Y, Z."""
        found = self.kids_of(token, CONJUNCT)
        if not found:
            return [token]
        queue = dict.fromkeys([token, *found])
        for node in found:
            further = [kid for kid in self.kids_of(node, CONJUNCT) if kid not in queue]
            queue.update(dict.fromkeys(further))
            found += further
        return list(queue)

    def core(self, token: int) -> list[int]:
        """The head with its premodifiers and name parts, in order: the words that are the name."""
        if not self.kids[token]:
            return [token]
        if token not in self._cores:
            self._cores[token] = _core(self, token)
        return self._cores[token]

    def prepositions(self, token: int) -> tuple[str, ...]:
        """The case words of a nominal and their joined form: (“out”, “of”, “out of”)."""
        if not self.kids[token]:
            return ()
        if token not in self._prepositions:
            self._prepositions[token] = _prepositions(self, token)
        return self._prepositions[token]

    def roles(self, verb: int) -> Roles:
        """The role view of a verb (or of a predicate with copula), cached."""
        if verb not in self._roles:
            self._roles[verb] = _empty_roles()  # a damaged tree may lead back here
            self._roles[verb] = _roles(self, verb)
        return self._roles[verb]

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is a passive: by its subject or auxiliary, or as a participle after its noun without object.

        A participle with a direct object of its own is read as an active past (“the ministry accused Armenia”),
        the commonest error of parsers on news.
        """
        labels = {self.deps[kid] for kid in self.kids[verb]}
        if self.lower[verb] in ADJECTIVAL and "obl:agent" not in labels:
            return False
        if "nsubj:pass" in labels or "aux:pass" in labels:
            return True
        if self.xpos[verb] != "VBN" or "obj" in labels or labels & SUBJECT:
            return False
        return self.deps[verb] in ("acl", "advcl", "amod", "xcomp") or "obl:agent" in labels


@lru_cache(maxsize=4096)
def _parts(tag: str) -> tuple[str, str]:
    """(UPOS, XPOS) of a tag such as “VERB|VBD”."""
    upos, _, xpos = tag.partition("|")
    return upos, xpos


def _kids(heads: list[int]) -> list[Sequence[int]]:
    """The children of each token, left to right."""
    kids: list[Sequence[int]] = [()] * len(heads)
    for child, head in enumerate(heads):
        if head != child:
            if kids[head]:
                kids[head].append(child)
            else:
                kids[head] = [child]
    return kids


def _offsets(words: list[str]) -> list[int]:
    """Offsets of words joined by single spaces."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts


def _prepositions(tree: Tree, token: int) -> tuple[str, ...]:
    words = [tree.lower[k] for case in tree.kids_of(token, ("case", "mark")) for k in (case, *tree.kids_of(case, ("fixed",)))]
    if len(words) > 1:
        joined = " ".join(words)
        return (words[0], joined) if words[0] in REASON else (*words, joined)
    return tuple(words)


def _core(tree: Tree, token: int) -> list[int]:
    core, stack = {token}, [token]
    while stack:
        node = stack.pop()
        for kid in tree.kids[node]:
            if kid in core or abs(kid - token) >= NAME_REACH or not _is_name_part(tree, node, kid):
                continue
            core.add(kid)
            stack.append(kid)
            core.update(t for t in tree.kids_of(kid, CONJUNCT) if t < token)
    return sorted(core)


def _is_name_part(tree: Tree, node: int, kid: int) -> bool:
    """Whether the kid is a premodifier of the node, or a bare noun before it."""
    dep = tree.deps[kid]
    return dep in PREMODIFIER or dep == "nmod" and kid < node and not tree.prepositions(kid)


def _empty_roles() -> Roles:
    return Roles((), (), (), frozenset(), False, "none")


def _roles(tree: Tree, verb: int) -> Roles:
    passive = tree.is_passive(verb)
    below: dict[str, list[int]] = {"subject": [], "passive": [], "object": [], "oblique": [], "particle": []}
    for kid in tree.kids[verb]:
        if tree.deps[kid] in PLACE_OF:
            below[PLACE_OF[tree.deps[kid]]].append(kid)
    own_subjects = below["subject"] or [kid for kid in tree.kids_of(verb, ("expl",)) if tree.lower[kid] == "it"]
    objects = below["object"]
    obliques = [(tree.prepositions(kid), kid) for kid in below["oblique"]]
    particles = frozenset(tree.lower[kid] for kid in below["particle"])
    if passive:
        subjects = [kid for preps, kid in obliques if "by" in preps and not _is_manner(tree, kid)]
        objects = below["passive"] + own_subjects + objects
        origin = "passive"
        if not objects:
            objects, origin = _inherited(tree, verb), "inherited passive"
    else:
        subjects, origin = own_subjects + below["passive"], "subject"
        if not subjects:
            subjects, origin = _inherited(tree, verb), "inherited"
        if tree.deps[verb] == "acl:relcl":
            subjects, objects = _relative(tree, verb, subjects, objects)
    antecedent = [_antecedent(tree, verb, token) for token in subjects]
    return Roles(tuple(antecedent), tuple(_antecedent(tree, verb, t) for t in objects), tuple(obliques), particles, passive, origin)


def _is_manner(tree: Tree, token: int) -> bool:
    """Whether “by X” names a means or a time, not an agent: “by force”, “by Monday”, “by shooting”."""
    return tree.upos[token] in ("VERB", "NUM") or tree.lower[token] in MANNER


MANNER = frozenset("force phone telephone letter mail air sea land road gunfire fire monday tuesday wednesday thursday friday saturday sunday "
                   "january february march april may june july august september october november december percent majority".split())


def _antecedent(tree: Tree, verb: int, token: int) -> int:
    """The noun a relative pronoun stands for; any other token itself."""
    if tree.lower[token] not in RELATIVE or tree.upos[token] not in ("PRON", "DET", "SCONJ"):
        return token
    clause = next((v for v in [verb, *tree.ancestors(verb)] if tree.deps[v].startswith("acl")), None)
    return tree.heads[clause] if clause is not None else token


def _relative(tree: Tree, verb: int, subjects: list[int], objects: list[int]) -> tuple[list[int], list[int]]:
    """Subjects and objects of a relative clause whose pronoun is left out or is its object (“the town Russia shelled”)."""
    head = tree.heads[verb]
    own = [token for token in subjects if token != head]
    if not own:
        return [head], objects
    if not objects and not any(tree.lower[t] in RELATIVE for t in own):
        return own, [] if tree.kids_of(verb, ("xcomp", "ccomp")) else [head]
    pronouns = [t for t in objects if tree.lower[t] in RELATIVE]
    return own, [head if t in pronouns else t for t in objects]


OBJECT_CONTROL = frozenset("order urge ask force tell press pressure allow permit enable help persuade convince compel invite encourage instruct command "
                           "direct want expect require request warn appeal beg oblige cause lead push prompt lobby advise forbid authorize send deploy use".split())


def _inherited(tree: Tree, verb: int) -> list[int]:
    """The subject a clause without one takes from the clause or noun it hangs on."""
    dep, head = tree.deps[verb], tree.heads[verb]
    if head == verb:
        return []
    if dep == "acl" and tree.xpos[verb] == "VBG" and (tree.lower[verb - 1] == "," or tree.lemmas[head] in DOCUMENTS and tree.deps[head] in ("obj", "obl")):
        return _clause_subject(tree, verb)
    if dep == "acl" and tree.xpos[verb] == "VB" and tree.lemmas[head] in MEANS and tree.deps[head] in ("obj", "obl"):
        return _clause_subject(tree, verb)
    if dep in ("acl", "acl:relcl") or dep == "amod":
        return [head] if tree.upos[head] in NOMINAL else []
    if dep not in ("conj", "xcomp", "advcl", "advcl:relcl", "parataxis", "ccomp", "appos"):
        return []
    above = tree.roles(head)
    if above.objects and not above.passive and _is_controlled(tree, verb, head):
        return list(above.objects[:1])
    if dep in ("parataxis", "ccomp") and not _is_bare(tree, verb):
        return []
    return list(above.objects if above.passive else above.subjects)


MEANS = frozenset("step measure action effort attempt bid move plan decision campaign initiative right chance opportunity need intention intent desire promise pledge vow "
                  "threat order commitment agreement way ability power refusal failure determination readiness willingness".split())
"""Nouns whose infinitive says what their owner does: “taking steps to neutralize …”."""
DOCUMENTS = frozenset("decree law bill order resolution statement report letter message agreement deal pact suit lawsuit decision communique petition document declaration "
                      "complaint motion measure legislation memorandum contract treaty note tweet speech article campaign move step".split())  # fmt: skip
"""Nouns whose participle tells what their maker does: “signed a decree granting citizenship”, “filed a suit accusing the cartel”."""


def _clause_subject(tree: Tree, verb: int) -> list[int]:
    """The subject of the clause that a participle after a comma comments on: “targeted the town, killing ten soldiers”."""
    above = next((node for node in tree.ancestors(verb) if tree.upos[node] == "VERB"), None)
    if above is None:
        return []
    return list(tree.roles(above).subjects)


def _is_controlled(tree: Tree, verb: int, head: int) -> bool:
    """Whether the clause is about the object of the verb above: “urged X to …”, “accused X of …”, “stopped X from …”."""
    if tree.deps[verb] == "xcomp":
        return tree.lemmas[head] in OBJECT_CONTROL
    marks = set(tree.prepositions(verb))
    return tree.deps[verb] == "advcl" and (bool(marks & {"of", "from", "into"}) or tree.lemmas[head] in BLAME and bool(marks & {"for", "with"}))


BLAME = frozenset("blame condemn criticize criticise denounce punish praise thank charge arrest sue fine censure rebuke".split())


def _is_bare(tree: Tree, verb: int) -> bool:
    """Whether the verb is an infinitive or participle, which needs a subject from elsewhere."""
    return tree.xpos[verb] in ("VB", "VBG", "VBN")
