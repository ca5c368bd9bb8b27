"""From records to articles: cleaned, in a known language, with a content id; whatever is not fit is refused with a reason."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from dyadflow.ids import content_id
from dyadflow.settings import Settings
from dyadflow.sources.contract import Fault, Record
from dyadflow.text.clean import clean_text
from dyadflow.text.language import language_of

CODED_LANGUAGE = "en"


class Refusal(NamedTuple):
    """A record that goes to quarantine: its key, stage, reason in one word, the line for a person, the record as it came."""

    record_key: str
    stage: str
    reason: str
    detail: str
    raw: str
    source_ref: str


class Reading(NamedTuple):
    """What reading gave: article rows (table `articles`, not yet coded), refusals, faults, and how many records were read."""

    articles: list[dict]
    refusals: list[Refusal]
    faults: list[Fault]
    read_count: int
    repeated_count: int


def read_articles(records: Iterable[Record | Fault], settings: Settings, now: datetime) -> Reading:
    """All articles of the records, each content once; every record ends as article, repetition or refusal."""
    articles: dict[str, dict] = {}
    refusals, faults, read, repeated = [], [], 0, 0
    for record in records:
        read += 1
        if isinstance(record, Fault):
            faults.append(record)
        outcome = refuse_fault(record) if isinstance(record, Fault) else to_article(record, settings, now)
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
            continue
        known = articles.get(outcome["article_id"])
        repeated += known is not None
        if known is None or outcome["source_ref"] < known["source_ref"]:
            articles[outcome["article_id"]] = outcome
    unique = {refusal.record_key + refusal.reason: refusal for refusal in refusals}
    return Reading(list(articles.values()), list(unique.values()), faults, read, repeated)


def refuse_fault(fault: Fault) -> Refusal:
    """The refusal of what could not even be read."""
    return Refusal(content_id(fault.source_ref, fault.raw), "read", fault.reason, fault.detail, fault.raw, fault.source_ref)


def to_article(record: Record, settings: Settings, now: datetime) -> dict | Refusal:
    """The article row of a record, or why it is none: too short, too long, dated in the future, in another language."""
    text = clean_text(record.text)
    title = clean_text(record.title) if record.title else None
    published = record.published.replace(microsecond=0) if record.published else None
    article_id = content_id(record.publisher, record.url, published, title, text)
    for stage, reason, detail in _objections(text, published, settings, now):
        return Refusal(article_id, stage, reason, f"{record.source_ref}: {detail}", record.raw, record.source_ref)
    return {"article_id": article_id, "publisher": record.publisher, "url": record.url, "title": title, "published_at": published,
            "published_basis": record.basis, "language": CODED_LANGUAGE, "text": text, "source_ref": record.source_ref, "retrieved_at": now}  # fmt: skip


def _objections(text: str, published: datetime | None, settings: Settings, now: datetime) -> Iterator[tuple[str, str, str]]:
    """(stage, reason, detail) of everything that speaks against an article, the gravest first."""
    if len(text) < settings.minimum_characters:
        yield "clean", "too_short", f"{len(text)} characters of text, at least {settings.minimum_characters} are needed"
    if len(text) > settings.article_characters:
        yield "clean", "too_long", f"{len(text)} characters of text, at most {settings.article_characters} are read"
    if published and (published - now).days >= 1:
        yield "clean", "future_date", f"published {published:%Y-%m-%d}, after it was read"
    if published and published.year < 1800:
        yield "clean", "bad_date", f"published in the year {published.year}"
    language = language_of(text)
    if language != CODED_LANGUAGE:
        yield "language", "language", f"the text is in {language!r}, kept for a coder of that language"
