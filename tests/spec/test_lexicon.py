"""Every pattern of the lexicon on its own example and counter-example.

Examples the coder does not code yet stand in `known_failures.txt` by pattern; one that holds again must be taken off the list.
"""

from pathlib import Path

import pytest

from dyadflow.coder.lexicon import read_rows
from dyadflow.lexicon_check import check_rows, pattern_rows
from dyadflow.resources import resource

KNOWN = Path(__file__).with_name("known_failures.txt")


def label(cells: dict[str, str], half: str) -> str:
    """How a row is named in the list of known failures: half, code and pattern, without line numbers."""
    return f"{half} {cells['code']} {cells['pattern']}"


@pytest.fixture(scope="module")
def failing(coder) -> set[str]:
    rows = dict(pattern_rows())
    return {label(rows[finding.row], finding.half) for finding in check_rows(coder, rows.items())}


def test_no_new_failure(failing):
    new = failing - set(KNOWN.read_text(encoding="utf-8").splitlines())
    assert not new, sorted(new)[:20]


def test_known_failures_still_fail(failing):
    mended = set(KNOWN.read_text(encoding="utf-8").splitlines()) - failing
    assert not mended, f"take these off the list: {sorted(mended)[:20]}"


def test_most_examples_hold(failing):
    rows = list(pattern_rows())
    assert len(rows) >= 2500
    assert sum(name.startswith("example") for name in failing) <= len(rows) * 0.2
    assert sum(name.startswith("counter") for name in failing) <= len(rows) * 0.02


def test_every_row_has_example_and_counter():
    assert not [row for row, cells in pattern_rows() if not (cells["example"] and cells["counter"] and cells["expect"])]


def test_every_code_can_be_emitted():
    lexical = {cells["code"] for _, cells in pattern_rows()}
    composed = {cells["code"] for _, cells in read_rows(resource("seeds", "grammar", "composition.csv"))}
    codes = {cells["code"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv")) if len(cells["code"]) > 2}
    assert not codes - lexical - composed
