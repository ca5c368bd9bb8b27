"""Actor files of TABARI and PETRARCH: names, their synonyms, and codes that hold for ever or for some days.

    KOFI_ANNAN_
    +K._ANNAN_
        [IGOUNO 970101-061231]
        [ELI]
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dyadflow.legacy.lines import Line, Problem, Text

CODE = re.compile(r"\s*([A-Za-z0-9-]+)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?\s*")
LAST_OF_2000S = 30
"""Two-digit years up to this one are of the 2000s, as the old programs read them."""


class LegacyCode(NamedTuple):
    """A code of an entry and the days it holds, None where open."""

    line: int
    code: str
    start: date | None
    end: date | None


class LegacyActor(NamedTuple):
    """An entry: its names as (line, text), its codes, the lines of it that are broken."""

    names: list[tuple[int, str]]
    codes: list[LegacyCode]
    broken: list[int]


def parse_actors(text: Text) -> Iterator[LegacyActor | Problem]:
    """The entries of an actor file and, between them, what is wrong with its lines."""
    entry = LegacyActor([], [], [])
    for line in text.lines:
        head, codes = split_codes(line.text)
        if head and not head.startswith("+"):
            yield from _done(text, entry)
            entry = LegacyActor([], [], [])
        fault = _fault(head, codes, line, entry)
        if fault:
            entry.broken.append(line.number)
            yield text.problem(line.number, "broken", fault, line.text)
        if head.strip("+ ") and not fault.startswith("a synonym"):
            entry.names.append((line.number, head.strip("+ ")))
        for code in codes if not fault else ():
            found = parse_code(line.number, code)
            if isinstance(found, str):
                entry.broken.append(line.number)
                yield text.problem(line.number, "broken", found, line.text)
            else:
                entry.codes.append(found)
    yield from _done(text, entry)


def split_codes(line: str) -> tuple[str, list[str]]:
    """(what stands before the codes, the contents of the brackets): “UN_ [IGOUNO]” → (“UN_”, [“IGOUNO”])."""
    return line.partition("[")[0].strip(), re.findall(r"\[([^\[\]]*)\]", line)


def _fault(head: str, codes: list[str], line: Line, entry: LegacyActor) -> str:
    """What is wrong with the form of a line, empty where nothing is."""
    if line.text.count("[") != len(codes) or line.text.count("]") != len(codes):
        return "a bracket is not closed or not opened"
    if head.startswith("+") and not entry.names:
        return "a synonym without an entry before it"
    if head.startswith("+") and codes:
        return "a synonym cannot have a code of its own"
    return "a code without a name before it" if codes and not head and not entry.names else ""


def _done(text: Text, entry: LegacyActor) -> Iterator[LegacyActor | Problem]:
    if entry.names and entry.codes:
        yield entry
    elif entry.names and not entry.broken:
        yield text.problem(entry.names[0][0], "broken", "an entry without a usable code", entry.names[0][1])


def parse_code(line: int, written: str) -> LegacyCode | str:
    """The code in a pair of brackets, or what is wrong with it: “ALBGOV >050911”, “USRARM <900823”, “IGOUNO 970101-061231”."""
    match = CODE.fullmatch(written)
    if not match:
        return "neither a code nor a code with days"
    code, sign, open_day, first, last = match.groups()
    days = [parse_day(digits) if digits else None for digits in (open_day if sign == ">" else first, open_day if sign == "<" else last)]
    fault = next((day for day in days if isinstance(day, str)), None)
    if fault:
        return fault
    start, end = days[0], days[1] - timedelta(days=1) if sign == "<" and days[1] > date.min else days[1]
    return "the last day is before the first" if start and end and end < start else LegacyCode(line, code.upper(), start, end)


def parse_day(digits: str) -> date | str:
    """The day written as YYMMDD or YYYYMMDD, or what is wrong with it. “970101” is in 1997, “061231” in 2006."""
    if not digits.isascii() or len(digits) not in (6, 8):
        return f"the date {digits[:20]} has {len(digits)} digits, not 6 or 8"
    year = int(digits[:-4]) + (0 if len(digits) == 8 else 2000 if int(digits[:2]) <= LAST_OF_2000S else 1900)
    try:
        return date(year, int(digits[-4:-2]), int(digits[-2:]))
    except ValueError:
        return f"the date {digits} is no day"
