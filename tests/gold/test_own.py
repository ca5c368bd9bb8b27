"""The project's own gold set: its figures may rise, never fall unnoticed; its lines are well formed."""

import json

import pytest

from dyadflow.coder.lexicon import read_rows
from dyadflow.evaluate import predict, read_gold, score
from dyadflow.resources import resource

GOLD = resource("seeds", "gold", "own.jsonl")
BASELINE = json.loads(resource("seeds", "gold", "baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def measured(coder):
    rows = read_gold(GOLD)
    return score(rows, predict(coder, rows))


@pytest.mark.parametrize("figure", BASELINE)
def test_figure_does_not_fall(measured, figure):
    assert measured[figure] >= BASELINE[figure]


def test_lines_are_well_formed():
    codes = {cells["code"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv"))}
    rows = read_gold(GOLD)
    assert len({row["id"] for row in rows}) == len(rows) >= 300
    events = [event for row in rows for event in row["events"]]
    assert not {event["code"] for event in events} - codes
    assert {event["code"][:2] for event in events} == {f"{n:02d}" for n in range(1, 21)}
    assert sum(not row["events"] for row in rows) >= 70
