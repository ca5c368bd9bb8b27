"""When a clause says it happened: the interval, its precision and its basis."""

from datetime import date

import pytest

from dyadflow.coder.dates import When, when

WEDNESDAY = date(2022, 9, 14)
CASES = {
    # absolute
    "on 13 September 2022": ("2022-09-13", "2022-09-13", "day", "text"),
    "on the 13th of September, 2022": ("2022-09-13", "2022-09-13", "day", "text"),
    "on September 13, 2022": ("2022-09-13", "2022-09-13", "day", "text"),
    "on Sept. 13": ("2022-09-13", "2022-09-13", "day", "text"),
    "on 29 February 2024": ("2024-02-29", "2024-02-29", "day", "text"),
    "on December 30": ("2021-12-30", "2021-12-30", "day", "text"),
    "on 12-14 May 2020": ("2020-05-12", "2020-05-14", "week", "text"),
    "on May 12–14, 2020": ("2020-05-12", "2020-05-14", "week", "text"),
    "in August": ("2022-08-01", "2022-08-31", "month", "text"),
    "in December": ("2021-12-01", "2021-12-31", "month", "text"),
    "since February 2020": ("2020-02-01", "2020-02-29", "month", "text"),
    "in 1998": ("1998-01-01", "1998-12-31", "year", "text"),
    # relative
    "on Tuesday": ("2022-09-13", "2022-09-13", "day", "relative"),
    "on Wednesday": ("2022-09-14", "2022-09-14", "day", "relative"),
    "on Thursday": ("2022-09-08", "2022-09-08", "day", "relative"),
    "last Tuesday": ("2022-09-13", "2022-09-13", "day", "relative"),
    "yesterday": ("2022-09-13", "2022-09-13", "day", "relative"),
    "overnight": ("2022-09-13", "2022-09-13", "day", "relative"),
    "today": ("2022-09-14", "2022-09-14", "day", "relative"),
    "last week": ("2022-09-05", "2022-09-11", "week", "relative"),
    "this week": ("2022-09-12", "2022-09-18", "week", "relative"),
    "last month": ("2022-08-01", "2022-08-31", "month", "relative"),
    "earlier this month": ("2022-09-01", "2022-09-30", "month", "relative"),
    "last year": ("2021-01-01", "2021-12-31", "year", "relative"),
    "three days ago": ("2022-09-11", "2022-09-11", "day", "relative"),
    "two weeks ago": ("2022-08-29", "2022-09-04", "week", "relative"),
    "a month ago": ("2022-08-01", "2022-08-31", "month", "relative"),
    "10 years ago": ("2012-01-01", "2012-12-31", "year", "relative"),
    # nothing, or nothing that is a date
    "with rockets": ("2022-09-14", "2022-09-14", "day", "published"),
    "on 31 June": ("2022-09-14", "2022-09-14", "day", "published"),
    "on 29 February 2023": ("2022-09-14", "2022-09-14", "day", "published"),
    "and 1998 tanks": ("2022-09-14", "2022-09-14", "day", "published"),
    "99999999 years ago": ("2022-09-14", "2022-09-14", "day", "published"),
    "and the march went on": ("2022-09-14", "2022-09-14", "day", "published"),
}  # fmt: skip


def read(start, end, precision, basis) -> When:
    return When(start and date.fromisoformat(start), end and date.fromisoformat(end), precision, basis)


@pytest.mark.parametrize("words", CASES)
def test_date_of_a_story_of_wednesday_14_september_2022(words):
    assert when(f"Russia shelled Ukraine {words}.", WEDNESDAY) == read(*CASES[words])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on 13 September 2022", ("2022-09-13", "2022-09-13", "day", "text")),
        ("in May 2020", ("2020-05-01", "2020-05-31", "month", "text")),
        ("in 1998", ("1998-01-01", "1998-12-31", "year", "text")),
        ("on 13 September", (None, None, "none", "none")),
        ("in August", (None, None, "none", "none")),
        ("on Tuesday", (None, None, "none", "none")),
        ("last week", (None, None, "none", "none")),
        ("yesterday", (None, None, "none", "none")),
    ],
)
def test_story_without_a_day_has_only_dates_written_in_full(words, expected):
    assert when(f"Russia shelled Ukraine {words}.", None) == read(*expected)


def test_absolute_date_goes_before_relative_words():
    assert when("On Monday he recalled the attack of 3 May 2019.", WEDNESDAY).start == date(2019, 5, 3)


@pytest.mark.parametrize("published", [date(2022, 1, 1), date(2022, 3, 31), date(2024, 2, 29), date(2020, 12, 31)])
@pytest.mark.parametrize("words", CASES)
def test_interval_is_ordered_and_fits_its_precision(words, published):
    found = when(words, published)
    length = (found.end - found.start).days + 1
    assert length in {"day": range(1, 2), "week": range(2, 32), "month": range(28, 32), "year": range(365, 367)}[found.precision]


@pytest.mark.parametrize("weekday", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
def test_weekday_is_the_last_one_up_to_the_day_of_publication(weekday):
    found = when(f"on {weekday}", WEDNESDAY)
    assert 0 <= (WEDNESDAY - found.start).days < 7 and f"{found.start:%A}" == weekday


PAST = [("yesterday", date(1, 1, 1)), ("last week", date(1, 1, 1)), ("5 months ago", date(1, 1, 1)), ("3 December", date(1, 1, 1)), ("in December", date(1, 1, 1)),
        ("9" * 5000 + " days ago", WEDNESDAY), ("999999 days ago", WEDNESDAY), ("999999 years ago", WEDNESDAY)]  # fmt: skip


@pytest.mark.parametrize(("words", "published"), PAST, ids=[words[:20] for words, _ in PAST])
def test_date_out_of_range_never_raises(words, published):
    assert when(words, published).basis == "published"
