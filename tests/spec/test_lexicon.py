"""Every pattern of the lexicon on its own example and counter-example, and the codebook that shows them.

Examples the coder does not code yet stand in `known_failures.txt` by pattern; one that holds again must be taken off the list.
The codebook under `docs/` is rendered from the same execution: `make docs` makes it anew.
"""

from pathlib import Path

import pytest

from dyadflow.codebook import pages
from dyadflow.coder.lexicon import read_rows
from dyadflow.lexicon_check import Case, findings, pattern_rows, run_cases
from dyadflow.resources import resource

KNOWN = Path(__file__).with_name("known_failures.txt")
DOCS = Path(__file__).resolve().parents[2] / "docs"


def label(cells: dict[str, str], half: str) -> str:
    """How a row is named in the list of known failures: half, code and pattern, without line numbers."""
    return f"{half} {cells['code']} {cells['pattern']}"


@pytest.fixture(scope="module")
def cases(coder) -> list[Case]:
    return run_cases(coder, pattern_rows())


@pytest.fixture(scope="module")
def failing(cases) -> set[str]:
    rows = {case.row: case.cells for case in cases}
    return {label(rows[finding.row], finding.half) for finding in findings(cases)}


@pytest.fixture(scope="module")
def book(cases) -> dict[str, str]:
    return pages(cases)


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


def test_the_codebook_is_what_the_coder_does_now(book):
    stale = [name for name, text in book.items() if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != text]
    assert not stale, f"run `make docs`: {stale}"


def test_the_codebook_has_every_code_and_pattern(cases, book):
    text = "\n".join(book.values())
    codes = {cells["code"]: cells["label"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv")) if len(cells["code"]) > 2}
    assert not [code for code, name in codes.items() if f"\n## {code} {name}\n" not in text]
    assert sum(line.startswith("| `") and line.count(" | ") == 3 for line in text.split("\n")) >= len(cases)


def test_the_codebook_marks_the_known_failures_and_no_other(cases, book):
    marked = sum(page.count("**not yet**:") for page in book.values())
    assert marked == sum(1 for _ in findings(cases)) > 0


def test_a_codebook_is_the_same_for_the_same_cases():
    case = Case("14_protest.csv:2", {"code": "141", "pattern": "S protest | T", "recip": "yes", "example": "A | B.", "expect": "VEN 141 CUB", "counter": "C."}, (), ())
    once = pages([case])
    assert once == pages([case])
    page = once["codebook/14_protest.md"]
    assert "| `S protest \\| T` both ways | A \\| B. | **not yet**: nothing, should be `VEN 141 CUB` | C. (nothing) |" in page
