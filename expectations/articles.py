"""What an article must be like."""

from dyadflow.expectations.rule import CRITICAL, QUARANTINE, WARNING, batch, between, in_set, matches, not_null, rows, unique

from dyadflow.schema import STATES

T = "articles"
HEX = "^[0-9a-f]{32}$"

ARTICLE_RULES = (
    unique(T, "article_id", "an article that stands twice would be counted twice"),
    not_null(T, "article_id", CRITICAL, "without id nothing can be joined or read again"),
    matches(T, "article_id", HEX, CRITICAL, "ids are content ids of 32 hex digits; anything else was not made by dyadflow"),
    not_null(T, "text", CRITICAL, "spans point into the text"),
    rows("articles_text_length", T, "length(text) > 200000", QUARANTINE, "a text this long is a dump of many articles or no article"),
    in_set(T, "state", STATES, CRITICAL, "every article ends in exactly one place"),
    in_set(T, "language", ("en",), QUARANTINE, "only English is coded; the rest is kept for later"),
    in_set(T, "published_basis", ("record", "metadata", "feed", "dateline", "option", "none"), CRITICAL, "a reader must know where a date comes from"),
    rows("articles_basis_coherent", T, "(published_at IS NULL) <> (published_basis = 'none')", CRITICAL, "a date and its basis are known together or not at all"),
    rows("articles_published_not_future", T, "published_at > retrieved_at + INTERVAL 1 DAY", QUARANTINE, "nobody reports tomorrow's news; the source's clock or format is wrong"),
    rows("articles_published_not_ancient", T, "published_at < TIMESTAMP '1800-01-01'", QUARANTINE, "a year this early is a misread number"),
    rows("articles_duplicate_coherent", T, "(state = 'duplicate') <> (duplicate_of IS NOT NULL)", CRITICAL, "a duplicate names its original, and only a duplicate does"),
    rows("articles_duplicate_not_self", T, "duplicate_of = article_id", CRITICAL, "an article is not its own duplicate"),
    rows("articles_versions_coherent", T, "state <> 'duplicate' AND (coder_version IS NULL OR dictionary_hash IS NULL)", CRITICAL, "a coded article says by what it was coded"),
    rows("articles_sentence_count_positive", T, "state <> 'duplicate' AND coalesce(sentence_count, 0) < 1", CRITICAL, "a text that was coded has sentences"),
    between(T, "sentence_count", None, 5000, WARNING, "an article of thousands of sentences is probably a digest"),
    rows("articles_url_scheme", T, "url IS NOT NULL AND NOT regexp_matches(url, '^https?://')", WARNING, "an address that is not http(s) cannot be followed"),
    not_null(T, "published_at", WARNING, "an event without date falls out of every time series"),
    not_null(T, "publisher", WARNING, "an article without publisher cannot be weighed"),
    batch("articles_duplicate_share", T, "count(*) > 50 AND avg((state = 'duplicate')::INT) > 0.6", WARNING, "a batch that mostly repeats itself points to a feed that is read twice"),
    batch("articles_no_event_share", T, "count(*) > 50 AND avg((state = 'no_event')::INT) > 0.9", WARNING, "a batch almost without events points to a wrong source or a broken extraction"),
)  # fmt: skip
