"""What every reader yields: a `Record` for what could be read, a `Fault` for what could not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from dyadflow.errors import BinarySource, EmptySource, EncodingFault, SourceError


class Record(NamedTuple):
    """One article as its source gives it. `published` is UTC without zone, None where the source names no date."""

    source_ref: str
    text: str
    publisher: str | None
    url: str | None
    title: str | None
    published: datetime | None
    basis: str
    raw: str


class Fault(NamedTuple):
    """One record (or whole file) that could not be read: where, why in one word, the line for the user, the bytes as they came."""

    source_ref: str
    reason: str
    detail: str
    raw: str
    error: type[SourceError]


Reader = Iterator[Record | Fault]
RAW_CHARACTERS = 100_000


def decode(data: bytes, ref: str) -> str | Fault:
    """The text of a file: UTF-8, or UTF-16 with its mark; a Fault for empty, binary or otherwise encoded bytes."""
    if not data.strip():
        return Fault(ref, "empty_file", f"{ref}: the file is empty", "", EmptySource)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:8192]:
        return Fault(ref, "binary_file", f"{ref}: binary data, not text", repr(data[:200]), BinarySource)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raw = data[:RAW_CHARACTERS].decode("latin-1")
        return Fault(ref, "encoding", f"{ref}: not UTF-8 (byte {error.start})", raw, EncodingFault)


def parse_time(value: object) -> datetime | None:
    """A publication time as UTC without zone from a date, a timestamp or ISO text (“2022-09-13”, “2022-09-13T08:00:00+04:00”).

    A bare day is its midnight; None for an empty value. Raises ValueError for anything else.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    text = str(value).strip()
    if text.isdigit() and len(text) == 8:
        return datetime.strptime(text, "%Y%m%d")
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def joined(value: object) -> str | None:
    """A publisher or title field as text: lists are joined by “; ”, blanks are None."""
    if value is None:
        return None
    parts = value if isinstance(value, list | tuple) else [value]
    text = "; ".join(str(part).strip() for part in parts if part is not None and str(part).strip())
    return text or None
