"""Numbered lines out of any bytes, comments removed, and what may be said of a line that cannot be used."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dyadflow.errors import DictionaryError

KINDS = ("broken", "unused", "changed", "implied")
"""What became of a record: not in the format; understood but without a place here; used otherwise than written; follows from other rows."""


class Problem(NamedTuple):
    """A record that was not used as it stands: file, line, one of `KINDS`, why, and the record itself."""

    file: str
    line: int
    kind: str
    reason: str
    record: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.kind}: {self.reason}: {shown(self.record)}"


class Line(NamedTuple):
    """A line without its comment: number from 1, text."""

    number: int
    text: str


class Text(NamedTuple):
    """A dictionary file: its name, the lines that say something or are empty, the lines whose bytes cannot be read."""

    file: str
    lines: list[Line]
    problems: list[Problem]

    def problem(self, number: int, kind: str, reason: str, record: str) -> Problem:
        """A problem of this file."""
        return Problem(self.file, number, kind, reason, record.strip())


def shown(record: str, width: int = 80) -> str:
    """A record fit for a terminal: one line, printable, at most so many characters."""
    text = "".join(c if c.isprintable() else "�" for c in " ".join(record.split()))
    return text if len(text) <= width else text[: width - 1] + "…"


def read_text(path: Path) -> Text:
    """The lines of a dictionary file in UTF-8, UTF-16 with its mark, or Windows-1252.

    A line that is no UTF-8 in a file that mostly is, or that holds control characters, is a problem and not guessed at. Raises
    DictionaryError where the file cannot be read at all.
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise DictionaryError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    return text_of(Path(path).name, data)


def text_of(file: str, data: bytes) -> Text:
    """The lines of the bytes of a dictionary file; never raises."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    raw = re.split(rb"\r\n|\n|\r", data.removeprefix(b"\xef\xbb\xbf"))
    odd = [line for line in raw if not line.isascii()]
    is_western = sum(_is_utf8(line) for line in odd) * 2 < len(odd)
    text, decoded = Text(file, [], []), []
    for number, line in enumerate(raw, 1):
        words = line.decode("cp1252" if is_western else "utf-8", errors="replace")
        if fault := _fault(words):
            text.problems.append(text.problem(number, "broken", fault, words))
            words = ""
        decoded.append(words)
    text.lines.extend(Line(number, line) for number, line in enumerate(without_comments(decoded), 1))
    return text


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _fault(words: str) -> str:
    if "�" in words:
        return "bytes that are no text in the encoding of the file"
    return "a control character" if any(ord(c) < 32 and c != "\t" or 0x7F <= ord(c) < 0xA0 for c in words) else ""


def without_comments(lines: Iterable[str]) -> list[str]:
    """The lines without what follows # or ; and without <!-- … -->, which may run over several."""
    kept, is_open = [], False
    for line in lines:
        text = ""
        while line:
            mark = "-->" if is_open else "<!--"
            before, found, line = line.partition(mark)
            text += "" if is_open else before
            is_open ^= bool(found)
        kept.append(re.split(r"[#;]", text)[0].rstrip())
    return kept
