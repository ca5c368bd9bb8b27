"""Time expressions to intervals: “last week” told on a Wednesday → Monday to Sunday of the week before, precision week.

Pure arithmetic on the parts that `timewords` found. A resolver returns a When, or None where the words name no day;
what lies past the calendar raises ValueError or OverflowError, which `resolve` turns into None.
"""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from dyadflow.coder.words import effects, number, value_of


class When(NamedTuple):
    """The interval [start, end] an event falls in, how fine it is, and whether text, relative words or the publication say so."""

    start: date | None
    end: date | None
    precision: str
    basis: str


class View(NamedTuple):
    """Where an expression is read from: day of publication (None: unknown), whether the clause lies ahead, another date of the sentence."""

    published: date | None
    is_future: bool = False
    anchor: date | None = None


LENGTHS = ((1, "day"), (14, "week"), (31, "month"), (100, "season"), (366, "year"))
"""Most days an interval of a precision has, where no calendar unit names it."""


OLDEST = 1800
"""No news dates an event before this year: such a number is a misread one."""


def span(start: date, end: date, basis: str) -> When:
    """The interval from start to end with the precision of its length; a decade where it is longer than a year."""
    days = (end - start).days + 1
    if days == calendar.monthrange(start.year, start.month)[1] and start.day == 1:
        return When(start, end, "month", basis)
    named = next((name for most, name in LENGTHS if days <= most), "decade")
    return When(start, end, "season" if named == "month" and days < 28 else named, basis)


def resolve(kind: str, parts: dict[str, str], view: View) -> When | None:
    """What an expression of this kind means; None where it names no day that the calendar has."""
    try:
        found = RESOLVERS[kind](parts, view)
    except (ValueError, OverflowError, KeyError):
        return None
    is_misread = found and view.published and found.start.year < OLDEST <= view.published.year
    return None if is_misread else found


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year_of(view: View, first: date, last: date) -> int | None:
    """The year of days without one: the latest before the publication; told of what lies ahead, the next.

    `first` and `last` are the days in the year of publication. A day within tomorrow still counts as past: time zones differ.
    """
    year = view.published.year
    if view.is_future:
        return year + (last < view.published)
    return year - (first > view.published + timedelta(days=1))


def _days(parts: dict[str, str], view: View) -> When | None:
    """“12–13 September”, “Sept. 12, 2022”, “Christmas Day”."""
    month, first = value_of(parts["month"]), int(parts["first"])
    last = int(parts.get("last") or first)
    year = int(parts["year"]) if parts.get("year") else None
    if not 1 <= first <= last:
        return None
    if year is None and view.published is None:
        return None
    if year is None:
        month_days = calendar.monthrange(view.published.year, month)[1]
        year = _year_of(view, date(view.published.year, month, min(first, month_days)), date(view.published.year, month, min(last, month_days)))
    start, end = date(year, month, first), date(year, month, last)
    return When(start, end, "day", "text") if start == end else span(start, end, "text")


def _iso(parts: dict[str, str], view: View) -> When:
    day = date(int(parts["year"]), int(parts["number"]), int(parts["first"]))
    return When(day, day, "day", "text")


def _holiday(parts: dict[str, str], view: View) -> When | None:
    code = effects("times")[parts["words"]].partition(":")[2]
    month = next(word for word, effect in effects("times").items() if effect == f"month:{int(code[:2])}")
    return _days({"month": month, "first": str(int(code[2:])), "year": parts.get("year") or ""}, view)


def _months(parts: dict[str, str], view: View) -> When | None:
    """“in August” → the August before the publication, “next March”, “May 2020”."""
    month, which = value_of(parts["month"]), parts.get("which") or ""
    if parts.get("year"):
        return When(*_month(int(parts["year"]), month), "month", "text")
    if view.published is None:
        return None
    ahead = view.is_future or which == "next"
    year = _year_of(view._replace(is_future=ahead), *_month(view.published.year, month))
    if which == "next" and month == view.published.month:
        year += 1
    return When(*_month(year, month), "month", "text")


def _season(parts: dict[str, str], view: View) -> When | None:
    """“last summer”, “in the spring of 2022”; three whole months of the northern year, winter from its December on."""
    month = value_of(parts["season"])
    if not parts.get("year") and view.published is None:
        return None
    year = int(parts["year"]) if parts.get("year") else view.published.year
    if not parts.get("year"):
        started = date(year, month, 1) <= view.published
        ended = started and month < 10 and view.published.month > month + 2
        which = parts.get("which") or ""
        ahead = which == "next" or view.is_future and not (started and not ended)
        year += (1 if started else 0) if ahead else -(not started or which == "last" and not ended)
    start = date(year, month, 1)
    end = _month(year + (month == 12), (month + 1) % 12 + 1)[1]
    return When(start, end, "season", "text" if parts.get("year") else "relative")


def _years(parts: dict[str, str], view: View) -> When:
    """“in 1991”, “1998–2003”, “2014-15”."""
    first = int(parts["year"])
    last = int(parts.get("last") or first)
    last = first // 100 * 100 + last if last < 100 else last
    start, end = date(first, 1, 1), date(last, 12, 31)
    if not 1800 <= first <= last <= 2199:
        raise ValueError("not a year of news")
    return When(start, end, "year" if first == last else "decade", "text")


