"""Mentions to events: identity, counts, place, confidence; the order of rows plays no part."""

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dyadflow.events import IDENTITY, assign_events, build_events, cameo_codes, event_id, split_actor
from dyadflow.schema import EVENTS, MENTIONS, STATUSES, polars_schema

DAY = date(2022, 9, 13)
MENTION = {
    "mention_id": "m1", "article_id": "a1", "source_actor_code": "RUSMIL", "action_code": "190", "target_actor_code": "UKR", "status": "fact",
    "event_date_start": DAY, "event_date_end": DAY, "event_date_precision": "day", "event_date_basis": "relative", "place_precision": "none",
    "confidence": 0.5, "coder_version": "1", "dictionary_hash": "d",
}  # fmt: skip


def mentions(*changes: dict) -> pl.DataFrame:
    """Good mentions, each with its changes; ids m1, m2 … unless given."""
    rows = [{**MENTION, "mention_id": f"m{number}", **change} for number, change in enumerate(changes, 1)]
    return assign_events(pl.DataFrame(rows, schema=polars_schema(MENTIONS)))


def articles(**publishers) -> pl.DataFrame:
    """`a2_a1="Post"` is article a2, a duplicate of a1, published by Post."""
    rows = [(*name.split("_"), None)[:2] + (publisher,) for name, publisher in publishers.items()]
    return pl.DataFrame(rows, schema={"article_id": pl.String, "duplicate_of": pl.String, "publisher": pl.String}, orient="row")


def one(changes: list[dict], **publishers) -> dict:
    """The only event of these mentions."""
    events = build_events(mentions(*changes), articles(**publishers or {"a1": "Wire"}))
    assert events.height == 1
    return events.row(0, named=True)


@pytest.mark.parametrize(
    ("code", "parts"),
    [("---", (None, None, None)), ("AZE", ("AZE", None, None)), ("AZEMIL", ("AZE", "MIL", None)), ("IGOUNO", ("IGO", None, "UNO")), ("REB", (None, "REB", None)),
     ("USAGOVDOS", ("USA", "GOV", "DOS")), ("PSEHAM", ("PSE", None, "HAM")), ("NGO", ("NGO", None, None)), ("INT", ("INT", None, None))],
)  # fmt: skip
def test_actor_code_comes_apart(code, parts):
    assert split_actor(code) == parts


@pytest.mark.parametrize("status", STATUSES)
def test_only_facts_claims_and_allegations_make_events(status):
    assert (event_id({**MENTION, "status": status}) is not None) is (status in ("fact", "claimed", "alleged"))


@pytest.mark.parametrize("name", IDENTITY)
def test_each_part_of_the_identity_tells_events_apart(name):
    other = {"status": "claimed", "event_date_start": date(2022, 9, 12), "event_date_end": date(2022, 9, 14)}.get(name, "XXX")
    assert event_id(MENTION) != event_id({**MENTION, name: other})


@pytest.mark.parametrize("name", [name for name in MENTIONS.names if name not in IDENTITY])
def test_nothing_else_tells_events_apart(name):
    assert event_id(MENTION) == event_id({**MENTION, name: "other"})


def test_mention_without_event_makes_none():
    assert build_events(mentions({"status": "planned"}, {"status": "denied"}), articles(a1="Wire")).is_empty()


def test_event_carries_codes_as_text_and_facts_of_the_code_table():
    event = one([{"action_code": "010"}])
    assert (event["cameo_code"], event["base_code"], event["root_code"], event["quad_class"]) == ("010", "010", "01", 1)
    assert (event["source_country_code"], event["source_role_code"], event["target_country_code"], event["target_role_code"]) == ("RUS", "MIL", "UKR", None)


def test_every_code_of_the_table_makes_a_coherent_event():
    codes = cameo_codes()["action_code"].to_list()
    events = build_events(mentions(*({"action_code": code} for code in codes)), articles(a1="Wire"))
    assert sorted(events["cameo_code"]) == sorted(codes)
    assert events.filter((pl.col("root_code") != pl.col("cameo_code").str.head(2)) | (pl.col("base_code") != pl.col("cameo_code").str.head(3))).is_empty()


