"""Deaths a clause states: “killing at least 49 Armenian soldiers” → 49, the lower bound where it gives one."""

import re

WORDS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split())}
WORDS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "a": 1, "an": 1}
NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}|" + "|".join(WORDS) + r")"
BEFORE = re.compile(rf"\bkill(?:s|ed|ing)\s+(?:at\s+least\s+|about\s+|some\s+|around\s+|more\s+than\s+|nearly\s+|up\s+to\s+|over\s+)?{NUMBER}\b(?!\s*%)", re.I)
AFTER = re.compile(rf"\b{NUMBER}\s++(?:[\w’'-]++\s++){{0,4}}?(?:(?:were|was|have\s+been|had\s+been|has\s+been|are|is|being)\s++)?(?:killed|dead|died)\b", re.I)
MOST = 1_000_000
"""More deaths than this no clause of news states: such a number is a misread one."""


def fatalities(text: str) -> int | None:
    """The number of deaths the words state, None where they state none or one past belief."""
    match = BEFORE.search(text) or AFTER.search(text)
    if not match:
        return None
    word = match["n"].lower().replace(",", "")
    if word in WORDS:
        return WORDS[word]
    return int(word) if len(word) <= len(str(MOST)) and int(word) <= MOST else None
