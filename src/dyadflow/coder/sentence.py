"""What a rule sees of one sentence, and what it hands back."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dyadflow.coder.actors import Actor, Names, antecedent, names_in, resolve
from dyadflow.coder.dictionary import Dictionary
from dyadflow.coder.lexicon import Lexicon
from dyadflow.coder.tree import Tree

if TYPE_CHECKING:
    from dyadflow.coder.discourse import Discourse


class Sentence:
    """A parsed sentence with the dictionaries' matches in it: all that a coding rule may look at.

    `pair` are the two sides of the story so far, `quoted` the speaker of the quotation the sentence begins in; `triggers` are the
    tokens that can start a coding; `verbs` and `nouns` what a rule read at them, kept for the rules after it.
    """

    def __init__(self, tree: Tree, names: Names, lexicon: Lexicon, countries: frozenset[str] = frozenset(), pair: tuple[str, ...] = (), quoted: Actor | None = None):
        self.tree, self.names, self.lexicon, self.countries, self.pair, self.quoted = tree, names, lexicon, countries, pair, quoted
        self.triggers = [token for token, lemma in enumerate(tree.lemmas) if lemma in lexicon.triggers]
        self.verbs: dict[int, Coding | None] = {}
        self.nouns: dict[int, Coding | None] = {}
        self._actors: dict[tuple[int, bool], Actor | None] = {}

    def actor(self, token: int, as_target: bool = False) -> Actor | None:
        """The actor a token's noun phrase names, None where it names none; a pronoun stands for the subject before it."""
        key = (token, as_target)
        if key not in self._actors:
            self._actors[key] = self._resolve(token, as_target)
        return self._actors[key]

    def _resolve(self, token: int, as_target: bool) -> Actor | None:
        if self.tree.upos[token] == "PRON" and token not in self.names.phrase_at:
            noun = antecedent(self.tree, token, self.names)
            if noun is None:
                spoken = self.names.spoken.get(self.tree.lower[token])
                return spoken and spoken._replace(first=token, last=token + 1)
            token = noun
        if self.tree.lemmas[token] == "enemy" and self.quoted and self.pair:  # the other side in the speaker's mouth
            return Actor(self.pair[0], token, token + 1, ("context:enemy",), 0.6)
        return resolve(self.tree, token, self.names, as_target=as_target)


    @cached_property
    def dropped(self) -> tuple[str, ...]:
        """Prefixes of the codes that mean nothing in this sentence (`Contexts.dropped`)."""
        return self.lexicon.contexts.dropped(self.tree)

    def both(self, token: int) -> list[Actor]:
        """The two sides that a plural such as “both sides”, “the parties” or “the two presidents” stands for; empty where it names its own."""
        tree = self.tree
        if len(self.pair) != 2 or tree.xpos[token] not in ("NNS", "NNPS") or token in self.names.phrase_at:
            return []
        marks = {tree.lower[kid] for kid in tree.kids_of(token, ("det", "nummod", "amod", "cc:preconj", "det:predet"))}
        role = self.names.role_at.get(token)
        counted = any(tree.upos[kid] == "NUM" and tree.lower[kid] != "two" for kid in tree.kids[token])
        if counted or not (tree.lemmas[token] in SIDES or role and role.code in PUBLIC) or not (marks & {"both", "two"} or tree.lemmas[token] in SIDES and marks & {"the", "neighboring", "neighbouring", "warring"}) or any(t in self.names.phrase_at for t in tree.subtree(token)):
            return []
        sector = role.code if role and not role.is_weak and tree.lemmas[token] not in SIDES else ""
        return [Actor(code + sector, token, token + 1, (f"context:{tree.lower[token]}:{code}",), 0.6) for code in self.pair]


SIDES = frozenset({"side", "party", "country", "nation", "neighbor", "neighbour", "rival", "state", "power", "capital"})
PUBLIC = frozenset({"GOV", "MIL"})
"""Sectors of which each side of a story has one."""


class Coding(NamedTuple):
    """One reading of one trigger: code, the tokens of the two sides, and what led there.

    `sources` and `targets` are heads of noun phrases, coordinated heads not yet spread out. `consumes` are triggers that
    this reading uses up (the act in “threatened to attack”). `status` is set where the rule itself knows it, else empty.
    """

    trigger: int
    code: str
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    pattern: str
    rules: tuple[str, ...]
    is_reciprocal: bool = False
    consumes: frozenset[int] = frozenset()
    status: str = ""
    weight: int = 0


def read_sentence(tree: Tree, dictionary: Dictionary, lexicon: Lexicon, day: date | None, before: "Discourse | None" = None) -> Sentence:
    """The sentence with all its dictionary matches, and with what was said before it where a discourse is given."""
    names = names_in(tree, dictionary, day)
    if before is None:
        return Sentence(tree, names, lexicon, dictionary.countries)
    if names.home is None and before.home() and not any(entry.code[:3] in dictionary.countries for match in names.phrase_at.values() for entry in match.entries):
        names = names._replace(home=before.home(), home_row="context:home")
    quoted = before.speaker if before.is_quoted or tree.words[:1] and tree.words[0] in QUOTES else None
    return Sentence(tree, names._replace(spoken=before.spoken(), groups=before.sectors()), lexicon, dictionary.countries, before.pair(quoted.code[:3] if quoted else ""), quoted)


QUOTES = frozenset({"“", "«", '"', "``"})
