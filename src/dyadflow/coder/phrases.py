"""Where a name stands in its phrase: first half of a compound, one of a pair, in another clause. Pure questions about tree and matches."""

from collections.abc import Mapping

from dyadflow.coder.dictionary import Match
from dyadflow.coder.tree import PREMODIFIER, Tree


def is_backer(tree: Tree, token: int) -> bool:
    """Whether the phrase at the token is the first half of a compound such as “Turkish-backed”, not the actor itself."""
    after = tree.lower[token + 1 : token + 3]
    return after[:1] == ["-"] and after[1:] and after[1].endswith(("ed", "held", "born", "based", "bound", "run", "built", "made", "wing"))


def phrase_head(tree: Tree, token: int) -> int:
    """The head of the noun phrase in which the token is a modifier: officials for “Chadian” of “two Chadian officials”."""
    seen = {token}
    while tree.deps[token] in PREMODIFIER and tree.heads[token] not in seen:
        token = tree.heads[token]
        seen.add(token)
    return token


def is_elsewhere(tree: Tree, token: int, top: int) -> bool:
    """Whether a coordinated clause with a subject of its own stands between a word and the head above it."""
    for node in (token, *tree.ancestors(token)):
        if node == top:
            return False
        if tree.upos[node] == "VERB" and tree.deps[node] in ("conj", "parataxis") and tree.kids_of(node, ("nsubj", "nsubj:pass")):
            return True
    return False


def starts_clause(tree: Tree, token: int) -> bool:
    """Whether the word is the subject of a clause beside the one it stands in: “ceded land and Moscow deployed …”."""
    return tree.deps[token] in ("nsubj", "nsubj:pass") and tree.deps[tree.heads[token]] in ("conj", "parataxis")


def is_of_border(tree: Tree, token: int, phrase_at: Mapping[int, Match]) -> bool:
    """Whether the name only tells which border: “near the Thai border”."""
    match = phrase_at.get(token)
    return match is not None and tree.lemmas[tree.heads[token]] in ("border", "frontier") and match.entries[0].kind == "demonyms"


def is_of_two(tree: Tree, token: int, phrase_at: Mapping[int, Match]) -> bool:
    """Whether the name is one of a hyphenated pair: “the Armenian-Azerbaijani border” is neither's."""
    lower = tree.lower
    return lower[token + 1 : token + 2] in (["-"], ["–"]) and token + 2 in phrase_at or lower[max(0, token - 1) : token] in (["-"], ["–"]) and token - 2 in phrase_at


def distance(tree: Tree, token: int, top: int) -> int:
    """Steps from a token up to the top of its phrase."""
    return next((n for n, node in enumerate(tree.ancestors(token), 1) if node == top), 99)
