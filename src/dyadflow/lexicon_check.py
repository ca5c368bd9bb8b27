"""Does every pattern do what its row says: the example is coded as expected, the counter-example is not coded by it.

`run_cases` executes both; `findings` are the halves that do not hold. `dyadflow dictionary check` and the tests show the
findings, `dyadflow dictionary codebook` the cases themselves.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.lexicon import read_rows
from dyadflow.coding import Coder, Source
from dyadflow.resources import resource
from dyadflow.schema import NO_ACTOR

DAY = date(2015, 6, 17)
"""The day examples are read on; old enough that no dated office interferes unless a row means it to."""
HALVES = ("example", "counter")


class Said(NamedTuple):
    """One mention of an executed sentence, actors by their first three letters: “VEN 1411 CUB”, and the pattern rows that made it."""

    triple: str
    pattern: str

    def __str__(self) -> str:
        return f"{self.triple} [{self.pattern}]"


class Case(NamedTuple):
    """A pattern row as executed: where it is written, its cells, what its example and its counter-example were coded as."""

    row: str
    cells: dict[str, str]
    example: tuple[Said, ...]
    counter: tuple[Said, ...]

    @property
    def example_holds(self) -> bool:
        """Whether the example gives what the row expects; a row without example has nothing to break."""
        return not self.cells["example"] or any(said.triple == self.cells["expect"] for said in self.example)

    @property
    def counter_holds(self) -> bool:
        """Whether the row itself leaves the counter-example alone."""
        return not any(self.row in said.pattern.split("+") for said in self.counter)


class Finding(NamedTuple):
    """A row that does not hold: where it is written, which half failed, the sentence, what was coded instead."""

    row: str
    half: str
    sentence: str
    expected: str
    coded: tuple[str, ...]


def pattern_rows(paths: Iterable[Path] | None = None) -> Iterator[tuple[str, dict[str, str]]]:
    """The pattern rows of lexicon files; of all of them where none is named."""
    for path in paths or sorted(resource("seeds", "verbs").glob("[0-9]*.csv")):
        yield from read_rows(path)


def run_cases(coder: Coder, rows: Iterable[tuple[str, dict[str, str]]]) -> list[Case]:
    """Every row with its example and counter-example coded, in the order of the rows."""
    rows = list(rows)
    sources = [Source(f"{number}:{half}", cells[half], DAY) for number, (_, cells) in enumerate(rows) for half in HALVES if cells[half]]
    coded = {source.article_id: tuple(_said(mention) for sentence in found for mention in sentence.mentions) for source, found in coder.code(sources)}
    return [Case(row, cells, *(coded.get(f"{number}:{half}", ()) for half in HALVES)) for number, (row, cells) in enumerate(rows)]


def findings(cases: Iterable[Case]) -> Iterator[Finding]:
    """The halves that do not hold: an example not coded as `expect` says, a counter-example coded by the row itself."""
    for case in cases:
        if not case.example_holds:
            yield Finding(case.row, "example", case.cells["example"], case.cells["expect"], tuple(map(str, case.example)))
        if not case.counter_holds:
            yield Finding(case.row, "counter", case.cells["counter"], "nothing by this row", tuple(map(str, case.counter)))


def check_rows(coder: Coder, rows: Iterable[tuple[str, dict[str, str]]]) -> Iterator[Finding]:
    """The findings of rows, executed now."""
    return findings(run_cases(coder, rows))


def _said(mention) -> Said:
    source, target = (actor.code[:3] if actor else NO_ACTOR for actor in (mention.source, mention.target))
    return Said(f"{source} {mention.code} {target}", mention.coding.pattern)
