"""Articles as a person reads them: events with status, speaker, date and place, and what pronouns stand for.

The files of `seeds/gold/articles` are text, one sentence a line, its annotation indented below it:

    date 2008-08-12
    covers dateline, last night, it

    TBILISI (Reuters) -
    Georgia's army said Russian jets had bombed the port of Poti last night.
        event RUSMIL|RUS > GEO 195/18 ; alleged by GEOMIL ; on 2008-08-11..2008-08-12 day ; at Poti, GEO, city ; killed 5+
    It reported no losses.
        event GEOMIL > --- 010
        ref “It” = GEOMIL ; source

A blank line ends a paragraph, `#` begins a remark. `seeds/gold/README.md` explains each clause.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dyadflow.errors import GoldError
from dyadflow.schema import PRECISIONS, STATUSES

HEAD = re.compile(r"(?P<source>\S+) (?P<arrow><>|>) (?P<target>\S+) (?P<code>\d{3,4})(?:/(?P<roots>\d\d(?:,\d\d)*))?")
REFERENCE = re.compile(r"“(?P<phrase>[^”]+)”(?:#(?P<nth>\d))? = (?P<actors>\S+) ; (?P<sides>(?:source|target|speaker)(?:, (?:source|target|speaker))*)")
DAYS = re.compile(r"(?P<first>\d{4}(?:-\d\d){0,2}|\d{3}0s)(?:\.\.(?P<last>\d{4}-\d\d-\d\d))?(?: (?P<precisions>[a-z|]+))?")
TOLL = re.compile(r"(?P<least>\d+)?(?P<mark>\+|\.\.)?(?P<most>\d+)?(?: of (?P<of>\S+))?")
PLACE_PRECISIONS = ("city", "admin1", "country")
OTHER_DIRECTION = {"042": "043", "043": "042"}
"""What a visit is for the host, and hosting for the guest."""


class Days(NamedTuple):
    """An interval of days, both included, and the precisions that name it well."""

    start: date
    end: date
    precisions: tuple[str, ...]


class Place(NamedTuple):
    """A place: acceptable names, ISO3 codes of its country, and precisions. Without names: the event has no place."""

    names: tuple[str, ...]
    countries: tuple[str, ...]
    precisions: tuple[str, ...]


class Toll(NamedTuple):
    """How many people, as stated: bounds (None: open), and the code of whose they are, empty where not said."""

    least: int | None
    most: int | None
    of: str


class GoldEvent(NamedTuple):
    """One event of one sentence, with what is acceptable in each aspect, the preferred value first.

    `place` is None where the annotation is silent on it. `speakers` is empty where the article itself speaks.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    code: str
    roots: tuple[str, ...]
    statuses: tuple[str, ...]
    speakers: tuple[str, ...]
    days: Days
    place: Place | None
    tolls: dict[str, Toll]
    need: bool

    @property
    def triple(self) -> dict:
        """The event as `dyadflow.evaluate.meets` compares it."""
        return {"source": list(self.source), "target": list(self.target), "roots": list(self.roots)}


class Reference(NamedTuple):
    """A phrase that stands for actors named elsewhere: its span in the article, their codes, the sides of events it fills."""

    phrase: str
    start: int
    end: int
    actors: tuple[str, ...]
    sides: tuple[str, ...]


class GoldSentence(NamedTuple):
    """A sentence with its offset in the article and its annotation."""

    text: str
    start: int
    events: list[GoldEvent]
    references: list[Reference]


class GoldArticle(NamedTuple):
    """An article: id (the file's stem), text, day of publication, what it covers, sentences in order."""

    article_id: str
    text: str
    published: date
    covers: tuple[str, ...]
    sentences: list[GoldSentence]


def read_articles(folder: Path) -> list[GoldArticle]:
    """The articles of a folder, by file name. Raises GoldError where there is none, or one has a fault."""
    paths = sorted(Path(folder).glob("*.txt"))
    if not paths:
        raise GoldError(f"{folder}: no gold article (*.txt) in this folder")
    return [read_article(path) for path in paths]


