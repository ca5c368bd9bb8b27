"""SQL of anybody over the published file: read-only, locked, with nothing else in reach."""

import csv
import io
import json
from pathlib import Path
from typing import NamedTuple

from dyadflow.errors import QueryError, UsageError
from dyadflow.store import connect


class Answer(NamedTuple):
    """Column names and rows of a query."""

    columns: list[str]
    rows: list[tuple]


def ask(path: Path, sql: str) -> Answer:
    """The answer of the published file to one statement.

    Neither files, network nor settings can be reached from it. Raises UsageError where nothing is published yet, QueryError
    with DuckDB's own words where the SQL is refused.
    """
    import duckdb

    if not path.exists():
        raise UsageError(f"{path}: nothing is published there yet; start with `dyadflow run`")
    with connect(path, read_only=True, locked=True) as connection:
        try:
            sql.encode()  # DuckDB takes no lone surrogates
            if not connection.extract_statements(sql):
                raise QueryError("no SQL statement")
            cursor = connection.execute(sql)
            return Answer([column[0] for column in cursor.description or []], cursor.fetchall())
        except (duckdb.Error, UnicodeError) as error:
            raise QueryError(" ".join(str(error).split())[:500]) from error


def render(answer: Answer, style: str) -> str:
    """The answer as an aligned table, as a JSON list of objects, or as CSV."""
    if style == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        return json.dumps(rows, ensure_ascii=False, default=str, indent=1) + "\n"
    if style == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([answer.columns, *answer.rows])
        return out.getvalue()
    return _table(answer)


def _table(answer: Answer, width: int = 60) -> str:
    """Columns padded to their longest cell; cells over the width are cut, line breaks shown as spaces."""
    cells = [[_cell(value, width) for value in row] for row in [answer.columns, *answer.rows]]
    sizes = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rule = "  ".join("-" * size for size in sizes)
    lines = ["  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in cells]
    count = f"({len(answer.rows):,} row{'' if len(answer.rows) == 1 else 's'})"
    return "\n".join([lines[0], rule, *lines[1:], count]) + "\n"


def _cell(value: object, width: int) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = "".join(c for c in text if c.isprintable())  # no terminal commands out of article text
    return text if len(text) <= width else text[: width - 1] + "…"
