"""Actors that the news names and the dictionaries do not know, as rows for a person to accept.

Read again are the published articles: in subject or object position of a trigger, what is written like a name and resolves to
nobody (“Wagner attacked …”) and role nouns without a country (“police said …”). A proposal is a guess from the words around;
it becomes a row only where somebody writes `yes` into the review file and imports it.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.actors import Names, is_of_country
from dyadflow.coder.dictionary import Dictionary
from dyadflow.coder.repair import repair
from dyadflow.coder.sentence import Sentence, read_sentence
from dyadflow.coder.tree import NAME_PART, Tree
from dyadflow.coding import Coder, Source
from dyadflow.query import ask

REVIEW_COLUMNS = ("accept", "file", "code", "name", "phrases", "start", "end", "kind", "note", "count", "article_count", "contexts")
CONTEXTS = 3
CONTEXT_CHARACTERS = 160
MAJORITY, LEAST = 0.6, 2
"""The share of an actor's sentences, and their number, that must name the same country or show the same role before it is proposed."""
DOERS = frozenset({"by", "with", "against", "between", "among"})
CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split())
BY_SECTOR = {"REB": "armed_groups", "UAF": "armed_groups", "SEP": "armed_groups", "CRM": "armed_groups", "PTY": "parties", "OPP": "parties", "CVL": "peoples", "REF": "peoples"}
LINKS = frozenset({"of", "for"})


class Sighting(NamedTuple):
    """An unresolved phrase in one sentence: phrase, the role it has if it is a bare one, what stands around it."""

    phrase: str
    role: str
    kind: str
    article_id: str
    context: str
    country: str
    sector: str
    is_person: bool


class Candidate(NamedTuple):
    """An unresolved phrase of many sentences, with the row proposed for it."""

    file: str
    code: str
    name: str
    kind: str
    note: str
    count: int
    article_count: int
    contexts: tuple[str, ...]

    def row(self) -> tuple:
        """The cells of the review file; a role's phrases are its name."""
        phrases = self.name if self.file == "roles" else ""
        quoted = " | ".join(f"“{context}”" for context in self.contexts)
        return ("", self.file, self.code, self.name, phrases, "", "", self.kind, self.note, self.count, self.article_count, quoted)


def published_sources(path: Path, articles: int) -> list[Source]:
    """At most so many coded or eventless articles of the published file, by id, which is as good as by lot.

    A file without text gives the sentences of its mentions. Raises UsageError where nothing is published.
    """
    sql = "SELECT article_id, text, published_at FROM articles WHERE text IS NOT NULL AND state <> 'duplicate' ORDER BY article_id"
    rows = ask(path, f"{sql} LIMIT {int(articles)}").rows
    if not rows:
        sql = "SELECT DISTINCT article_id, sentence_text, NULL FROM mentions ORDER BY article_id, sentence_text"
        rows = ask(path, f"{sql} LIMIT {int(articles) * 10}").rows
    return [Source(article_id, text, moment.date() if moment else None) for article_id, text, moment in rows]


def find_candidates(coder: Coder, sources: Iterable[Source]) -> list[Candidate]:
    """The unresolved actors of articles, the most frequent first; alike ones by name."""
    grouped: dict[tuple[str, str], list[Sighting]] = {}
    for source, coded in coder.code(sources):
        for sentence in coded:
            tree = repair(sentence.tree, coder.lexicon.predicates)
            for sighting in sightings(tree, sentence.text, source, coder):
                grouped.setdefault((sighting.phrase, sighting.role), []).append(sighting)
    return sorted((propose(found) for found in grouped.values()), key=lambda one: (-one.count, one.name, one.file))


def sightings(tree: Tree, text: str, source: Source, coder: Coder) -> Iterator[Sighting]:
    """The unresolved actors at the triggers of one sentence, each phrase once."""
    if not any(lemma in coder.lexicon.predicates for lemma in tree.lemmas):
        return
    sentence = read_sentence(tree, coder.dictionary, coder.lexicon, source.published)
    silenced = {token for match in coder.dictionary.find(tree.words) if not match.entries[0].code for token in range(match.first, match.last)}
    seen = set()
    for head in participants(sentence):
        found = _unresolved(sentence, head, coder.dictionary) if head not in silenced else None
        if found and found[:2] not in seen:
            seen.add(found[:2])
            phrase, role, kind, is_person = found
            yield Sighting(phrase, role, kind, source.article_id, _shortened(text, phrase), sentence.names.home or "", _sector(tree, head, sentence.names), is_person)


def participants(sentence: Sentence) -> list[int]:
    """The heads of the noun phrases in subject or object position of the sentence's triggers, coordinated ones too."""
    tree = sentence.tree
    found: list[int] = []
    for verb in range(len(tree)):
        if tree.upos[verb] == "VERB" and tree.lemmas[verb] in sentence.lexicon.predicates:
            roles = tree.roles(verb)
            heads = [*roles.subjects, *roles.objects, *(token for words, token in roles.obliques if DOERS.intersection(words))]
            found += [token for head in heads for token in tree.conjuncts(head) if tree.upos[token] in ("PROPN", "NOUN")]
    return list(dict.fromkeys(found))