def read_article(path: Path) -> GoldArticle:
    """The article of one file. Raises GoldError naming file and line where it does not follow the format."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {error.strerror if isinstance(error, OSError) else 'not UTF-8'}") from error
    head = lines.index("") if "" in lines else len(lines)
    fields = dict(line.partition(" ")[::2] for line in lines[:head] if not line.startswith("#"))
    try:
        published = date.fromisoformat(fields.get("date", ""))
    except ValueError as error:
        raise GoldError(f"{path}:1: no line `date YYYY-MM-DD`") from error
    text, sentences = _body(path, head, lines[head:], published)
    return GoldArticle(Path(path).stem, text, published, tuple(fields.get("covers", "").split(", ")), sentences)


def _body(path: Path, head: int, lines: list[str], published: date) -> tuple[str, list[GoldSentence]]:
    """Text and annotated sentences of the lines after the header."""
    text, glue, sentences = "", "", []
    for number, line in enumerate(lines, head + 1):
        if line.startswith("    "):
            if not sentences:
                raise GoldError(f"{path}:{number}: an annotation before the first sentence")
            _annotate(sentences[-1], line.strip(), published, f"{path}:{number}")
        elif not line.strip():
            glue = "\n\n" if text else ""
        elif not line.startswith("#"):
            sentences.append(GoldSentence(line, len(text + glue), [], []))
            text, glue = text + glue + line, " "
    return text, sentences


def _annotate(sentence: GoldSentence, line: str, published: date, where: str) -> None:
    """Add what one indented line says to its sentence."""
    kind, _, rest = line.partition(" ")
    try:
        if kind == "event":
            sentence.events.extend(_events(rest, published))
        elif kind == "ref":
            sentence.references.append(_reference(rest.strip(), sentence))
        elif not kind.startswith("#"):
            raise ValueError("neither `event` nor `ref` nor a remark")
    except ValueError as error:
        raise GoldError(f"{where}: {error}") from error


def _match(pattern: re.Pattern, text: str, what: str) -> re.Match:
    match = pattern.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no {what}")
    return match


def _events(text: str, published: date) -> Iterator[GoldEvent]:
    """The event of an annotation, or both directions of one written with `<>`."""
    first, *clauses = [part.strip() for part in text.split(" ; ")]
    head = _match(HEAD, first, "event: SOURCE > TARGET CODE/ROOTS")
    code = head["code"]
    roots = tuple(dict.fromkeys([code[:2], *(head["roots"] or "").split(",")]))
    sides = [_alternatives(head["source"]), _alternatives(head["target"])]
    event = GoldEvent(*sides, code, tuple(filter(None, roots)), ("fact",), (), Days(published, published, ("day",)), None, {}, True)
    for clause in clauses:
        event = _with(event, clause)
    yield event
    if head["arrow"] == "<>":
        yield event._replace(source=sides[1], target=sides[0], code=OTHER_DIRECTION.get(code, code))


def _alternatives(text: str) -> tuple[str, ...]:
    """Codes joined by |; none for `*`, which accepts any."""
    return () if text == "*" else tuple(text.split("|"))


def _with(event: GoldEvent, clause: str) -> GoldEvent:
    """The event with one more clause of its annotation."""
    word, _, rest = clause.partition(" ")
    if word == "optional":
        return event._replace(need=False)
    if word == "on":
        return event._replace(days=days(rest))
    if word == "at":
        return event._replace(place=_place(rest))
    if word in ("killed", "wounded", "detained"):
        return event._replace(tolls={**event.tolls, word: _toll(rest)})
    statuses, (by, _, speakers) = tuple(word.split("|")), rest.partition(" ")
    if not set(statuses) <= set(STATUSES) or by not in ("", "by"):
        raise ValueError(f"{clause!r} is no clause: status by WHO, on DAYS, at PLACE, killed, wounded, detained, optional")
    return event._replace(statuses=statuses, speakers=tuple(filter(None, speakers.split("|"))))


def days(text: str) -> Days:
    """The interval of `2008-08-12`, `2008-08`, `2008`, `1990s` or `2008-08-11..2008-08-12 day|week`; raises ValueError else."""
    match = _match(DAYS, text, "date")
    start, end, precision = _calendar(match["first"])
    if match["last"]:
        end = date.fromisoformat(match["last"])
    precisions = tuple((match["precisions"] or precision).split("|"))
    if end < start or not set(precisions) <= set(PRECISIONS) or match["last"] and not match["precisions"]:
        raise ValueError(f"{text!r}: the interval runs backwards, or its precision is missing or unknown")
    return Days(start, end, precisions)


def _calendar(text: str) -> tuple[date, date, str]:
    """First and last day and precision of an ISO day, month, year, or a decade."""
    if text.endswith("s"):
        return date(int(text[:4]), 1, 1), date(int(text[:4]) + 9, 12, 31), "decade"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"
    if len(parts) == 2:
        return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1]), "month"
    return date(*parts), date(*parts), "day"


def _place(text: str) -> Place:
    """`none`, or `Name|Name, ISO3|ISO3, precision|precision`."""
    if text == "none":
        return Place((), (), ("none",))
    names, countries, precisions = (part.split("|") for part in (text.rsplit(", ", 2) if text.count(", ") >= 2 else ("", "", "")))
    if not set(precisions) <= set(PLACE_PRECISIONS):
        raise ValueError(f"{text!r} is no place: NAME, ISO3, {' or '.join(PLACE_PRECISIONS)}")
    return Place(tuple(names), tuple(countries), tuple(precisions))


def _toll(text: str) -> Toll:
    """`49` exactly, `49+` at least, `10..15`, `..20` at most; `of ARMMIL` says whose."""
    match = _match(TOLL, text, "number of people")
    least, most = (int(match[name]) if match[name] else None for name in ("least", "most"))
    if least is None and most is None:
        raise ValueError(f"{text!r} gives no number")
    return Toll(least, most if match["mark"] else least, match["of"] or "")


def _reference(text: str, sentence: GoldSentence) -> Reference:
    """`“the ministry” = AZEMIL ; source`; `#2` after the phrase takes its second occurrence; `A+B` for several actors."""
    match = _match(REFERENCE, text, "reference: “PHRASE” = ACTOR ; source, target or speaker")
    found = list(re.finditer(rf"(?<!\w){re.escape(match['phrase'])}(?!\w)", sentence.text))
    nth = int(match["nth"] or 1)
    if len(found) < nth:
        raise ValueError(f"the sentence has no “{match['phrase']}”{f' for the {nth}. time' if nth > 1 else ''}")
    start, end = (sentence.start + offset for offset in found[nth - 1].span())
    return Reference(match["phrase"], start, end, tuple(match["actors"].split("+")), tuple(match["sides"].split(", ")))