def _decade(parts: dict[str, str], view: View) -> When:
    year = int(parts["year"])
    return When(date(year, 1, 1), date(year + 9, 12, 31), "decade", "text")


def _weekday(parts: dict[str, str], view: View) -> When | None:
    """“on Tuesday” → the last one up to the publication, the next from it on where the clause lies ahead."""
    if view.published is None:
        return None
    which, weekday = parts.get("which") or "", value_of(parts["weekday"])
    back = (view.published.weekday() - weekday) % 7
    if which in ("next", "coming") or view.is_future and which != "last":
        ahead = (7 - back) % 7 or (7 if which == "next" else 0)
        start = view.published + timedelta(days=ahead)
    else:
        start = view.published - timedelta(days=back or (7 if which == "last" else 0))
    return When(start, start, "day", "relative")


def _weekend(parts: dict[str, str], view: View) -> When | None:
    """“over the weekend” → the Saturday and Sunday before, or of, the publication; the coming ones where the clause lies ahead."""
    if view.published is None:
        return None
    saturday = view.published - timedelta(days=(view.published.weekday() - 5) % 7)
    which, is_on = parts.get("which") or "", view.published.weekday() >= 5
    if which == "next" or (view.is_future or which in ("this", "coming")) and not is_on:
        saturday += timedelta(days=7)
    if which == "last" and is_on:
        saturday -= timedelta(days=7)
    return When(saturday, saturday + timedelta(days=1), "week", "relative")


def _day(parts: dict[str, str], view: View) -> When | None:
    """“yesterday”, “tonight”: so many days from the publication."""
    if view.published is None:
        return None
    day = view.published + timedelta(days=value_of(parts["words"]))
    return When(day, day, "day", "relative")


def _anchored(parts: dict[str, str], view: View) -> When | None:
    """“the next day”: so many days from another date of the sentence; without one, back from the publication only."""
    back = value_of(parts["words"])
    base = view.anchor or (view.published if back < 0 else None)
    if base is None:
        return None
    day = base + timedelta(days=back)
    return When(day, day, "day", "relative")


def _count(parts: dict[str, str]) -> tuple[int, int]:
    """(least, most) of a count: “three” → (3, 3), “several” → (2, 8)."""
    words = parts["count"].split()
    if words[-1] in ("few", "several", "some", "many", "recent", "coming", "past", "last"):
        return 2, 8
    if "couple" in words:
        return 2, 2
    value = number(words[-1])
    if value is None:
        raise ValueError(f"no number: {parts['count']}")
    return value, value


def _ago(parts: dict[str, str], view: View) -> When | None:
    """“three days ago”, “two years ago”; “three days earlier” counts from another date of the sentence, else from the publication."""
    least, most = _count(parts)
    direction, word = 1, parts["word"]
    base = view.published
    if word != "ago":
        base = view.anchor or (view.published if word in ("earlier", "before", "previously") else None)
        direction = 1 if word in ("earlier", "before", "previously") else -1
    if base is None:
        return None
    first, last = _unit(base, parts["unit"], most * direction), _unit(base, parts["unit"], least * direction)
    if least == most:
        return first
    low, high = sorted((first, last), key=lambda one: one.start)
    return span(low.start, high.end, "relative")


def _unit(base: date, unit: str, back: int) -> When:
    """The day, week, month or year that lies so many units before that of the base; raises where the calendar ends."""
    if unit == "day":
        start = base - timedelta(days=back)
        return When(start, start, "day", "relative")
    if unit == "week":
        start = base - timedelta(days=base.weekday() + 7 * back)
        return When(start, start + timedelta(days=6), "week", "relative")
    if unit == "month":
        months = base.year * 12 + base.month - 1 - back
        return When(*_month(months // 12, months % 12 + 1), "month", "relative")
    year = base.year - back * (10 if unit == "decade" else 1)
    first = year // 10 * 10 if unit == "decade" else year
    return When(date(first, 1, 1), date(first + (9 if unit == "decade" else 0), 12, 31), unit, "relative")


def _current(parts: dict[str, str], view: View) -> When | None:
    """“last week”, “earlier this month”, “next year”; the part of this unit that is gone or still to come where the words say so."""
    if view.published is None:
        return None
    back = {"last": 1, "past": 1, "previous": 1, "next": -1, "coming": -1}.get(parts["which"], 0)
    return _unit(view.published, parts["unit"], back)


DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}


def _stretch(parts: dict[str, str], view: View) -> When | None:
    """“in the past three days”, “in recent weeks”: so many units up to the publication; “in the coming days” from it on."""
    if view.published is None:
        return None
    length = timedelta(days=_count(parts)[1] * DAYS[parts["unit"]])
    if parts["which"] in ("next", "coming"):
        return span(view.published, view.published + length, "relative")
    return span(view.published - length, view.published, "relative")


RESOLVERS = {"days": _days, "iso": _iso, "holiday": _holiday, "months": _months, "season": _season, "years": _years, "decade": _decade, "weekday": _weekday,
             "weekend": _weekend, "day": _day, "anchored": _anchored, "ago": _ago, "current": _current, "stretch": _stretch}  # fmt: skip
ANCHORED = frozenset({"anchored", "ago"})
"""Kinds that may count from another date of the sentence."""
