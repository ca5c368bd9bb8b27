"""What an article has said before a sentence: who was spoken of last, who speaks, and which two sides there are.

A small state, read forward only: `START`, then `after` each sentence. It names an actor only where the words leave one
reading; everything it gives is marked in `why` with `context:` and the word that asked for it.
"""

from typing import NamedTuple

from dyadflow.coder.actors import Actor
from dyadflow.coder.sentence import Sentence

OPENING, CLOSING, PLAIN = "“«", "”»", '"'
SIDES = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "conj"})
REBELS = ("REB", "SEP", "INS", "UAF")
ALIKE = dict.fromkeys(REBELS, REBELS)
CERTAINTY = 0.7
MEMORY = 8


class Discourse(NamedTuple):
    """Who is in focus: the last person, the last state or organisation, the speaker of the quotation the text is in (or was last).

    `counts` are the countries by how often they were named, `is_quoted` tells whether the next sentence begins inside a quotation.
    """

    person: Actor | None = None
    body: Actor | None = None
    speaker: Actor | None = None
    is_quoted: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    groups: tuple[tuple[str, Actor], ...] = ()

    def pair(self, but: str = "") -> tuple[str, ...]:
        """The two sides of the story: the two countries named most often, without the given one; empty where a third is named as often."""
        ranked = sorted((entry for entry in self.counts if entry[0] != but), key=lambda entry: -entry[1])[:3]
        clear = len(ranked) == 2 or len(ranked) == 3 and ranked[1][1] > ranked[2][1]
        return tuple(code for code, _ in ranked[:2]) if clear else ()

    def spoken(self) -> dict[str, Actor]:
        """What pronouns stand for: we the speaker of the open quotation, he or she the last person, it the last state or body."""
        found: dict[str, Actor] = {}
        for words, actor in ((("we", "our", "us"), self.speaker), (("he", "she", "him", "her", "his"), self.person), (("it", "its"), self.body)):
            if actor:
                found |= {word: actor._replace(rows=(*actor.rows, f"context:{word}"), certainty=actor.certainty * CERTAINTY) for word in words}
        return found

    def sectors(self) -> dict[str, Actor]:
        """Whom a definite role noun means: the last actor with that sector; rebels, separatists and gunmen stand for each other."""
        return {sector: actor._replace(rows=(*actor.rows, f"context:{sector}"), certainty=actor.certainty * CERTAINTY) for sector, actor in self.groups}

    def home(self) -> str:
        """The only country the story has named so far; empty where it named none or several."""
        return self.counts[0][0] if len(self.counts) == 1 else ""


START = Discourse()


def after(before: Discourse, sentence: Sentence, text: str) -> Discourse:
    """The state after a sentence was read."""
    tree, names = sentence.tree, sentence.names
    person, body, groups = before.person, before.body, dict(before.groups)
    for token in range(len(tree)):
        if tree.deps[token] in SIDES and tree.upos[token] in ("NOUN", "PROPN"):
            actor = sentence.actor(token)
            if actor and _is_named(sentence, actor):
                groups |= dict.fromkeys(ALIKE.get(actor.code[3:6], (actor.code[3:6],)), actor) if len(actor.code) > 3 and not _is_remembered(actor) else {}
                if not tree.deps[token].startswith("nsubj"):
                    continue
                if _is_person(sentence, token):
                    person = actor
                else:
                    body = actor
    return Discourse(person, body, _speaker(before, sentence, text), _ends_quoted(before.is_quoted, text), _counted(before.counts, sentence, names), tuple(groups.items()))


def _is_remembered(actor: Actor) -> bool:
    return any(row.startswith("context:") for row in actor.rows)


def _is_named(sentence: Sentence, actor: Actor) -> bool:
    return actor.code[:3] in sentence.countries or actor.code[:3] in ("IGO", "NGO", "IMG", "MNC")


def _is_person(sentence: Sentence, token: int) -> bool:
    """Whether a subject is one person: a dated office, or a person's role in the singular."""
    match, role = sentence.names.phrase_at.get(token), sentence.names.role_at.get(token)
    if match:
        return match.entries[0].kind == "leaders"
    return role is not None and role.kind == "person" and sentence.tree.xpos[token] in ("NN", "NNP") or sentence.tree.upos[token] == "PROPN" and role is None


def _speaker(before: Discourse, sentence: Sentence, text: str) -> Actor | None:
    """Who speaks in a quotation that this sentence opens or goes on with."""
    tree = sentence.tree
    said = (t for t, lemma in enumerate(tree.lemmas) if lemma in sentence.lexicon.speech and tree.upos[t] == "VERB")
    speakers = (actor for verb in said for token in tree.roles(verb).subjects if (actor := sentence.actor(token)) and _is_named(sentence, actor))
    return next(speakers, before.speaker if before.is_quoted or text[:1] in OPENING + PLAIN else None)


def _ends_quoted(is_quoted: bool, text: str) -> bool:
    """Whether a quotation is open after the text; a paragraph that opens one anew goes on with the one before."""
    for character in text:
        if character in OPENING:
            is_quoted = True
        elif character in CLOSING:
            is_quoted = False
        elif character == PLAIN:
            is_quoted = not is_quoted
    return is_quoted


def _counted(counts: tuple[tuple[str, int], ...], sentence: Sentence, names) -> tuple[tuple[str, int], ...]:
    """The counts with the sentence's countries; a name weighs more than an adjective."""
    tally = dict(counts)
    for match in dict.fromkeys(names.phrase_at.values()):
        entry = match.entries[0]
        if entry.code[:3] in sentence.countries:
            tally[entry.code[:3]] = tally.get(entry.code[:3], 0) + (1 if entry.kind == "demonyms" else 2)
    return tuple(sorted(tally.items(), key=lambda entry: -entry[1])[:MEMORY])
