"""What every reader yields: a `Record` for what could be read, a `Fault` for what could not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from dyadflow.errors import BinarySource, BrokenRecord, EmptySource, EncodingFault, SourceError


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


def storable(text: str) -> str:
    """The text with its lone surrogates, which no file and no database takes, written out: `\\ud800`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str) -> str:
    """The text as one line without anything a terminal would obey."""
    return "".join(c for c in " ".join(storable(text).split()) if c.isprintable())


def fit(found: Record | Fault) -> Record | Fault:
    """What a reader found, fit to be kept and shown; a record with a lone surrogate in a field is a Fault that names the field."""
    place, raw = storable(found.source_ref), storable(found.raw)
    if isinstance(found, Fault):
        return found._replace(source_ref=place, raw=raw, detail=one_line(found.detail))
    fields = {"publisher": found.publisher, "url": found.url, "title": found.title}
    bad = [name for name, value in fields.items() if value and storable(value) != value]
    if bad:
        return Fault(place, "encoding", one_line(f"{place}: the {bad[0]} holds a lone surrogate, which is no character"), raw, BrokenRecord)
    return found._replace(source_ref=place, raw=raw)


def too_large(size: int, limit: int, ref: str, raw: str = "") -> Fault | None:
    """The Fault of a record over the limit, None of any other."""
    return Fault(ref, "too_large", f"{ref}: a record of {size:,} bytes; at most {limit:,} are read", raw[:RAW_CHARACTERS], BrokenRecord) if size > limit else None


def decode(data: bytes, ref: str, limit: int | None = None) -> str | Fault:
    """The text of a file: UTF-8, or UTF-16 with its mark; a Fault for empty, binary or otherwise encoded bytes.

    `limit` is the most bytes a file that is one record may have.
    """
    if limit is not None and len(data) > limit:
        return too_large(len(data), limit, ref)
    text = _text(data, ref)
    return text if isinstance(text, Fault) or text.strip() else Fault(ref, "empty_file", f"{ref}: the file is empty", "", EmptySource)


def _text(data: bytes, ref: str) -> str | Fault:
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
        return _utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if not isinstance(value, str | int):
        raise ValueError(f"a {type(value).__name__} is no time")
    text = str(value).strip()
    if text.isdigit() and len(text) == 8:
        return datetime.strptime(text, "%Y%m%d")
    return _utc(datetime.fromisoformat(text.replace("Z", "+00:00")))


def _utc(moment: datetime) -> datetime:
    """The moment in UTC without its zone, to the second; ValueError where UTC has no such year."""
    try:
        return datetime(*(moment.astimezone(UTC) if moment.tzinfo else moment).timetuple()[:6])
    except OverflowError as error:
        raise ValueError(str(error)) from error


def joined(value: object) -> str | None:
    """A publisher or title field as text: lists are joined by “; ”, blanks are None."""
    if value is None:
        return None
    parts = value if isinstance(value, list | tuple) else [value]
    text = "; ".join(str(part).strip() for part in parts if part is not None and str(part).strip())
    return text or None
