"""What a mention must be like."""

from dyadflow.expectations.rule import CRITICAL, QUARANTINE, WARNING, batch, between, in_set, matches, not_null, rows, unique

from dyadflow.coder.lexicon import read_rows
from dyadflow.resources import resource
from dyadflow.schema import BASES, BOUNDS, EVENT_STATUSES, NO_ACTOR, PRECISIONS, STATUSES

T = "mentions"
HEX = "^[0-9a-f]{32}$"
CODES = frozenset(cells["code"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv")))
ACTOR = f"^({NO_ACTOR}|[A-Z]{{3}}([A-Z]{{3}})*)$"
BOUNDED = ", ".join(f"'{bound}'" for bound in BOUNDS)
EVENTFUL = ", ".join(f"'{status}'" for status in EVENT_STATUSES)


def _span(part: str) -> str:
    """Predicate: the span of a side is no half-open interval inside the sentence."""
    return (f"({part}_start IS NULL) <> ({part}_end IS NULL) OR {part}_start < sentence_start OR {part}_end <= {part}_start "
            f"OR {part}_end > sentence_start + length(sentence_text)")  # fmt: skip


def _spelled(part: str, name: str) -> str:
    """Predicate: the words kept are not the words at the span."""
    return f"substr(sentence_text, {part}_start - sentence_start + 1, {part}_end - {part}_start) <> {name}"


def _article(predicate: str) -> str:
    """Predicate: the mention's article is there and the inner predicate, which may use its text and published_at, holds."""
    own = "(SELECT article_id AS own_id, text, published_at FROM articles)"  # renamed, so that article_id means the mention's
    return f"EXISTS (SELECT 1 FROM {own} WHERE own_id = article_id AND {predicate})"  # noqa: S608


MENTION_RULES = (
    unique(T, "mention_id", "a mention that stands twice would be counted twice"),
    not_null(T, "mention_id", CRITICAL, "without id nothing can be joined"),
    matches(T, "mention_id", HEX, CRITICAL, "ids are content ids of 32 hex digits"),
    rows("mentions_article_exists", T, f"NOT {_article('true')}", CRITICAL, "every mention stands in an article"),
    not_null(T, "action_code", QUARANTINE, "an unknown action is no mention"),
    in_set(T, "action_code", CODES, QUARANTINE, "a code that CAMEO does not have says nothing"),
    not_null(T, "source_actor_code", QUARANTINE, "an unknown side is written ---"),
    not_null(T, "target_actor_code", QUARANTINE, "an unknown side is written ---"),
    matches(T, "source_actor_code", ACTOR, QUARANTINE, "actor codes are groups of three capitals, or ---"),
    matches(T, "target_actor_code", ACTOR, QUARANTINE, "actor codes are groups of three capitals, or ---"),
    rows("mentions_some_actor", T, f"source_actor_code = '{NO_ACTOR}' AND target_actor_code = '{NO_ACTOR}'", QUARANTINE, "who did what to whom needs a who or a whom"),
    in_set(T, "status", STATUSES, QUARANTINE, "a status outside the list is not understood by anybody downstream"),
    rows("mentions_event_coherent", T, f"(event_id IS NOT NULL) <> (status IN ({EVENTFUL}))", CRITICAL, "facts, claims and allegations make events; the rest does not"),
    rows("mentions_sentence_in_text", T, _article("substr(text, sentence_start + 1, length(sentence_text)) <> sentence_text"),
         QUARANTINE, "the sentence behind a row must be found in the article"),
    rows("mentions_source_span", T, _span("source"), QUARANTINE, "a span outside its sentence shows the wrong words"),
    rows("mentions_target_span", T, _span("target"), QUARANTINE, "a span outside its sentence shows the wrong words"),
    rows("mentions_action_span", T, _span("action"), QUARANTINE, "a span outside its sentence shows the wrong words"),
    rows("mentions_source_words", T, _spelled("source", "source_name"), QUARANTINE, "the name kept must be what the text says there"),
    rows("mentions_target_words", T, _spelled("target", "target_name"), QUARANTINE, "the name kept must be what the text says there"),
    rows("mentions_action_words", T, _spelled("action", "action_text"), QUARANTINE, "the action's words must be what the text says there"),
    in_set(T, "event_date_precision", PRECISIONS, CRITICAL, "precision is one of a closed list"),
    in_set(T, "event_date_basis", BASES, CRITICAL, "the basis of a date is one of a closed list"),
    rows("mentions_date_order", T, "event_date_end < event_date_start", QUARANTINE, "an interval ends after it starts"),
    rows("mentions_date_coherent", T, "(event_date_start IS NULL) <> (event_date_precision = 'none')", CRITICAL, "a date and its precision are known together"),
    rows("mentions_day_is_a_day", T, "event_date_precision = 'day' AND event_date_start <> event_date_end", CRITICAL, "day precision means one day"),
    rows("mentions_month_is_a_month", T, "event_date_precision = 'month' AND event_date_end - event_date_start NOT BETWEEN 27 AND 30", WARNING, "month precision means one month"),
    rows("mentions_date_not_future", T, f"event_date_start > current_date AND status IN ({EVENTFUL})", QUARANTINE, "what is told as having happened cannot lie ahead"),
    rows("mentions_date_not_after_news", T, f"status IN ({EVENTFUL}) AND {_article('event_date_start > published_at::DATE + 1')}",
         WARNING, "an event dated after its own news is usually a plan misread as fact"),
    rows("mentions_date_not_ancient", T, "event_date_start < DATE '1800-01-01'", QUARANTINE, "a year this early is a misread number"),
    between(T, "confidence", 0, 1, CRITICAL, "confidence is a share"),
    not_null(T, "why", CRITICAL, "a row without explanation is what dyadflow exists to end"),
    *(between(T, f"{kind}_count", 0, 1000000, QUARANTINE, "a number this large is a misread one") for kind in ("fatality", "wounded", "detained")),
    *(rows(f"mentions_{kind}_bound_coherent", T, f"({kind}_count IS NULL) <> ({kind}_bound IS NULL) OR {kind}_bound NOT IN ({BOUNDED})", CRITICAL, "a number of people says whether it is exact or a bound")
      for kind in ("fatality", "wounded", "detained")),
    rows("mentions_self_dyad", T, f"source_actor_code = target_actor_code AND source_actor_code <> '{NO_ACTOR}'", WARNING, "an actor acting on itself is usually one actor named twice"),
    not_null(T, "coder_version", CRITICAL, "a row says by what it was coded"),
    not_null(T, "dictionary_hash", CRITICAL, "a row says by what it was coded"),
    batch("mentions_unknown_actor_share", T, f"count(*) > 100 AND avg((source_actor_code = '{NO_ACTOR}' OR target_actor_code = '{NO_ACTOR}')::INT) > 0.85", WARNING,
          "almost no full dyads points to a region whose actors the dictionary does not know"),
    batch("mentions_root_concentration", T, "count(*) > 100 AND (SELECT max(n) FROM (SELECT count(*) AS n FROM mentions GROUP BY left(action_code, 2))) > 0.8 * count(*)", WARNING, "one root code in nearly all rows points to a pattern gone wild"),
)  # fmt: skip
