"""WARC archives: one record per HTML response. A truncated archive is noticed and named."""

import gzip
import io
import zlib

from dyadflow.errors import BrokenRecord
from dyadflow.settings import Settings
from dyadflow.sources.contract import Fault, Reader
from dyadflow.sources.html import read_html
from dyadflow.unpack import TooLarge, read_within


def read_warc(data: bytes, ref: str, settings: Settings) -> Reader:
    """The articles of all HTML responses; a Fault at the end where the archive breaks off."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number, broken = 0, _truncation(data, ref)
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(data)), 1):
            if record.rec_type == "response" and "html" in (record.http_headers.get_header("Content-Type") or "html"):
                yield from _page(record, f"{ref}:{number}", settings)
    except (ArchiveLoadFailed, EOFError, zlib.error, OSError, AttributeError) as error:
        broken = broken or Fault(ref, "broken_warc", f"{ref}: record {number + 1} cannot be read ({type(error).__name__})", "", BrokenRecord)
    if broken is None and not number:
        broken = Fault(ref, "broken_warc", f"{ref}: no WARC record in the file", "", BrokenRecord)
    if broken:
        yield broken


def _page(record, ref: str, settings: Settings) -> Reader:
    """The article of one HTML response, unpacked up to the limit of a record."""
    try:
        data = read_within(record.content_stream(), settings.record_bytes)
    except TooLarge as error:
        yield Fault(ref, "too_large", f"{ref}: {error}", "", BrokenRecord)
        return
    yield from read_html(data, ref, settings, record.rec_headers.get_header("WARC-Target-URI"))


def _truncation(data: bytes, ref: str) -> Fault | None:
    """A Fault for a compressed archive whose last member is cut off, which the reader passes over in silence."""
    if data[:2] != b"\x1f\x8b":
        return None
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            while stream.read(1 << 20):
                pass
    except (EOFError, OSError, zlib.error):
        return Fault(ref, "truncated", f"{ref}: the compressed archive is cut off", "", BrokenRecord)
    return None
