"""Replaying a mention: the coder on the same tree, with nothing but what the mention's `why` names.

A `why` is a claim: “this pattern row at this trigger, these dictionary rows and these words around it give this mention”.
`replay` tests the claim and can refute it; it never looks at the mention itself.
"""

import json
from datetime import date
from typing import NamedTuple

from dyadflow.coder.actors import Names
from dyadflow.coder.code import RULES, Mention, mentions_of, why
from dyadflow.coder.dictionary import Dictionary
from dyadflow.coder.discourse import Discourse
from dyadflow.coder.lexicon import Lexicon, Patterns
from dyadflow.coder.repair import repair
from dyadflow.coder.sentence import Coding, Sentence, read_sentence
from dyadflow.coder.tree import Tree
from dyadflow.schema import NO_ACTOR


class Replayed(NamedTuple):
    """What a `why` leads to: CAMEO code, actor codes of both sides, status."""

    code: str
    source: str
    target: str
    status: str


def replay(tree: Tree, reason: dict, day: date | None, dictionary: Dictionary, lexicon: Lexicon, before: Discourse | None = None) -> Replayed | None:
    """The mention that a parsed `why` leads to on the tree, None where it leads to none.

    “Russia shelled Kharkiv” with `{"pattern": "19_fight.csv:65", "trigger": 1, …}`: the named pattern is fitted to the named
    trigger, every other one is out of the lexicon; then the sides are named by the named rows of the dictionary alone. What
    comes out must give that very `why`, so a wrong row, trigger, rule or word of status leads nowhere; nor does a row that
    fits but is beaten by a more specific one.
    """
    sentence = read_sentence(repair(tree, lexicon.predicates), dictionary, lexicon, day, before)
    patterns, rows = reason["pattern"].split("+"), (row for rows in (*reason["actors"].values(), reason.get("beside", ())) for row in rows)
    cut = only_patterns(lexicon, frozenset(patterns), frozenset(tree.lemmas))
    context = (sentence.countries, sentence.pair, sentence.quoted)
    fitted = Sentence(sentence.tree, sentence.names, cut, *context)
    named = Sentence(sentence.tree, only_rows(sentence.names, frozenset(rows)), cut, *context)
    codings = [coding for coding in _codings(fitted, reason) if coding in _codings(sentence, reason)]
    found = (mention for coding in codings for mention in mentions_of(named, coding) if json.loads(why(tree, mention)) == reason)
    return next((_outcome(mention) for mention in found), None)


def _codings(sentence: Sentence, reason: dict) -> list[Coding]:
    """The readings of the named trigger by the named pattern."""
    return [coding for rule in RULES for coding in rule(sentence) if (coding.trigger, coding.pattern) == (reason["trigger"], reason["pattern"])]


def replays(tree: Tree, row: dict, day: date | None, dictionary: Dictionary, lexicon: Lexicon, before: Discourse | None = None) -> bool:
    """Whether the `why` of a row of `mentions` (JSON text) leads to that row's code, actors and status."""
    return replay(tree, json.loads(row["why"]), day, dictionary, lexicon, before) == Replayed(row["action_code"], row["source_actor_code"], row["target_actor_code"], row["status"])


def only_patterns(lexicon: Lexicon, rows: frozenset[str], lemmas: frozenset[str]) -> Lexicon:
    """What the lexicon has for the lemmas, without any pattern but those written in the rows; it still knows which words can start a coding."""

    def cut(index: dict[str, Patterns]) -> dict[str, Patterns]:
        return {lemma: Patterns(pattern for pattern in index[lemma] if pattern.row in rows) for lemma in lemmas if lemma in index}

    return lexicon._replace(verbs=cut(lexicon.verbs), nouns=cut(lexicon.nouns), modes=cut(lexicon.modes))


def only_rows(names: Names, rows: frozenset[str]) -> Names:
    """The names of a sentence without any phrase but those of the rows; role nouns stay, they are named by their sector."""
    cut = {token: match._replace(entries=tuple(e for e in match.entries if e.row in rows)) for token, match in names.phrase_at.items()}
    return names._replace(phrase_at={token: match for token, match in cut.items() if match.entries}, home=names.home if names.home_row in rows else None)


def _outcome(mention: Mention) -> Replayed:
    source, target = (actor.code if actor else NO_ACTOR for actor in (mention.source, mention.target))
    return Replayed(mention.code, source, target, mention.standing.status)
