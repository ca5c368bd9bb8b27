"""From what the user names to files and addresses, and from each of these to records.

A folder may carry a `sources.toml`: `exclude` lists patterns of files that are no articles, `faults_expected` says how many
faulty records are known and accepted.
"""

import fnmatch
import gzip
import tomllib
import zlib
from pathlib import Path
from typing import NamedTuple

from dyadflow.errors import BrokenRecord, MissingSource, SourceError
from dyadflow.fetch import fetch
from dyadflow.sources.contract import Fault, Reader
from dyadflow.sources.feed import read_feed
from dyadflow.sources.html import read_html
from dyadflow.sources.jsonl import read_jsonl
from dyadflow.sources.table import read_csv, read_parquet
from dyadflow.sources.text_file import read_text
from dyadflow.sources.warc import read_warc

READERS = {".txt": read_text, ".jsonl": read_jsonl, ".ndjson": read_jsonl, ".json": read_jsonl, ".csv": read_csv, ".parquet": read_parquet, ".html": read_html,
           ".htm": read_html, ".xml": read_feed, ".rss": read_feed, ".atom": read_feed, ".warc": read_warc}  # fmt: skip


class Plan(NamedTuple):
    """What a run will read: files and addresses in a stable order, what was named but is not there, accepted faults."""

    items: tuple[str, ...]
    missing: tuple[MissingSource, ...]
    faults_expected: int


def plan_sources(names: list[str]) -> Plan:
    """The files and addresses behind the names a user gives; folders are walked, each file is read once."""
    items: dict[str, None] = {}
    missing, expected = [], 0
    for name in names:
        path = Path(name)
        if name.startswith(("http://", "https://")):
            items[name] = None
        elif path.is_dir():
            settings = _folder_settings(path)
            expected += int(settings.get("faults_expected", 0))
            items.update(dict.fromkeys(map(str, _walk(path, settings.get("exclude", [])))))
        elif path.is_file():
            items[str(path)] = None
        else:
            missing.append(MissingSource(f"{name}: no such file, folder or address"))
    return Plan(tuple(items), tuple(missing), expected)


def _folder_settings(folder: Path) -> dict:
    path = folder / "sources.toml"
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {error}") from error


def _walk(folder: Path, exclude: list[str]) -> list[Path]:
    """The readable files below a folder, sorted by path; links that lead out of it are not followed."""
    inside = folder.resolve()
    found = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and suffix_of(path.name) in READERS and not any(fnmatch.fnmatch(relative, p) for p in exclude):
            if path.resolve().is_relative_to(inside):
                found.append(path)
    return found


def suffix_of(name: str) -> str:
    """The ending that tells the kind, without a compression ending: `a.jsonl.gz` → `.jsonl`."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix in (".gz", ".zst") else path.suffix


def read_source(item: str) -> Reader:
    """The records and faults of one file or address. Never raises for what is in it."""
    if item.startswith(("http://", "https://")):
        yield from _read_address(item)
        return
    try:
        data = Path(item).read_bytes()
        reader = READERS.get(suffix_of(item), read_text)
        data = data if reader is read_warc else decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        yield Fault(item, "unreadable", f"{item}: cannot be read ({error})", "", BrokenRecord)
        return
    yield from reader(data, item)


def decompress(data: bytes) -> bytes:
    """The bytes of a gzip or zstandard file unpacked; any other bytes as they are."""
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:4] == b"\x28\xb5\x2f\xfd":
        import zstandard

        return zstandard.ZstdDecompressor().decompressobj().decompress(data)
    return data


def _read_address(url: str) -> Reader:
    """The records behind an address: a feed where the answer is XML, a WARC, JSON lines, else a page."""
    try:
        answer = fetch(url)
    except SourceError as error:
        yield Fault(url, "not_fetched", str(error), "", type(error))
        return
    kind = answer.content_type
    if "xml" in kind and "xhtml" not in kind or answer.body.lstrip()[:5] == b"<?xml":
        yield from read_feed(answer.body, url)
    elif "json" in kind:
        yield from read_jsonl(answer.body, url)
    else:
        yield from read_html(answer.body, url, answer.url)
