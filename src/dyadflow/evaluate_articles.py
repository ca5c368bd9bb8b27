"""How well the coder reads whole articles: per aspect how much is right, attempted and possible.

triple       needed events met in source, target and root, in their sentence / rows coded, of any status / needed events
root         the same for the root alone, by a row that shares a known actor
rows         rows coded that meet an event of their own, needed or optional / rows coded / events
status       met events whose status is an accepted one / met / needed
date         met events dated within the right interval at the right precision / met with a date / needed
date_told    the same for events that did not happen on the day of publication alone
place_name   met events with the right place / met with a place / needed that have one
place_country, place_precision    the same for its country, and for how fine it is
attribution  met events with the right speaker, by country / met with a speaker / needed that have one
speaker_role the same for the role letters too
reference    phrases resolved to the right actors / resolved / all
deaths       met events with the stated deaths (the lower bound) / met with a number / needed that have one

Actors are compared as in `dyadflow.evaluate`. A place or speaker given to an event that has none counts as attempted.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dyadflow.coding import Coder, Source
from dyadflow.evaluate import assign, country, distinct, meets, root_ok
from dyadflow.gold_articles import GoldArticle, GoldEvent, GoldSentence, Reference
from dyadflow.schema import NO_ACTOR

OPPOSITE = {"source": "target", "target": "source"}


class Count(NamedTuple):
    """Right answers among the attempted ones, and how many were possible."""

    right: int = 0
    attempted: int = 0
    possible: int = 0

    def plus(self, other: "Count") -> "Count":
        """Both counts together."""
        return Count(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of the attempted that is right, 0 to 1."""
        return self.right / max(1, self.attempted)

    @property
    def recall(self) -> float:
        """Share of the possible that is right, 0 to 1."""
        return self.right / max(1, self.possible)


def predict_articles(coder: Coder, gold: Iterable[GoldArticle]) -> dict[str, list[dict]]:
    """The mention rows of each article by its id, each with the keys `source`, `target` and `code` beside the table's columns."""
    articles = list(gold)
    sources = [Source(one.article_id, one.text, one.published) for one in articles]
    return {
        source.article_id: [_row(row) for row in coder.placed_rows(source, coded)]
        for source, coded in coder.code(sources)
    }


def _row(row: dict) -> dict:
    return {**row, "source": row["source_actor_code"], "target": row["target_actor_code"], "code": row["action_code"]}


def score_articles(gold: Iterable[GoldArticle], predictions: dict[str, list[dict]]) -> dict[str, Count]:
    """The counts per aspect over all articles; rows belong to the sentence their sentence begins in."""
    total = {aspect: Count() for aspect in ("triple", "root", "rows", *ASPECTS, "reference")}
    for article in gold:
        rows = predictions.get(article.article_id, [])
        for sentence, own in _by_sentence(article, rows):
            for aspect, count in score_sentence(sentence, own, article).items():
                total[aspect] = total[aspect].plus(count)
    return total


def _by_sentence(article: GoldArticle, rows: list[dict]) -> Iterator[tuple[GoldSentence, list[dict]]]:
    """Each sentence with the rows coded from it, by offset: a splitter that cuts elsewhere loses no row."""
    for sentence in article.sentences:
        end = sentence.start + len(sentence.text)
        yield sentence, [row for row in rows if sentence.start <= row["sentence_start"] < end]


def score_sentence(sentence: GoldSentence, rows: list[dict], article: GoldArticle) -> dict[str, Count]:
    """What one sentence adds to the counts."""
    needed = [event for event in sentence.events if event.need]
    full = [event for event in needed if event.source and event.target]
    triples, different = [event.triple for event in full], distinct(rows)
    met = {id(full[number]): rows[row] for number, row in assign(rows, triples, meets).items()}
    counts = {
        "triple": Count(len(met), len(different), len(full)),
        "root": Count(len(assign(different, [event.triple for event in needed], root_ok)), len(different), len(needed)),
        "rows": Count(len(assign(different, [event.triple for event in sentence.events], meets)), len(different), len(sentence.events)),
        "reference": _total(_reference(sentence, one, rows) for one in sentence.references),
    }
    pairs = [(event, met.get(id(event))) for event in needed]
    return counts | {name: _total(judge(event, row, article) for event, row in pairs) for name, judge in ASPECTS.items()}


def _total(counts: Iterable[Count]) -> Count:
    total = Count()
    for count in counts:
        total = total.plus(count)
    return total


def _status(event: GoldEvent, row: dict | None, article: GoldArticle) -> Count:
    return Count(int(row is not None and row["status"] in event.statuses), int(row is not None), 1)


def _date(event: GoldEvent, row: dict | None, article: GoldArticle) -> Count:
    attempted = row is not None and row["event_date_start"] is not None
    return Count(int(attempted and _same_days(event, row)), int(attempted), 1)


def _date_told(event: GoldEvent, row: dict | None, article: GoldArticle) -> Count:
    is_told = (event.days.start, event.days.end) != (article.published, article.published)
    return _date(event, row, article) if is_told else Count()


def _same_days(event: GoldEvent, row: dict) -> bool:
    """Whether precision agrees and the intervals share at least half of the shorter one: “early in May” may be all of May."""
    days, start, end = event.days, row["event_date_start"], row["event_date_end"]
    shared = (min(days.end, end) - max(days.start, start)).days + 1
    shorter = min((days.end - days.start).days, (end - start).days) + 1
    return row["event_date_precision"] in days.precisions and 2 * shared >= shorter


