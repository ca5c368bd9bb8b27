"""The hard part of the own gold set: each sentence is a known failure; one that comes right turns red and moves to `own.jsonl`."""

import pytest

from dyadflow.coder.lexicon import read_rows
from dyadflow.evaluate import is_right, predict, read_gold
from dyadflow.resources import resource

HARD = read_gold(resource("seeds", "gold", "hard.jsonl"))
OWN = read_gold(resource("seeds", "gold", "own.jsonl"))
FIELDS = {"id", "text", "date", "exhaustive", "kind", "construction", "events"}
EVENT = {"source", "target", "roots", "code", "source_full", "target_full", "need", "status"}


@pytest.fixture(scope="module")
def predicted(coder) -> dict[str, list[dict]]:
    return {row["id"]: row["events"] for row in predict(coder, HARD)}


def known_failure(gold: dict):
    """A sentence as a parameter that has to fail; only a wrong coding counts as failing, never an error."""
    reason = f"{gold['construction']}; once it is right, move its line to seeds/gold/own.jsonl"
    return pytest.param(gold, id=gold["id"], marks=pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True))


@pytest.mark.parametrize("gold", [known_failure(gold) for gold in HARD])
def test_hard_sentence(predicted, gold):
    assert is_right(gold, predicted[gold["id"]])


def test_the_hard_part_is_well_formed():
    codes = {cells["code"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv"))}
    events = [event for row in HARD for event in row["events"]]
    assert all(set(row) == FIELDS and row["exhaustive"] for row in HARD)
    assert all(set(event) == EVENT and event["roots"][0] == event["code"][:2] and event["code"] in codes for event in events)
    assert {row["kind"] for row in HARD} == {"hard", "negative"} and all(bool(row["events"]) == (row["kind"] == "hard") for row in HARD)


def test_no_hard_sentence_is_lost():
    """All that were written are in one file or the other, once."""
    both = [row for row in (*HARD, *OWN) if row["id"].startswith("hard-")]
    assert [row["id"] for row in sorted(both, key=lambda row: row["id"])] == [f"hard-{number:03d}" for number in range(1, len(both) + 1)]
    assert len(both) >= 137 and len({row["construction"] for row in both}) >= 16
    assert len({row["text"] for row in (*HARD, *OWN)}) == len(HARD) + len(OWN)


def test_what_right_means():
    gold = {"events": [{"source": ["FRA"], "target": ["IRN"], "roots": ["11"], "code": "111", "need": True, "status": "fact"},
                       {"source": ["FRA"], "target": ["IRN"], "roots": ["10"], "code": "100", "need": False, "status": "fact"}]}  # fmt: skip
    blame, demand, visit = ({"source": "FRAGOV", "target": "IRN", "code": code, "status": "fact"} for code in ("111", "100", "042"))
    assert is_right(gold, [blame]) and is_right(gold, [blame, demand]) and is_right({"events": []}, [])
    assert not is_right(gold, []) and not is_right(gold, [demand]) and not is_right(gold, [blame, visit]) and not is_right({"events": []}, [visit])
