"""What the rest of a sentence takes away from its readings: sport, science, markets, mishaps (`seeds/grammar/contexts.csv`)."""

from typing import NamedTuple

from dyadflow.coder.tree import Tree
from dyadflow.errors import DictionaryError


class Contexts(NamedTuple):
    """The word lists of contexts.csv by effect.

    `drops` are (words, prefixes of codes, how many different words must stand in the sentence); `phrases` block their trigger;
    `mishaps` are verbs that make deaths an accident; `mute` verbs make no bare statement; `echoes` add nothing beside a killing;
    `private` are (sectors, prefixes of codes): sectors that do not act for a state so.
    """

    drops: tuple[tuple[frozenset[str], tuple[str, ...], int], ...]
    phrases: frozenset[str]
    mishaps: frozenset[str]
    mute: frozenset[str]
    echoes: frozenset[str]
    private: tuple[tuple[frozenset[str], tuple[str, ...]], ...]

    def dropped(self, tree: Tree) -> tuple[str, ...]:
        """Prefixes of the codes that mean nothing in this sentence: 19 where a midfielder plays."""
        return tuple(prefix for words, prefixes, least in self.drops if len(words & tree.vocabulary) >= least for prefix in prefixes)

    def blocks(self, tree: Tree, trigger: int) -> bool:
        """Whether the trigger stands in a phrase that is no event: “heart attack”, “war of words”."""
        before, after = tree.lower[max(0, trigger - 1) : trigger], tree.lower[trigger + 1 : trigger + 3]
        lemma = tree.lemmas[trigger]
        return not self.phrases.isdisjoint((" ".join((*before, lemma)), " ".join((lemma, *after[:1])), " ".join((lemma, *after))))


def read_contexts(rows: list[tuple[str, dict[str, str]]]) -> Contexts:
    """The contexts of the rows of `contexts.csv`; DictionaryError naming file and line for an effect that is none."""
    lists: dict[str, set[str]] = {"no trigger": set(), "mishap verb": set(), "no statement": set(), "echo": set()}
    drops, private = [], []
    for where, cells in rows:
        words, (effect, _, codes) = frozenset(cells["words"].split("|")), cells["effect"].partition(":")
        if effect in ("drop", "drop2"):
            drops.append((words, tuple(codes.split("|")), 2 if effect == "drop2" else 1))
        elif effect == "no source":
            private.append((words, tuple(codes.split("|"))))
        elif effect in lists:
            lists[effect] |= words
        else:
            raise DictionaryError(f"{where}: no effect {effect}")
    return Contexts(tuple(drops), *(frozenset(lists[name]) for name in ("no trigger", "mishap verb", "no statement", "echo")), tuple(private))