def test_counts_include_duplicates_of_the_articles_and_their_publishers():
    event = one([{}, {}, {"article_id": "a2"}], a1="Wire", a2="Wire", a3_a1="Post", a4_a1="Post", a5_a2="Mail", a6_a2=None, a7="Other", a8_a7="Else")
    assert (event["mention_count"], event["article_count"], event["publisher_count"]) == (3, 6, 3)


def test_article_without_publisher_counts_as_article_only():
    event = one([{}], a1=None)
    assert (event["article_count"], event["publisher_count"]) == (1, 0)


def test_largest_stated_number_of_deaths_is_kept():
    assert one([{"fatality_count": 4}, {"fatality_count": 12}, {"fatality_count": None}])["fatality_count"] == 12


@pytest.mark.parametrize("kind", ["fatality", "wounded", "detained"])
def test_number_that_was_only_an_upper_bound_is_not_kept(kind):
    changes = [{f"{kind}_count": count, f"{kind}_bound": bound} for count, bound in ((20, "maximum"), (12, "minimum"), (4, "exact"))]
    assert one(changes)[f"{kind}_count"] == 12
    assert one(changes[:1])[f"{kind}_count"] is None


def place(name, precision, admin1=None, geonames=None) -> dict:
    return {"place_name": name, "place_precision": precision, "place_country_code": "UKR", "place_admin1_name": admin1, "place_geonames_id": geonames}


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ([place("Ukraine", "country"), place("Ukraine", "country"), place("Izium", "city")], "Izium"),
        ([place("Kherson", "city"), place("Izium", "city"), place("Kherson", "city")], "Kherson"),
        ([place("Kherson", "city"), place("Izium", "city")], "Izium"),
        ([place(None, "none"), place(None, "none"), place("Donbas", "admin1")], "Donbas"),
    ],
    ids=["finest", "most mentioned", "first in the alphabet", "any before none"],
)
def test_place_is_the_finest_then_the_most_mentioned_then_the_first(places, name):
    assert one(places)["place_name"] == name


def test_speaker_is_the_most_frequent_then_the_first_in_the_alphabet():
    assert one([{"attributed_to_code": code} for code in ("USA", "RUS", "USA", None, None, None)])["attributed_to_code"] == "USA"
    assert one([{"attributed_to_code": code} for code in ("USA", "RUS")])["attributed_to_code"] == "RUS"


@pytest.mark.parametrize(
    ("values", "confidence"),
    [([("a1", 0.5)], 0.5), ([("a1", 0.5), ("a1", 0.4)], 0.5), ([("a1", 0.5), ("a2", 0.5)], 0.75), ([("a1", 0.2), ("a2", 0.5), ("a3", 0.6)], 0.84),
     ([("a1", 0.95), ("a2", 0.95)], 0.99), ([("a1", 1.0)], 0.99)],
)  # fmt: skip
def test_confidence_grows_with_articles_not_with_mentions_and_stays_below_certainty(values, confidence):
    changes = [{"article_id": article, "confidence": value} for article, value in values]
    assert one(changes, a1="Wire", a2="Post", a3="Mail")["confidence"] == pytest.approx(confidence)


def test_order_of_rows_plays_no_part():
    frame = mentions(
        place("Izium", "city") | {"confidence": 0.3, "attributed_to_code": "USA"}, place("Kherson", "city") | {"article_id": "a2", "confidence": 0.7},
        place("Ukraine", "country") | {"article_id": "a3", "confidence": 0.9, "attributed_to_code": "RUS"}, {"action_code": "042"}, {"status": "claimed"},
    )  # fmt: skip
    carriers = articles(a1="Wire", a2="Post", a3="Mail", a4_a2="Wire")
    expected = build_events(frame, carriers)
    for seed in range(8):
        assert_frame_equal(build_events(frame.sample(fraction=1, shuffle=True, seed=seed), carriers.sample(fraction=1, shuffle=True, seed=seed)), expected)


def test_columns_are_those_of_the_table_without_clocks():
    assert build_events(mentions({}), articles(a1="Wire")).columns == [name for name in EVENTS.names if name not in ("first_seen_at", "updated_at")]
