"""What a rule sees of one sentence, and what it hands back."""

from datetime import date
from typing import NamedTuple

from dyadflow.coder.actors import Actor, Names, antecedent, names_in, resolve
from dyadflow.coder.dictionary import Dictionary
from dyadflow.coder.lexicon import Lexicon
from dyadflow.coder.tree import Tree


class Sentence:
    """A parsed sentence with the dictionaries' matches in it: all that a coding rule may look at.

    `triggers` are the tokens that can start a coding; `verbs` and `nouns` what a rule read at them, kept for the rules after it.
    """

    def __init__(self, tree: Tree, names: Names, lexicon: Lexicon, countries: frozenset[str] = frozenset()):
        self.tree, self.names, self.lexicon, self.countries = tree, names, lexicon, countries
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
            token = antecedent(self.tree, token, self.names)
            if token is None:
                return None
        return resolve(self.tree, token, self.names, as_target=as_target)


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


def read_sentence(tree: Tree, dictionary: Dictionary, lexicon: Lexicon, day: date | None) -> Sentence:
    """The sentence with all its dictionary matches."""
    return Sentence(tree, names_in(tree, dictionary, day), lexicon, dictionary.countries)
