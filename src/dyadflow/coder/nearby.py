"""Where the tree names no target: the nearest actor after the trigger, in the order of the words.

Parsers of news lose complements more often than words lie far apart: “withdraw its troops from neighboring Lebanon”. What
this finds is marked (`rule:nearby`) and less certain than what the tree says.
"""

from dyadflow.coder.actors import Actor
from dyadflow.coder.dictionary import WORLD
from dyadflow.coder.phrases import is_backer, is_of_border, is_of_two, phrase_head, starts_clause
from dyadflow.coder.sentence import Sentence

REACH = 24
CERTAINTY = 0.6
HEADING = 10
SILENT = frozenset({"MED", "MNC", "BUS"})
"""Sectors that tell or trade and are seldom acted upon: “…, the newspaper reported”."""
BREAKS = frozenset({"while", "after", "as", "when", "whereas", "although", "but", "because", "before"})
"""Words after which another clause tells of something else."""


def nearby_target(sentence: Sentence, trigger: int, sources: list[Actor]) -> Actor | None:
    """The first actor of another country that is named after the trigger and before anything said beside the clause; None without one."""
    tree, own, codes = sentence.tree, {source.code[:3] for source in sources}, {source.code for source in sources}
    domestic = None
    for token in range(trigger + 1, min(len(tree), trigger + 1 + REACH)):
        if _is_aside(sentence, token) or starts_clause(tree, token):
            break
        actor = _named(sentence, token)
        if actor and actor.code[:3] in own and actor.code not in codes and len(actor.code) > 3:
            domestic = domestic or actor
        elif actor and actor.code[:3] not in own and (actor.code[:3] in sentence.countries or actor.code[:3] in WORLD):
            return _marked(actor)
    return _marked(domestic) if domestic else _of_headline(sentence, own)


def _of_headline(sentence: Sentence, own: set[str]) -> Actor | None:
    """The country of a heading before a colon: “Syrian uprising: The Arab League suspends its mission.”"""
    colon = next((t for t in range(min(HEADING, len(sentence.tree))) if sentence.tree.lower[t] == ":"), 0)
    found = (actor for token in range(colon) if (actor := _named(sentence, token)) and actor.code[:3] in sentence.countries - own)
    return next((_marked(actor._replace(code=actor.code[:3])) for actor in found), None)


def nearby_source(sentence: Sentence, trigger: int) -> Actor | None:
    """The actor named last before an active verb to which the tree gives no subject; one under a preposition or a possessive is passed over."""
    tree = sentence.tree
    for token in range(trigger - 1, max(-1, trigger - REACH), -1):
        if tree.upos[token] in ("VERB", "SCONJ") and tree.xpos[token] not in ("VBG", "VBN") or tree.lower[token] in (";", ":"):
            return None
        head = phrase_head(tree, token) if token in sentence.names.phrase_at else token
        if token in sentence.names.phrase_at and not tree.kids_of(head, ("case",)) and not tree.kids_of(token, ("case",)):
            actor = _named(sentence, token)
            return actor and _marked(actor)
    return None


def nearby_agent(sentence: Sentence, trigger: int) -> Actor | None:
    """The actor after the first “by” behind a passive that the tree did not join to it: “was killed in a raid on a post by rebels”."""
    tree = sentence.tree
    for token in range(trigger + 1, min(len(tree) - 1, trigger + REACH)):
        if _is_aside(sentence, token):
            return None
        if tree.lower[token] == "by" and (token == trigger + 1 or tree.upos[token - 1] != "VERB"):
            for name in range(token + 1, min(len(tree), token + 5)):
                actor = _named(sentence, name)
                if actor:
                    return _marked(actor)
            return None
    return None


def _marked(actor: Actor) -> Actor:
    return actor._replace(rows=(*actor.rows, "rule:nearby"), certainty=actor.certainty * CERTAINTY)


def _named(sentence: Sentence, token: int) -> Actor | None:
    """The actor whose name stands at the token, with the role its noun phrase gives it."""
    if token not in sentence.names.phrase_at or is_backer(sentence.tree, token) or is_of_two(sentence.tree, token, sentence.names.phrase_at) or is_of_border(sentence.tree, token, sentence.names.phrase_at):
        return None
    actor = sentence.actor(phrase_head(sentence.tree, token), True) or sentence.actor(token, True)
    return actor if actor and len(actor.code) >= 3 and not {actor.code[:3], actor.code[3:6]} & SILENT else None


def _is_aside(sentence: Sentence, token: int) -> bool:
    """Whether what follows tells who says so: “, a spokesman said”, “according to”."""
    tree = sentence.tree
    if tree.lower[token] in ("according", ";"):
        return True
    if tree.lower[token] in BREAKS and tree.deps[token] in ("mark", "advmod", "cc"):
        return True
    return tree.lower[token] == "," and any(tree.lemmas[t] in sentence.lexicon.speech and tree.upos[t] == "VERB" for t in range(token + 1, min(token + 8, len(tree))) if tree.lower[t] != ",")
