"""Tables: CSV and Parquet files with a column `text` and, where known, `date publisher title url`."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dyadflow.errors import BrokenRecord
from dyadflow.settings import Settings
from dyadflow.sources.contract import RAW_CHARACTERS, Fault, Reader, Record, decode, too_large
from dyadflow.sources.jsonl import TEXT_FIELDS, record_of
from dyadflow.unpack import within

BATCH_ROWS = 1000


class Line(NamedTuple):
    """A row of a CSV file: the number of its first line, the row as it came, its cells, and why these cannot be read, if so."""

    number: int
    raw: str
    cells: list[str]
    trouble: str | None


def read_csv(data: bytes, ref: str, settings: Settings) -> Reader:
    """A record for each row, named by its line; every cell stays text. A Fault for each row that does not fit the header.

    A Fault for the whole file where the header names no text.
    """
    text = decode(data, ref)
    if isinstance(text, Fault):
        yield text
        return
    lines = _lines(text)
    header = next(lines)
    fault = _broken(header, f"{ref}:{header.number}") or _columns(header.cells, ref)
    if fault:
        yield fault
        return
    for line in lines:
        yield _row(line, header.cells, f"{ref}:{line.number}", settings)


def _lines(text: str) -> Iterator[Line]:
    """The rows of a CSV text, its blank lines left out."""
    csv.field_size_limit(sys.maxsize)  # a process-wide limit of 131,072 else; ours is that of the record
    taken: list[str] = []
    reader = csv.reader(_noted(io.StringIO(text, newline=""), taken), strict=True)
    while True:
        number, cells, trouble = reader.line_num + 1, [], None
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            trouble = str(error)
        if cells or trouble:
            yield Line(number, "".join(taken), cells, trouble)


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """The lines, each noted as it is taken."""
    for line in lines:
        taken.append(line)
        yield line


def _broken(line: Line, ref: str, width: int | None = None) -> Fault | None:
    """The Fault of a row that cannot be read or is not as wide as the header."""
    trouble = line.trouble or (f"{len(line.cells)} cells under a header of {width}" if width and len(line.cells) != width else None)
    return Fault(ref, "broken_csv", f"{ref}: broken CSV ({trouble})", line.raw[:RAW_CHARACTERS], BrokenRecord) if trouble else None


def _columns(names: list[str], ref: str) -> Fault | None:
    """The Fault of a table without a column that can be the text."""
    return None if set(TEXT_FIELDS) & set(names) else Fault(ref, "no_text", f"{ref}: no column `text` among {', '.join(names[:8])}", "", BrokenRecord)


def _row(line: Line, names: list[str], ref: str, settings: Settings) -> Record | Fault:
    fault = too_large(len(line.raw), settings.record_bytes, ref, line.raw) or _broken(line, ref, len(names))
    if fault:
        return fault
    row = {name: cell or None for name, cell in zip(names, line.cells, strict=True)}
    return record_of(row, ref, json.dumps(row, ensure_ascii=False))


def read_parquet(data: bytes, ref: str, settings: Settings) -> Reader:
    """A record for each row of a Parquet file, numbered from 1; a Fault for a row, or at the end, where it cannot be read."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(io.BytesIO(data))
        fault = _columns(file.schema_arrow.names, ref)
        for number, row in enumerate(_unpacked(file, settings.file_bytes) if not fault else (), 1):
            yield _cells(row, f"{ref}:{number}", settings)
    except (ArrowException, OSError) as error:
        fault = Fault(ref, "broken_parquet", f"{ref}: broken Parquet ({str(error).splitlines()[0]})", "", BrokenRecord)
    if fault:
        yield fault


def _unpacked(file, limit: int) -> Iterator:
    """Each row of an open Parquet file as a batch of one. Raises TooLarge where the file, as it says or in fact, passes the limit."""
    within(sum(file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups)), limit)
    size = 0
    for batch in file.iter_batches(BATCH_ROWS):
        for number in range(batch.num_rows):
            row = batch.slice(number, 1)
            size = within(size + row.nbytes, limit)
            yield row


def _cells(row, ref: str, settings: Settings) -> Record | Fault:
    large = too_large(row.nbytes, settings.record_bytes, ref)
    if large:
        return large
    try:
        cells = row.to_pylist()[0]
    except (ValueError, OverflowError) as error:  # bytes that are no text, days outside the calendar
        return Fault(ref, "broken_parquet", f"{ref}: broken Parquet ({error})", "", BrokenRecord)
    return record_of(cells, ref, json.dumps(cells, ensure_ascii=False, default=str))
