"""The `why` of a mention is enough to make it anew, and a `why` that is wrong in any part makes nothing.

Every mention of the sample corpus is replayed; then each part of its `why` is falsified in turn.
"""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from dyadflow.coder.code import mention_rows
from dyadflow.coding import Source
from dyadflow.evaluate import read_gold
from dyadflow.replay import Replayed, replay, replays
from dyadflow.resources import resource
from dyadflow.sources import Record, plan_sources, read_source
from dyadflow.text.clean import clean_text


def articles() -> Iterator[Source]:
    """The articles of the sample corpus, without its faults."""
    for item in plan_sources([str(resource("seeds", "articles"))]).items:
        for record in read_source(item):
            if isinstance(record, Record):
                yield Source(record.source_ref, clean_text(record.text), record.published.date() if record.published else None)


@pytest.fixture(scope="module")
def mentions(coder) -> list[tuple]:
    """(tree, row, day, discourse before) of every mention of the sample corpus."""
    return [(sentence.tree, row, source.published, sentence.before) for source, coded in coder.code(articles()) for sentence in coded
            for row in mention_rows(source.article_id, sentence, source.published)]  # fmt: skip


def test_every_mention_of_the_sample_corpus_replays(coder, mentions):
    assert len(mentions) >= 500
    lost = [f"{row['sentence_text']} {row['why']}" for tree, row, day, before in mentions if not replays(tree, row, day, coder.dictionary, coder.lexicon, before)]
    assert not lost, lost[:5]


def test_every_mention_of_the_own_gold_sets_replays(coder):
    """Harder sentences than the corpus has: whatever is coded in them, rightly or not, is coded for the reasons given."""
    gold = [row for name in ("own", "hard") for row in read_gold(resource("seeds", "gold", f"{name}.jsonl"))]
    sources = [Source(row["id"], row["text"], date.fromisoformat(row["date"])) for row in gold]
    rows = [(sentence.tree, row, source.published, sentence.before) for source, coded in coder.code(sources) for sentence in coded for row in mention_rows("", sentence, source.published)]
    assert len(rows) >= 400
    lost = [row["sentence_text"] for tree, row, day, before in rows if not replays(tree, row, day, coder.dictionary, coder.lexicon, before)]
    assert not lost, lost[:5]


def other_row(row: str) -> str:
    """Another row of the same file."""
    name, _, line = row.partition(":")
    return f"{name}:{int(line) + 7}" if line.isdigit() else f"{row}x"


def wrong_actors(why: dict) -> dict:
    """The `why` with every actor row replaced; what it leads to, if anything, is another mention."""
    return {**why, "actors": {side: [other_row(row) for row in rows] for side, rows in why["actors"].items()}}


FALSIFIED = {
    "another trigger": lambda why, size: {**why, "trigger": (why["trigger"] + 1) % size},
    "a trigger outside the sentence": lambda why, size: {**why, "trigger": size},
    "another lemma": lambda why, size: {**why, "lemma": why["lemma"] + "s"},
    "another pattern row": lambda why, size: {**why, "pattern": "+".join(map(other_row, why["pattern"].split("+")))},
    "a pattern of no lexicon": lambda why, size: {**why, "pattern": "none.csv:1"},
    "other actor rows": lambda why, size: wrong_actors(why),
    "no actors": lambda why, size: {**why, "actors": {}},
    "other actors beside": lambda why, size: {**why, "beside": [*why.get("beside", []), "none.csv:1"]},
    "other rules": lambda why, size: {**why, "rules": ["noun", "own sides"] if why["rules"][0] != "noun" else ["verb", "subject"]},
    "another word of status": lambda why, size: {**why, "status": [*why["status"], "allegedly"]},
}  # fmt: skip


@pytest.mark.parametrize("name", FALSIFIED)
def test_a_falsified_why_does_not_replay(coder, mentions, name):
    held = [(row["sentence_text"], row["why"]) for tree, row, day, before in mentions
            if replays(tree, {**row, "why": json.dumps(FALSIFIED[name](json.loads(row["why"]), len(tree)))}, day, coder.dictionary, coder.lexicon, before)]  # fmt: skip
    assert not held, held[:5]


def test_the_neighbour_of_a_pattern_row_does_not_replay(coder, mentions):
    """Neighbours often share trigger and code, and may fit as well; the row that was nearest is the only reason."""
    held = []
    for tree, row, day, before in mentions:
        why = json.loads(row["why"])
        name, _, line = why["pattern"].rpartition(":")
        for other in (f"{name}:{int(line) + step}" for step in (-2, -1, 1, 2)) if line.isdigit() else ():
            if replays(tree, {**row, "why": json.dumps({**why, "pattern": other})}, day, coder.dictionary, coder.lexicon, before):
                held.append((row["sentence_text"], why["pattern"], other))
    assert not held, held[:5]


def test_the_why_of_one_mention_is_not_that_of_another(coder, mentions):
    """Each mention under the `why` of the next one in its own sentence: where they differ, the outcome is the other's or none."""
    pairs = [(a, b) for a, b in zip(mentions, mentions[1:], strict=False) if a[0] is b[0] and a[1]["why"] != b[1]["why"]]
    assert pairs
    for (tree, row, day, before), (_, other, *_) in pairs:
        there = Replayed(other["action_code"], other["source_actor_code"], other["target_actor_code"], other["status"])
        assert replay(tree, json.loads(other["why"]), day, coder.dictionary, coder.lexicon, before) == there
        assert replays(tree, {**row, "why": other["why"]}, day, coder.dictionary, coder.lexicon, before) == (there == (row["action_code"], row["source_actor_code"], row["target_actor_code"], row["status"]))


def test_swapped_sides_do_not_replay_unless_both_did_it(coder, mentions):
    for tree, row, day, before in mentions:
        why = json.loads(row["why"])
        if len(why["actors"]) == 2 and why["actors"]["source"] != why["actors"]["target"]:
            swapped = {**why, "actors": {"source": why["actors"]["target"], "target": why["actors"]["source"]}}
            outcome = replay(tree, swapped, day, coder.dictionary, coder.lexicon, before)
            assert outcome is None or (outcome.source, outcome.target) == (row["target_actor_code"], row["source_actor_code"])
