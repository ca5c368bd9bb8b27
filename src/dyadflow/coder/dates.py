"""When a clause says it happened: an interval with its precision and where it comes from.

Own rules, because a past-tense story dates its weekdays backwards: “on Tuesday” in a story of Wednesday is yesterday,
in a story of Tuesday it is that very day.
"""

import calendar
import re
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name.lower(): number for number, name in enumerate(calendar.day_abbr)}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY_MONTH = re.compile(rf"\b(?P<first>\d{{1,2}})(?:\s*[-–]\s*(?P<last>\d{{1,2}}))?(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\b\.?,?(?:\s+(?P<year>(?:19|20)\d\d))?", re.I)
MONTH_DAY = re.compile(rf"\b(?P<month>{MONTH})\.?\s+(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[-–]\s*(?P<last>\d{{1,2}}))?\b(?!\d)(?:,?\s+(?P<year>(?:19|20)\d\d))?", re.I)
MONTH_ONLY = re.compile(rf"\b(?:in|last|since|of|during|until|by|early|late|mid-?)\s+(?P<month>{MONTH})\b\.?(?:\s+(?P<year>(?:19|20)\d\d))?", re.I)
YEAR = re.compile(r"\b(?:in|since|of|during|from|the|until|earlier in|late|early)\s+(?P<year>19[4-9]\d|20[0-4]\d)\b", re.I)
WEEKDAY = re.compile(r"\b(?P<day>mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
AGO = re.compile(r"\b(?P<count>\d{1,6}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier)\b", re.I)
COUNTS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())} | {"a": 1, "an": 1}
WORDS = ((re.compile(r"\b(?:yesterday|last night|overnight)\b", re.I), 1, "day"), (re.compile(r"\b(?:today|tonight|this morning|this afternoon|this evening|early this morning)\b", re.I), 0, "day"))
LAST = re.compile(r"\b(?P<which>last|this|earlier this|past)\s+(?P<unit>week|month|year)\b", re.I)


class When(NamedTuple):
    """The interval [start, end] a clause's event falls in, how fine it is, and whether text, relative words or the publication say so."""

    start: date | None
    end: date | None
    precision: str
    basis: str


def when(text: str, published: date | None) -> When:
    """The date of a clause given the words that may hold one and the day of publication.

    Absolute dates come first, then relative words, then the publication day; without any of them basis is `none`.
    Words that count back past the first day of the calendar name no date.
    """
    with suppress(ValueError, OverflowError):
        found = _absolute(text, published) or (_relative(text, published) if published else None)
        if found:
            return found
    if published:
        return When(published, published, "day", "published")
    return When(None, None, "none", "none")


def _absolute(text: str, published: date | None) -> When | None:
    """A calendar date in the text: day and month, month, or year; the year is the publication's where left out."""
    for pattern in (DAY_MONTH, MONTH_DAY):
        match = pattern.search(text)
        year = match and _year(match, published)
        if year:
            return _days(match, year)
    match = MONTH_ONLY.search(text)
    year = match and _year(match, published)
    if year:
        month = MONTHS[match["month"].lower()]
        return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month", "text")
    match = YEAR.search(text)
    if match:
        return When(date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31), "year", "text")
    return None


def _year(match: re.Match, published: date | None) -> int | None:
    """The year written, else the latest in which the month is not after the publication's."""
    if match["year"]:
        return int(match["year"])
    if published is None:
        return None
    return published.year - (MONTHS[match["month"].lower()] > published.month)


def _days(match: re.Match, year: int) -> When | None:
    month = MONTHS[match["month"].lower()]
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not 1 <= first <= last <= calendar.monthrange(year, month)[1]:
        return None
    return When(date(year, month, first), date(year, month, last), "day" if first == last else "week", "text")


def _relative(text: str, published: date) -> When | None:
    """Words that count from the day of publication."""
    for pattern, back, precision in WORDS:
        if pattern.search(text):
            start = published - timedelta(days=back)
            return When(start, start, precision, "relative")
    match = WEEKDAY.search(text)
    if match:
        number = WEEKDAYS[match.group(0).lower()]
        start = published - timedelta(days=(published.weekday() - number) % 7)
        return When(start, start, "day", "relative")
    match = LAST.search(text)
    if match:
        return _unit(published, match["unit"].lower(), 0 if "this" in match["which"].lower() else 1)
    match = AGO.search(text)
    if match:
        word = match["count"].lower()
        return _unit(published, match["unit"].lower(), COUNTS.get(word) if word in COUNTS else int(word))
    return None


def _unit(published: date, unit: str, back: int) -> When | None:
    """The day, week, month or year that lies so many units before the publication's own."""
    if unit == "day" and back < 100_000:
        start = published - timedelta(days=back)
        return When(start, start, "day", "relative")
    if unit == "week" and back < 10_000:
        start = published - timedelta(days=published.weekday() + 7 * back)
        return When(start, start + timedelta(days=6), "week", "relative")
    if unit == "month" and back < 1_000:
        months = published.year * 12 + published.month - 1 - back
        year, month = months // 12, months % 12 + 1
        return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month", "relative")
    year = published.year - back
    return When(date(year, 1, 1), date(year, 12, 31), "year", "relative") if year > 1800 else None
