"""Plain text: one article a file. A first line `date YYYY-MM-DD` gives the day; a short line of its own after it is the title."""

import re

from dyadflow.errors import BrokenRecord
from dyadflow.settings import Settings
from dyadflow.sources.contract import RAW_CHARACTERS, Fault, Reader, Record, decode, parse_time

DATE_LINE = re.compile(r"^\s*date[ \t]+(?P<day>\d{4}-\d{2}-\d{2})[ \t]*(?P<rest>[^\n]*)(?:\n|$)", re.I)
PUBLISHER_LINE = re.compile(r"^\s*publisher[ \t]++(?P<name>[^\n]++)\n", re.I)


def read_text(data: bytes, ref: str, settings: Settings) -> Reader:
    """The article of a text file; the text may follow the date on its line, as wire dumps have it."""
    text = decode(data, ref, settings.record_bytes)
    if isinstance(text, Fault):
        yield text
        return
    body, published, basis = text, None, "none"
    match = DATE_LINE.match(text)
    if match:
        try:
            published, basis = parse_time(match["day"]), "dateline"
        except ValueError:
            yield Fault(f"{ref}:1", "bad_date", f"{ref}:1: no such day: {match['day']}", text[:RAW_CHARACTERS], BrokenRecord)
            return
        body = match["rest"] + "\n" + text[match.end() :] if match["rest"] else text[match.end() :]
    publisher = PUBLISHER_LINE.match(body)
    if publisher:
        body = body[publisher.end() :]
    title, body = _title(body)
    yield Record(ref, body, publisher["name"].strip() if publisher else None, None, title, published, basis, text[:RAW_CHARACTERS])


def _title(body: str) -> tuple[str | None, str]:
    """(title, rest): a first paragraph of one short line without a full stop is a title."""
    first, _, rest = body.strip().partition("\n")
    if rest.strip() and len(first) <= 120 and first.strip() and first.strip()[-1] not in ".!?:;,”\"'" and rest.startswith(("\n", "\r")):
        return first.strip(), rest.strip()
    return None, body.strip()
