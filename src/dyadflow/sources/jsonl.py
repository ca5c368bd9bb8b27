"""JSON Lines: one article a line with `text` and, where known, `id date publisher title url`."""

import json
from collections.abc import Mapping

from dyadflow.errors import BrokenRecord
from dyadflow.sources.contract import RAW_CHARACTERS, Fault, Reader, Record, decode, joined, parse_time

TEXT_FIELDS = ("text", "body", "content", "article")
DATE_FIELDS = ("date", "published_at", "published", "datetime")


def read_jsonl(data: bytes, ref: str) -> Reader:
    """A record for each line that is a JSON object with a text; a Fault naming the line for each other one."""
    text = decode(data, ref)
    if isinstance(text, Fault):
        yield text
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _line(line, f"{ref}:{number}")


def _line(line: str, ref: str) -> Record | Fault:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Fault(ref, "broken_json", f"{ref}: broken JSON ({getattr(error, 'msg', type(error).__name__)})", line[:RAW_CHARACTERS], BrokenRecord)
    if not isinstance(row, dict):
        return Fault(ref, "not_an_object", f"{ref}: the line is no JSON object", line[:RAW_CHARACTERS], BrokenRecord)
    return record_of(row, ref, line)


def record_of(row: Mapping[str, object], ref: str, raw: str) -> Record | Fault:
    """The record of one row of named fields; a Fault where the text is missing or the date is none."""
    text = next((row[name] for name in TEXT_FIELDS if isinstance(row.get(name), str)), None)
    if text is None:
        return Fault(ref, "no_text", f"{ref}: no field `text`", raw[:RAW_CHARACTERS], BrokenRecord)
    value = next((row[name] for name in DATE_FIELDS if row.get(name)), None)
    try:
        published = parse_time(value)
    except (ValueError, OverflowError):
        return Fault(ref, "bad_date", f"{ref}: cannot read the date {value!r}", raw[:RAW_CHARACTERS], BrokenRecord)
    basis = "record" if published else "none"
    return Record(ref, text, joined(row.get("publisher")), joined(row.get("url")), joined(row.get("title")), published, basis, raw[:RAW_CHARACTERS])
