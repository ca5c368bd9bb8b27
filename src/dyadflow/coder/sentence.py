"""What a rule sees of one sentence, and what it hands back."""

from datetime import date
from typing import NamedTuple

from dyadflow.coder.actors import Names, names_in
from dyadflow.coder.dictionary import Dictionary
from dyadflow.coder.lexicon import Lexicon
from dyadflow.coder.tree import Tree


class Sentence(NamedTuple):
    """A parsed sentence with the dictionaries' matches in it: all that a coding rule may look at."""

    tree: Tree
    names: Names
    lexicon: Lexicon


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
    return Sentence(tree, names_in(tree, dictionary, day), lexicon)
