"""JSON: one article a line, or an array of articles, each with `text` and, where known, `id date publisher title url`."""

import json
import re
import reprlib
from collections.abc import Iterator, Mapping

from dyadflow.errors import BrokenRecord, EmptySource
from dyadflow.settings import Settings
from dyadflow.sources.contract import RAW_CHARACTERS, Fault, Reader, Record, decode, joined, parse_time, too_large

TEXT_FIELDS = ("text", "body", "content", "article")
DATE_FIELDS = ("date", "published_at", "published", "datetime")
BETWEEN = re.compile(r"[ \t\r\n]*+,?[ \t\r\n]*+")


def read_jsonl(data: bytes, ref: str, settings: Settings) -> Reader:
    """A record for each line that is a JSON object with a text; a Fault naming the line for each other one."""
    text = decode(data, ref)
    if isinstance(text, Fault):
        yield text
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _record(line, f"{ref}:{number}", settings)


def read_json(data: bytes, ref: str, settings: Settings) -> Reader:
    """A record for each value of a JSON array, numbered from 1; what is no array is read line by line."""
    text = decode(data, ref)
    if isinstance(text, Fault) or not text.lstrip().startswith("["):
        yield from read_jsonl(data, ref, settings)
        return
    number = 0
    for number, piece in enumerate(_pieces(text), 1):
        yield _record(piece, f"{ref}:{number}", settings)
    if not number:
        yield Fault(ref, "empty_file", f"{ref}: the array is empty", text[:RAW_CHARACTERS], EmptySource)


def _pieces(text: str) -> Iterator[str]:
    """The values of a JSON array as they are written; what is left where it breaks off, or after it, is one piece more."""
    decoder, at = json.JSONDecoder(), BETWEEN.match(text, text.index("[") + 1).end()
    while text[at : at + 1] != "]":
        try:
            end = decoder.raw_decode(text, at)[1]
        except (ValueError, RecursionError):
            yield text[at:]
            return
        yield text[at:end]
        at = BETWEEN.match(text, end).end()
    if rest := text[at + 1 :].strip():
        yield rest


def _record(written: str, ref: str, settings: Settings) -> Record | Fault:
    """The record of one JSON value as it is written."""
    large = too_large(len(written), settings.record_bytes, ref, written)
    if large:
        return large
    try:
        row = json.loads(written)
    except (ValueError, RecursionError) as error:
        return Fault(ref, "broken_json", f"{ref}: broken JSON ({getattr(error, 'msg', type(error).__name__)})", written[:RAW_CHARACTERS], BrokenRecord)
    if not isinstance(row, dict):
        return Fault(ref, "not_an_object", f"{ref}: no JSON object", written[:RAW_CHARACTERS], BrokenRecord)
    return record_of(row, ref, written)


def record_of(row: Mapping[str, object], ref: str, raw: str) -> Record | Fault:
    """The record of one row of named fields; a Fault where the text is missing or the date is none."""
    text = next((row[name] for name in TEXT_FIELDS if isinstance(row.get(name), str)), None)
    if text is None:
        return Fault(ref, "no_text", f"{ref}: no field `text`", raw[:RAW_CHARACTERS], BrokenRecord)
    value = next((row[name] for name in DATE_FIELDS if row.get(name)), None)
    try:
        published = parse_time(value)
    except ValueError:
        return Fault(ref, "bad_date", f"{ref}: cannot read the date {reprlib.repr(value)}", raw[:RAW_CHARACTERS], BrokenRecord)
    basis = "record" if published else "none"
    return Record(ref, text, joined(row.get("publisher")), joined(row.get("url")), joined(row.get("title")), published, basis, raw[:RAW_CHARACTERS])
