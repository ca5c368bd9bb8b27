"""From what the user names to files and addresses, and from each of these to records.

A folder may carry a `sources.toml`: `exclude` lists patterns of files that are no articles, `faults_expected` says how many
faulty records are known and accepted.
"""

import fnmatch
import stat
import tomllib
from pathlib import Path
from typing import NamedTuple

from dyadflow.errors import BrokenRecord, EmptySource, MissingSource, SourceError
from dyadflow.fetch import fetch
from dyadflow.settings import Settings
from dyadflow.sources.contract import Fault, Reader, fit, one_line
from dyadflow.sources.feed import read_feed
from dyadflow.sources.html import read_html
from dyadflow.sources.jsonl import read_json, read_jsonl
from dyadflow.sources.table import read_csv, read_parquet
from dyadflow.sources.text_file import read_text
from dyadflow.sources.warc import read_warc
from dyadflow.unpack import TooLarge, read_within, unpack

READERS = {".txt": read_text, ".jsonl": read_jsonl, ".ndjson": read_jsonl, ".json": read_json, ".csv": read_csv, ".parquet": read_parquet, ".html": read_html,
           ".htm": read_html, ".xml": read_feed, ".rss": read_feed, ".atom": read_feed, ".warc": read_warc}  # fmt: skip


class Plan(NamedTuple):
    """What a run will read: files and addresses in a stable order, what was named but is not there, accepted faults."""

    items: tuple[str, ...]
    missing: tuple[MissingSource, ...]
    faults_expected: int


class Folder(NamedTuple):
    """What the `sources.toml` of a folder says."""

    exclude: list[str] = []
    faults_expected: int = 0


def plan_sources(names: list[str]) -> Plan:
    """The files and addresses behind the names a user gives; folders are walked, each file is read once."""
    items: dict[str, None] = {}
    missing, expected = [], 0
    for name in names:
        kind = "address" if name.startswith(("http://", "https://")) else _kind(name)
        if kind == "address":
            items[name] = None
        elif kind == "folder":
            folder = _folder(Path(name) / "sources.toml")
            expected += folder.faults_expected
            items.update(dict.fromkeys(map(str, _walk(Path(name), folder.exclude))))
        elif kind == "file":
            items[str(Path(name))] = None
        else:
            missing.append(MissingSource(one_line(f"{name}: {kind}")))
    return Plan(tuple(items), tuple(missing), expected)


def _kind(name: str) -> str:
    """`file` or `folder`, else why the name is neither."""
    nothing = "no such file, folder or address"
    try:
        mode = Path(name).stat().st_mode
    except FileNotFoundError:
        return nothing
    except OSError as error:
        return error.strerror
    except ValueError:  # a NUL
        return nothing
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else nothing


def _folder(path: Path) -> Folder:
    """The settings in the file, none where there is no such file. Raises SourceError naming the file where it is broken."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Folder()
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(f"{path}: {error}") from error
    folder = Folder(found.get("exclude", []), found.get("faults_expected", 0))
    if not isinstance(folder.exclude, list) or not all(isinstance(one, str) for one in folder.exclude):
        raise SourceError(f"{path}: exclude is no list of patterns")
    if type(folder.faults_expected) is not int or folder.faults_expected < 0:
        raise SourceError(f"{path}: faults_expected is no count")
    return folder


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


def read_source(item: str, settings: Settings | None = None) -> Reader:
    """The records and faults of one file or address, fit to be kept; a source without any is a fault. Never raises for what is in it."""
    count = 0
    try:
        for found in _read(item, settings or Settings()):
            count += 1
            yield fit(found)
    except TooLarge as error:
        yield fit(Fault(item, "too_large", f"{item}: {error}", "", BrokenRecord))
    except OSError as error:
        yield fit(Fault(item, "unreadable", f"{item}: cannot be read ({error})", "", BrokenRecord))
    except Exception as error:  # the one supervised loop: parsers of foreign bytes raise what they like
        yield fit(Fault(item, "unreadable", f"{item}: its reader failed after {count} records ({type(error).__name__}: {error})", "", BrokenRecord))
    else:
        if not count:
            yield fit(Fault(item, "empty_file", f"{item}: no record in it", "", EmptySource))


def _read(item: str, settings: Settings) -> Reader:
    if item.startswith(("http://", "https://")):
        yield from _read_address(item, settings)
        return
    with open(item, "rb") as stream:
        data = read_within(stream, settings.file_bytes)
    reader = READERS.get(suffix_of(item), read_text)
    yield from reader(data if reader is read_warc else unpack(data, settings.file_bytes), item, settings)


def _read_address(url: str, settings: Settings) -> Reader:
    """The records behind an address: a feed where the answer is XML, JSON, else a page."""
    try:
        answer = fetch(url)
    except SourceError as error:
        yield Fault(url, "not_fetched", str(error), "", type(error))
        return
    kind = answer.content_type
    if "xml" in kind and "xhtml" not in kind or answer.body.lstrip()[:5] == b"<?xml":
        yield from read_feed(answer.body, url, settings)
    elif "json" in kind:
        yield from read_json(answer.body, url, settings)
    else:
        yield from read_html(answer.body, url, settings, answer.url)
