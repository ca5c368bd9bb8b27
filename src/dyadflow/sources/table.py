"""Tables: CSV and Parquet files with a column `text` and, where known, `date publisher title url`."""

import io
import json

from dyadflow.errors import BrokenRecord
from dyadflow.sources.contract import Fault, Reader, decode
from dyadflow.sources.jsonl import TEXT_FIELDS, record_of


def read_csv(data: bytes, ref: str) -> Reader:
    """A record for each line; every cell stays text. A Fault for the whole file where no column holds text."""
    import polars as pl

    text = decode(data, ref)
    if isinstance(text, Fault):
        yield text
        return
    try:
        frame = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        yield Fault(ref, "broken_csv", f"{ref}: broken CSV ({str(error).splitlines()[0]})", text[:2000], BrokenRecord)
        return
    yield from _rows(frame, ref)


def read_parquet(data: bytes, ref: str) -> Reader:
    """A record for each row of a Parquet file."""
    import polars as pl

    try:
        frame = pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError) as error:
        yield Fault(ref, "broken_parquet", f"{ref}: broken Parquet ({str(error).splitlines()[0]})", "", BrokenRecord)
        return
    yield from _rows(frame, ref)


def _rows(frame, ref: str) -> Reader:
    if not set(TEXT_FIELDS) & set(frame.columns):
        yield Fault(ref, "no_text", f"{ref}: no column `text` among {', '.join(frame.columns[:8])}", "", BrokenRecord)
        return
    for number, row in enumerate(frame.iter_rows(named=True), 1):
        yield record_of(row, f"{ref}:{number}", json.dumps(row, ensure_ascii=False, default=str))
