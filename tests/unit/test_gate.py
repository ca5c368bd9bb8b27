"""Every rule of the gate has a row that breaks it: one change to a good batch, found alike by Great Expectations and by the predicate."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from dyadflow.expectations import RULES

from dyadflow.errors import DyadflowError
from dyadflow.ids import content_id
from dyadflow.schema import ARTICLES, EVENTS, MENTIONS, create_sql, polars_schema
from dyadflow.store import connect
from dyadflow.validate import Check, _count, blocking, judge, quarantine_rows

SENTENCE = "Russian forces shelled Ukraine on Tuesday."
ARTICLE, MENTION, EVENT = content_id("article"), content_id("mention"), content_id("event")
DAY, NOW = date(2022, 9, 13), datetime(2022, 9, 14, 12)
FUTURE = date.today() + timedelta(days=30)
GOOD = {
    "articles": {
        "article_id": ARTICLE, "publisher": "Wire", "url": "https://wire.example/1", "title": "Shelling", "published_at": datetime(2022, 9, 14), "published_basis": "record",
        "language": "en", "text": f"Perú. {SENTENCE}", "source_ref": "wire.jsonl:1", "retrieved_at": NOW, "state": "coded", "sentence_count": 2, "coder_version": "1",
        "dictionary_hash": "d",
    },
    "mentions": {
        "mention_id": MENTION, "article_id": ARTICLE, "event_id": EVENT, "sentence_number": 1, "sentence_text": SENTENCE, "sentence_start": 6, "source_actor_code": "RUSMIL",
        "source_name": "Russian forces", "source_start": 6, "source_end": 20, "action_code": "194", "action_text": "shelled", "action_start": 21, "action_end": 28,
        "target_actor_code": "UKR", "target_name": "Ukraine", "target_start": 29, "target_end": 36, "status": "fact", "event_date_start": DAY, "event_date_end": DAY,
        "event_date_precision": "day", "event_date_basis": "relative", "place_precision": "none", "fatality_count": 4, "fatality_bound": "exact", "confidence": 0.8, "why": "{}", "coder_version": "1",
        "dictionary_hash": "d",
    },
    "events": {
        "event_id": EVENT, "source_actor_code": "RUSMIL", "source_country_code": "RUS", "source_role_code": "MIL", "target_actor_code": "UKR", "target_country_code": "UKR",
        "cameo_code": "194", "base_code": "194", "root_code": "19", "plover_type": "ASSAULT", "quad_class": 4, "goldstein": -10.0, "status": "fact", "event_date_start": DAY,
        "event_date_end": DAY, "event_date_precision": "day", "place_latitude": 49.2, "place_longitude": 37.3, "place_precision": "city", "fatality_count": 4, "confidence": 0.8,
        "mention_count": 1, "article_count": 1, "publisher_count": 1, "coder_version": "1", "dictionary_hash": "d",
    },
}  # fmt: skip

ROWS = {
    "articles_article_id_form": {"article_id": "A-1"},
    "articles_article_id_present": {"article_id": None},
    "articles_text_present": {"text": None},
    "articles_text_length": {"text": f"Perú. {SENTENCE} " + "x" * 200_000},
    "articles_state_known": {"state": "lost"},
    "articles_language_known": {"language": "fr"},
    "articles_published_basis_known": {"published_basis": "guess"},
    "articles_basis_coherent": {"published_basis": "none"},
    "articles_published_not_future": {"published_at": NOW + timedelta(days=2)},
    "articles_published_not_ancient": {"published_at": datetime(1799, 12, 31)},
    "articles_duplicate_coherent": {"duplicate_of": content_id("another")},
    "articles_duplicate_not_self": {"duplicate_of": ARTICLE, "state": "duplicate"},
    "articles_versions_coherent": {"dictionary_hash": None},
    "articles_sentence_count_positive": {"sentence_count": 0},
    "articles_sentence_count_range": {"sentence_count": 5001},
    "articles_url_scheme": {"url": "javascript:alert(1)"},
    "articles_published_at_present": {"published_at": None, "published_basis": "none"},
    "articles_publisher_present": {"publisher": None},
    "mentions_mention_id_present": {"mention_id": None},
    "mentions_mention_id_form": {"mention_id": "M-1"},
    "mentions_article_exists": {"article_id": content_id("another")},
    "mentions_action_code_present": {"action_code": None},
    "mentions_action_code_known": {"action_code": "999"},
    "mentions_source_actor_code_present": {"source_actor_code": None},
    "mentions_target_actor_code_present": {"target_actor_code": None},
    "mentions_source_actor_code_form": {"source_actor_code": "RU"},
    "mentions_target_actor_code_form": {"target_actor_code": "ukr"},
    "mentions_some_actor": {"source_actor_code": "---", "target_actor_code": "---"},
    "mentions_status_known": {"status": "rumoured", "event_id": None},
    "mentions_event_coherent": {"event_id": None},
    "mentions_sentence_in_text": {"sentence_text": SENTENCE.replace("on", "by")},
    "mentions_source_span": {"source_start": 0, "source_end": None, "source_name": None},
    "mentions_target_span": {"target_end": 29, "target_name": None},
    "mentions_action_span": {"action_start": 3, "action_text": None},
    "mentions_source_words": {"source_name": "Russian force"},
    "mentions_target_words": {"target_name": "Ukrainian"},
    "mentions_action_words": {"action_text": "shelling"},
    "mentions_event_date_precision_known": {"event_date_precision": "hour"},
    "mentions_event_date_basis_known": {"event_date_basis": "guess"},
    "mentions_date_order": {"event_date_end": date(2022, 9, 12), "event_date_precision": "week"},
    "mentions_date_coherent": {"event_date_precision": "none"},
    "mentions_day_is_a_day": {"event_date_end": date(2022, 9, 14)},
    "mentions_month_is_a_month": {"event_date_precision": "month", "event_date_start": date(2022, 8, 1), "event_date_end": date(2022, 9, 30)},
    "mentions_date_not_future": {"event_date_start": FUTURE, "event_date_end": FUTURE},
    "mentions_date_not_after_news": {"event_date_start": date(2022, 9, 16), "event_date_end": date(2022, 9, 16)},
    "mentions_date_not_ancient": {"event_date_start": date(1799, 12, 31), "event_date_end": date(1799, 12, 31)},
    "mentions_confidence_range": {"confidence": 1.01},
    "mentions_why_present": {"why": None},
    "mentions_fatality_count_range": {"fatality_count": 1_000_001},
    "mentions_wounded_count_range": {"wounded_count": 1_000_001, "wounded_bound": "exact"},
    "mentions_detained_count_range": {"detained_count": -1, "detained_bound": "exact"},
    "mentions_fatality_bound_coherent": {"fatality_bound": "perhaps"},
    "mentions_wounded_bound_coherent": {"wounded_count": 4},
    "mentions_detained_bound_coherent": {"detained_bound": "exact"},
    "mentions_self_dyad": {"target_actor_code": "RUSMIL"},
    "mentions_coder_version_present": {"coder_version": None},
    "mentions_dictionary_hash_present": {"dictionary_hash": None},
    "events_event_id_form": {"event_id": "E-1"},
    "events_cameo_code_known": {"cameo_code": "1949"},
    "events_root_is_prefix": {"root_code": "18"},
    "events_base_is_prefix": {"base_code": "193"},
    "events_quad_class_range": {"quad_class": 5},
    "events_quad_matches_root": {"quad_class": 1},
    "events_goldstein_present": {"goldstein": None},
    "events_goldstein_range": {"goldstein": -10.1},
    "events_status_known": {"status": "planned"},
    "events_source_actor_code_form": {"source_actor_code": "RUS1"},
    "events_target_actor_code_form": {"target_actor_code": ""},
    "events_event_date_precision_known": {"event_date_precision": "hour"},
    "events_date_order": {"event_date_end": date(2022, 9, 12)},
    "events_mention_count_range": {"mention_count": 0},
    "events_article_count_range": {"article_count": 0, "publisher_count": 0},
    "events_publishers_within_articles": {"publisher_count": 2},
    "events_confidence_range": {"confidence": 0.995},
    "events_place_latitude_range": {"place_latitude": 90.5},
    "events_place_longitude_range": {"place_longitude": -180.5},
}  # fmt: skip
"""The change to the one good row that breaks the rule."""


def many(count: int, **changes) -> list[dict]:
    """Rows that differ in their id, for rules over more than one row."""
    return [{**changes, "id": content_id(number)} for number in range(count)]


TWICE = [{}, {}]
ROOTS = ("012", "036", "042", "061", "111", "173", "194")
MANY = {
    "articles_article_id_unique": TWICE,
    "mentions_mention_id_unique": TWICE,
    "events_event_id_unique": TWICE,
    "articles_duplicate_share": many(51, state="duplicate", duplicate_of=ARTICLE, sentence_count=None),
    "articles_no_event_share": many(51, state="no_event"),
    "mentions_unknown_actor_share": [{**row, "target_actor_code": "---", "action_code": ROOTS[number % 7]} for number, row in enumerate(many(101))],
    "mentions_root_concentration": many(101),
}
"""The rows in place of the one good row."""

IMPLIED = {
    "articles_article_id_present": {"mentions_article_exists"},
    "articles_article_id_form": {"mentions_article_exists"},
    "articles_published_not_ancient": {"mentions_date_not_after_news"},
    "articles_duplicate_share": {"mentions_article_exists"},
    "articles_no_event_share": {"mentions_article_exists"},
    "mentions_date_not_future": {"mentions_date_not_after_news"},
    "events_quad_class_range": {"events_quad_matches_root"},
}
"""Rules that cannot hold where the first one fails."""

BY_NAME = {rule.name: rule for rule in RULES}


def staged(folder, table: str | None = None, rows: list[dict] = ({},)):
    """A staged database of one good article, mention and event, the rows of one table changed."""
    path = folder / "batch.duckdb"
    with connect(path) as connection:
        for one in (ARTICLES, MENTIONS, EVENTS):
            changes = rows if one.name == table else [{}]
            key = one.key[0]
            made = [{**GOOD[one.name], **({key: change["id"]} if "id" in change else {}), **{k: v for k, v in change.items() if k != "id"}} for change in changes]
            connection.execute(create_sql(one))
            connection.register("incoming", pl.DataFrame(made, schema=polars_schema(one)))
            connection.execute(f"INSERT INTO {one.name} SELECT * FROM incoming")  # noqa: S608
            connection.unregister("incoming")
    return path


def broken(path) -> set[str]:
    """The rules whose predicate finds a bad row."""
    with connect(path, read_only=True) as connection:
        return {rule.name for rule in RULES if _count(connection, rule)}


def test_every_rule_has_a_row_that_breaks_it():
    assert set(ROWS) | set(MANY) == set(BY_NAME) and not set(ROWS) & set(MANY)
    assert len(BY_NAME) == len(RULES)


def test_good_batch_passes_every_rule(tmp_path):
    checks = judge(staged(tmp_path))
    assert [check.rule.name for check in checks if not check.is_passed] == []
    assert [check.rule for check in checks] == list(RULES)


@pytest.mark.parametrize("name", BY_NAME)
def test_one_change_breaks_this_rule_and_no_other(tmp_path, name):
    rule = BY_NAME[name]
    path = staged(tmp_path, rule.table, MANY.get(name) or [ROWS[name]])
    assert broken(path) == {name} | IMPLIED.get(name, set())


def together(table: str) -> list[dict]:
    """The good row twice over and one bad row for each rule of the table, under ids of their own."""
    rows, key = [{}, {}], {"articles": "article_id", "mentions": "mention_id", "events": "event_id"}[table]
    for name, change in ROWS.items():
        if BY_NAME[name].table == table:
            own = content_id(name)
            rows.append({key: own} | {column: own if column == "duplicate_of" and value == ARTICLE else value for column, value in change.items()})
    return rows


@pytest.mark.parametrize("table", GOOD)
def test_great_expectations_counts_what_the_predicates_count(tmp_path, table):
    """`judge` raises where the two differ; the predicates are proved one by one above."""
    rules = tuple(rule for rule in RULES if rule.table == table and rule.kind != "batch")
    checks = judge(staged(tmp_path, table, together(table)), rules)
    assert [check.rule.name for check in checks if not 1 <= check.failed_count <= 4] == []
    assert {check.rule.name for check in blocking(checks)} == {rule.name for rule in rules if rule.severity == "critical"}


@pytest.mark.parametrize("name", [rule.name for rule in RULES if rule.kind == "batch"])
def test_great_expectations_judges_the_batch_as_a_whole(tmp_path, name):
    rule = BY_NAME[name]
    (check,) = judge(staged(tmp_path, rule.table, MANY[name]), (rule,))
    assert (check.failed_count, check.checked_count) == (1, 1)


@pytest.mark.parametrize("name", [rule.name for rule in RULES if rule.severity == "quarantine"])
def test_row_that_fails_a_quarantine_rule_is_kept_whole_with_its_reason(tmp_path, name):
    rule = BY_NAME[name]
    (row,) = quarantine_rows(staged(tmp_path, rule.table, [ROWS[name]]), [Check(rule, 1, 1)])
    kind = rule.table.removesuffix("s")
    assert (row["record_kind"], row["rule_name"], row["record_key"]) == (kind, name, GOOD[rule.table][f"{kind}_id"])
    assert row["record_key"] in row["raw_record"] and rule.why in row["detail"] and row["source_ref"]


def test_every_rule_is_of_a_known_severity_and_says_why():
    assert {rule.severity for rule in RULES} == {"critical", "quarantine", "warning"}
    assert [rule.name for rule in RULES if len(rule.why.split()) < 2 or not rule.name.startswith(rule.table)] == []


def test_small_batches_are_not_judged_by_shares(tmp_path):
    path = staged(tmp_path, "articles", many(50, state="no_event"))
    assert "articles_no_event_share" not in broken(path)


def test_rule_on_which_both_judges_differ_stops_the_run(tmp_path):
    rule = BY_NAME["articles_language_known"]._replace(bad="language = 'en'")
    with pytest.raises(DyadflowError, match="articles_language_known: Great Expectations counts 0 bad rows, the predicate 1"):
        judge(staged(tmp_path), (rule,))


def test_rule_that_cannot_run_is_an_error_not_a_failure(tmp_path):
    rule = BY_NAME["articles_language_known"]._replace(arguments={"column": "no_such_column", "value_set": ["en"]})
    with pytest.raises(DyadflowError, match="articles_language_known"):
        judge(staged(tmp_path), (rule,))
