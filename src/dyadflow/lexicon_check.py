"""Does every pattern do what its row says: the example is coded as expected, the counter-example is not coded by it.

`check_rows` is what `dyadflow dictionary check` and the tests run; a finding names file and line.
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


def check_rows(coder: Coder, rows: Iterable[tuple[str, dict[str, str]]]) -> Iterator[Finding]:
    """The rows whose example is not coded as `expect` says, or whose counter-example is coded by the row itself."""
    rows = list(rows)
    sources = [Source(f"{number}:{half}", cells[half], DAY) for number, (_, cells) in enumerate(rows) for half in ("example", "counter") if cells[half]]
    for source, coded in coder.code(sources):
        number, _, half = source.article_id.partition(":")
        row, cells = rows[int(number)]
        mentions = [mention for sentence in coded for mention in sentence.mentions]
        said = tuple(f"{_country(m.source)} {m.code} {_country(m.target)} [{m.coding.pattern}]" for m in mentions)
        if half == "example" and not any(one.startswith(cells["expect"] + " ") for one in said):
            yield Finding(row, half, source.text, cells["expect"], said)
        if half == "counter" and any(row in m.coding.pattern.split("+") for m in mentions):
            yield Finding(row, half, source.text, "nothing by this row", said)


def _country(actor) -> str:
    return actor.code[:3] if actor else NO_ACTOR
