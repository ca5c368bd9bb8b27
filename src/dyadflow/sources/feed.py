"""RSS and Atom feeds as files or bytes fetched: one record per entry with its own text."""

import io
import re
from datetime import datetime

from dyadflow.errors import BrokenRecord
from dyadflow.settings import Settings
from dyadflow.sources.contract import RAW_CHARACTERS, Fault, Reader, Record, decode

TAG = re.compile(r"<[^<>]{0,2000}>")
BLOCK = re.compile(r"</(?:p|div|h\d|li|blockquote)>|<br\s*/?>", re.I)


def read_feed(data: bytes, ref: str, settings: Settings) -> Reader:
    """A record for each entry; a Fault for a feed without entries, an entry without text or with an impossible date."""
    text = decode(data, ref, settings.record_bytes)
    if isinstance(text, Fault):
        yield text
        return
    import feedparser

    feed = feedparser.parse(io.BytesIO(data))  # bytes alone it would first try as the name of a file
    if not feed.entries:
        yield Fault(ref, "no_entries", f"{ref}: no entries in the feed", text[:RAW_CHARACTERS], BrokenRecord)
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(entry, f"{ref}:{number}", publisher)


def _entry(entry, ref: str, publisher: str | None) -> Record | Fault:
    body = _plain(entry.content[0].value if entry.get("content") else entry.get("summary"))
    if not body:
        return Fault(ref, "no_text", f"{ref}: the entry has no text", str(dict(entry))[:RAW_CHARACTERS], BrokenRecord)
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        published = datetime(*moment[:6]) if moment else None
    except ValueError:
        return Fault(ref, "bad_date", f"{ref}: no such day: {entry.get('published') or entry.get('updated')}", body[:RAW_CHARACTERS], BrokenRecord)
    link = entry.get("link") or ""
    source = entry.get("source") or {}
    return Record(ref, body, source.get("title") or publisher, link if link.startswith(("http://", "https://")) else None,
                  _plain(entry.get("title")) or None, published, "feed" if published else "none", body[:RAW_CHARACTERS])  # fmt: skip


def _plain(markup: str | None) -> str:
    """The text of a fragment of HTML, a blank line between its blocks."""
    from html import unescape

    return unescape(TAG.sub("", BLOCK.sub("\n\n", markup or ""))).strip()
