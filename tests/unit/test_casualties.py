"""Deaths a clause states: the lower bound where it gives one, nothing where the number is past belief."""

import pytest

from dyadflow.coder.casualties import MOST, fatalities


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("killing at least 49 Armenian soldiers", 49),
        ("a blast killed twelve people", 12),
        ("49 soldiers had been killed", 49),
        ("killed 1,200 people", 1200),
        ("killed 1,000,000 people", MOST),
        ("killed 1,000,001 people", None),
        ("killing 9,999,999,999 people", None),
        ("killing 9" + ",999" * 5000 + " people", None),
        ("9,999,999,999 people were killed", None),
        ("killed 30% of the herd", None),
        ("nobody was killed", None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_number_of_deaths(words, count):
    assert fatalities(words) == count