def _unresolved(sentence: Sentence, head: int, dictionary: Dictionary) -> tuple[str, str, str, bool] | None:
    """(phrase, role, kind of the role, whether it is a person's name) of a noun phrase nobody is known by, None for one that is known."""
    tree, actor = sentence.tree, sentence.actor(head)
    role = sentence.names.role_at.get(head)
    if actor is not None:
        is_bare = role and role.kind != "thing" and not role.is_weak and not is_of_country(actor.code) and tree.upos[head] == "NOUN"
        return (" ".join(tree.lemmas[role.first : role.last]), role.code, role.kind, False) if is_bare else None
    words = name_words(tree, head)
    is_name = words and tree.upos[head] == "PROPN" and len("".join(words)) > 2 and words[0].lower() not in CALENDAR
    return (" ".join(words), "", "", len(words) > 1 and words[0] in dictionary.given_names) if is_name else None


def name_words(tree: Tree, head: int) -> list[str]:
    """The words of a name: the head, what is joined to it, and what follows by “of” or “for”: “Movement for Change”."""
    part = {head, *(kid for kid in tree.kids_of(head, NAME_PART) if _is_capital(tree, kid))}
    part |= {kid for kid in tree.kids_of(head, ("amod",)) if kid < head and _is_capital(tree, kid)}
    for kid in tree.kids_of(head, ("nmod",)):
        if kid > head and tree.upos[kid] == "PROPN" and LINKS.intersection(tree.prepositions(kid)):
            part |= {token for token in tree.subtree(kid) if token <= kid}
    first, last = head, head
    while first - 1 in part:
        first -= 1
    while last + 1 in part:
        last += 1
    words = tree.words[first : last + 1]
    return words if _is_capital(tree, first) and all(any(c.isalpha() for c in word) for word in words) else []


def _is_capital(tree: Tree, token: int) -> bool:
    return tree.words[token][:1].isupper()


def _sector(tree: Tree, head: int, names: Names) -> str:
    """The role that the phrase or its apposition shows: REB for “rebel group Lashkar”, empty where it shows none."""
    near = [head, *tree.kids_of(head, ("compound", "appos", "amod", "flat")), *([tree.heads[head]] if tree.deps[head] in ("appos", "flat", "compound") else [])]
    return next((names.role_at[token].code for token in near if token in names.role_at), "")


def _shortened(text: str, phrase: str) -> str:
    """The sentence, or the part of it around the phrase."""
    text = " ".join(text.split())
    at = max(0, text.find(phrase) - CONTEXT_CHARACTERS // 2) if len(text) > CONTEXT_CHARACTERS else 0
    return ("…" if at else "") + text[at : at + CONTEXT_CHARACTERS] + ("…" if at + CONTEXT_CHARACTERS < len(text) else "")


def propose(found: list[Sighting]) -> Candidate:
    """The row proposed for an unresolved phrase; what its sentences do not agree on stays empty."""
    one, country, sector = found[0], _most(s.country for s in found), _most(s.sector for s in found)
    articles = len({sighting.article_id for sighting in found})
    contexts = tuple(dict.fromkeys(sighting.context for sighting in found))[:CONTEXTS]
    if one.role:
        return Candidate("roles", one.role, one.phrase, one.kind, f"alone: {country}" if country else "", len(found), articles, contexts)
    file = "leaders" if one.is_person else BY_SECTOR.get(sector, "agencies" if sector else "organisations")
    return Candidate(file, country + sector if country else "", one.phrase, "", "", len(found), articles, contexts)


def _most(values: Iterable[str]) -> str:
    """The value that most of those who have one agree on, empty where none does."""
    counts = Counter(value for value in values if value)
    best = min(counts, key=lambda value: (-counts[value], value), default="")
    return best if best and counts[best] >= max(LEAST, MAJORITY * counts.total()) else ""


def write_review(candidates: Iterable[Candidate], out: Path) -> None:
    """Write the review file: a person puts `yes` under accept, mends the row, and imports the file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    with open(temporary, "w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([REVIEW_COLUMNS, *(candidate.row() for candidate in candidates)])
    os.replace(temporary, out)


def render(candidates: list[Candidate]) -> str:
    """The candidates as a table, each with its proposed row and one context."""
    lines = [f"{'count':>6} {'articles':>8}  {'file':<14}{'code':<12}phrase"]
    for one in candidates:
        lines.append(f"{one.count:>6,} {one.article_count:>8,}  {one.file:<14}{one.code or '?':<12}{_shown(one.name)}")
        lines += [f"{'':<17}“{_shown(context)}”" for context in one.contexts[:1]]
    return "\n".join(lines)


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