def _place(column: str, fits: Callable[[GoldEvent, str], bool]) -> Callable[..., Count]:
    """The judge of one column of the place; an event whose annotation is silent on places counts nowhere."""

    def judge(event: GoldEvent, row: dict | None, article: GoldArticle) -> Count:
        if event.place is None:
            return Count()
        value = (row or {}).get(column)
        attempted = value not in (None, "", "none")
        return Count(int(attempted and bool(event.place.names) and fits(event, value)), int(attempted), int(bool(event.place.names)))

    return judge


def _name_fits(event: GoldEvent, name: str) -> bool:
    return plain(name) in {plain(one) for one in event.place.names}


def plain(name: str) -> str:
    """A name without accents, case, punctuation and article: “the Gaza Strip” → “gaza strip”."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    words = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _attribution(event: GoldEvent, row: dict | None, article: GoldArticle) -> Count:
    return _speaker(event, row, lambda said, wanted: country(said) == country(wanted))


def _speaker_role(event: GoldEvent, row: dict | None, article: GoldArticle) -> Count:
    return _speaker(event, row, lambda said, wanted: country(said) == country(wanted) and said[3:6] == wanted[3:6])


def _speaker(event: GoldEvent, row: dict | None, same: Callable[[str, str], bool]) -> Count:
    said = (row or {}).get("attributed_to_code")
    right = bool(said) and any(same(said, wanted) for wanted in event.speakers)
    return Count(int(right), int(bool(said)), int(bool(event.speakers)))


def _deaths(event: GoldEvent, row: dict | None, article: GoldArticle) -> Count:
    toll = event.tolls.get("killed")
    if toll is None or toll.least is None:
        return Count()
    stated = (row or {}).get("fatality_count")
    return Count(int(stated == toll.least), int(stated is not None), 1)


ASPECTS: dict[str, Callable[[GoldEvent, dict | None, GoldArticle], Count]] = {
    "status": _status, "date": _date, "date_told": _date_told, "place_name": _place("place_name", _name_fits),
    "place_country": _place("place_country_code", lambda event, code: code in event.place.countries),
    "place_precision": _place("place_precision", lambda event, value: value in event.place.precisions),
    "attribution": _attribution, "speaker_role": _speaker_role, "deaths": _deaths,
}  # fmt: skip
"""What is judged of each needed event and the row that meets it (None where none does)."""


def _reference(sentence: GoldSentence, reference: Reference, rows: list[dict]) -> Count:
    """Whether the rows of the sentence put the right actors where the phrase stands.

    A row speaks of the phrase where its words are the phrase, else where it codes an event whose side the phrase fills.
    """
    got = {country(code) for side in reference.sides for code in _fillers(sentence, reference, side, rows)} - {NO_ACTOR}
    wanted = {country(code) for code in reference.actors}
    right = got == wanted if len(wanted) > 1 else bool(got) and got <= wanted
    return Count(int(right), int(bool(got)), 1)


def _fillers(sentence: GoldSentence, reference: Reference, side: str, rows: list[dict]) -> Iterator[str]:
    """The actor codes that rows have on the side of an event which the phrase fills."""
    column = "attributed_to_code" if side == "speaker" else side
    for event in filled(sentence, reference, side):
        for row in rows:
            if row.get(column) and _is_about(row, event, reference, side):
                yield row[column]


def filled(sentence: GoldSentence, reference: Reference, side: str) -> list[GoldEvent]:
    """The events of a sentence that have an actor of the phrase on this side."""
    wanted = {country(code) for code in reference.actors}
    return [event for event in sentence.events if wanted & {country(code) for code in getattr(event, "speakers" if side == "speaker" else side)}]


def _is_about(row: dict, event: GoldEvent, reference: Reference, side: str) -> bool:
    """Whether a row codes the event as far as the phrase leaves it open: “the two countries” leave both sides open."""
    if side == "speaker":
        return root_ok(row, event.triple)
    if _has_span(row, reference, side):
        return True
    is_both = len(reference.actors) > 1 and OPPOSITE[side] in reference.sides
    return meets(row, {**event.triple, side: [], **({OPPOSITE[side]: []} if is_both else {})})


def _has_span(row: dict, reference: Reference, side: str) -> bool:
    start, end = row.get(f"{side}_start"), row.get(f"{side}_end")
    return start is not None and start < reference.end and reference.start < end


def as_json(counts: dict[str, Count]) -> dict[str, dict]:
    """The counts with their two shares, for `--json`."""
    return {aspect: {**count._asdict(), "precision": round(count.precision, 4), "recall": round(count.recall, 4)} for aspect, count in counts.items()}


def table(counts: dict[str, Count]) -> str:
    """The counts as a table: right where attempted, right of what was possible."""
    lines = [f"{'aspect':<16}{'right':>7}{'attempted':>11}{'possible':>10}{'of attempted':>14}{'of possible':>13}"]
    lines += [f"{name:<16}{c.right:>7}{c.attempted:>11}{c.possible:>10}{_percent(c.precision, c.attempted):>14}{_percent(c.recall, c.possible):>13}" for name, c in counts.items()]
    return "\n".join(lines)


def _percent(share: float, of: int) -> str:
    return f"{100 * share:.1f}%" if of else "-"
