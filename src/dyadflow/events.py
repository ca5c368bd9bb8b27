"""Mentions to events: mentions of the same thing, once.

Deduplication is a decision that can be taken back: mentions are always kept, an event is a pure function of its mentions
and their articles, and its id is the content id of what makes it the same thing.
"""

import csv
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from dyadflow.coder.actors import SECTORS
from dyadflow.coder.dictionary import WORLD
from dyadflow.ids import content_id
from dyadflow.resources import resource
from dyadflow.schema import EVENT_STATUSES, EVENTS, NO_ACTOR, polars_schema

IDENTITY = ("source_actor_code", "action_code", "target_actor_code", "status", "event_date_start", "event_date_end", "place_country_code", "place_admin1_name")
PLACE = ("place_name", "place_admin1_name", "place_latitude", "place_longitude", "place_precision", "place_geonames_id")
FINENESS = {"city": 3, "admin1": 2, "country": 1, "none": 0}
CERTAIN = 0.99


class ActorParts(NamedTuple):
    """An actor code taken apart: AZEMIL → (AZE, MIL, None); IGOUNO → (IGO, None, UNO); REB → (None, REB, None)."""

    country: str | None
    role: str | None
    organisation: str | None


def split_actor(code: str) -> ActorParts:
    """The parts of a CAMEO actor code; all None for an unknown actor."""
    if code == NO_ACTOR:
        return ActorParts(None, None, None)
    if code[:3] in WORLD:
        return ActorParts(code[:3], None, code[3:] or None)
    if code[:3] in SECTORS:
        return ActorParts(None, code[:3], code[3:] or None)
    role = code[3:6] if code[3:6] in SECTORS else None
    rest = code[6:] if role else code[3:]
    return ActorParts(code[:3], role, rest or None)


def event_id(row: dict) -> str | None:
    """The id of the event a mention belongs to; None where its status makes no event (denied, negated, planned, conditional)."""
    if row["status"] not in EVENT_STATUSES:
        return None
    return content_id(*(row.get(name) for name in IDENTITY))


def assign_events(mentions: pl.DataFrame) -> pl.DataFrame:
    """The mentions with their `event_id`."""
    ids = [event_id(row) for row in mentions.select(*IDENTITY).iter_rows(named=True)]
    return mentions.with_columns(pl.Series("event_id", ids, dtype=pl.String))


@lru_cache(maxsize=1)
def cameo_codes() -> pl.DataFrame:
    """The code table of `seeds/cameo/codes.csv` under the names events use."""
    with open(resource("seeds", "cameo", "codes.csv"), encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return pl.DataFrame(
        {
            "action_code": [row["code"] for row in rows], "root_code": [row["root"] for row in rows], "base_code": [row["base"] for row in rows],
            "plover_type": [row["plover_type"] or None for row in rows], "quad_class": [int(row["quad_class"]) for row in rows],
            "goldstein": [float(row["goldstein"]) if row["goldstein"] else None for row in rows],
        },
        schema_overrides={"quad_class": pl.Int32, "plover_type": pl.String, "goldstein": pl.Float64},
    )  # fmt: skip


def build_events(mentions: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The events of these mentions, one row each, columns of table `events` without the clock columns.

    `mentions` must hold every mention of the events it touches; `articles` every article they stand in and every duplicate
    of these (columns article_id, publisher, duplicate_of). The order of rows plays no part.
    """
    rows = mentions.filter(pl.col("event_id").is_not_null()).sort("event_id", "article_id", "mention_id")
    events = rows.group_by("event_id", maintain_order=True).agg(
        *(pl.col(name).first() for name in IDENTITY if name != "place_admin1_name"),
        pl.col("event_date_precision").first(), *(_largest(kind) for kind in ("fatality", "wounded", "detained")), pl.len().cast(pl.Int64).alias("mention_count"),
        pl.col("coder_version").max(), pl.col("dictionary_hash").max(),
    )  # fmt: skip
    for part in (_speakers(rows), _places(rows), _confidence(rows), _coverage(rows, articles)):
        events = events.join(part, on="event_id", how="left", maintain_order="left")
    events = events.join(cameo_codes(), on="action_code", how="left", maintain_order="left").rename({"action_code": "cameo_code"})
    events = events.with_columns(*_actor_columns(events, "source"), *_actor_columns(events, "target"))
    wanted = {name: dtype for name, dtype in polars_schema(EVENTS).items() if name not in ("first_seen_at", "updated_at")}
    return events.select(*wanted).cast(wanted)


def _largest(kind: str) -> pl.Expr:
    """The largest number of that kind among the mentions; “up to 20” is no number that was reached."""
    is_bound = pl.col(f"{kind}_bound").eq_missing(pl.lit("maximum"))
    return pl.when(is_bound).then(None).otherwise(pl.col(f"{kind}_count")).max().alias(f"{kind}_count")


def _actor_columns(events: pl.DataFrame, side: str) -> list[pl.Series]:
    parts = [split_actor(code) for code in events[f"{side}_actor_code"]]
    names = (("country", "country"), ("role", "role"), ("organisation", "organisation"))
    return [pl.Series(f"{side}_{column}_code", [getattr(part, field) for part in parts], dtype=pl.String) for column, field in names]


def _speakers(rows: pl.DataFrame) -> pl.DataFrame:
    """The most frequent speaker of each event; the first in the alphabet among equals."""
    said = rows.filter(pl.col("attributed_to_code").is_not_null()).group_by("event_id", "attributed_to_code").len()
    said = said.sort("event_id", -pl.col("len").cast(pl.Int64), "attributed_to_code")
    return said.group_by("event_id", maintain_order=True).agg(pl.col("attributed_to_code").first())


def _places(rows: pl.DataFrame) -> pl.DataFrame:
    """The place of each event: the finest precision, among these the most mentioned, among equals the first in the alphabet."""
    fine = pl.col("place_precision").replace_strict(FINENESS, default=0, return_dtype=pl.Int32)
    votes = rows.with_columns(fine.alias("fineness")).group_by("event_id", "fineness", *PLACE).len()
    votes = votes.sort("event_id", -pl.col("fineness"), -pl.col("len").cast(pl.Int64), "place_name", "place_geonames_id", nulls_last=True)
    return votes.group_by("event_id", maintain_order=True).agg(*(pl.col(name).first() for name in PLACE))


def _confidence(rows: pl.DataFrame) -> pl.DataFrame:
    """1 - product of (1 - confidence) over the best mention of each article, at most 0.99."""
    best = rows.group_by("event_id", "article_id").agg(pl.col("confidence").max()).sort("event_id", "article_id")
    doubt = best.group_by("event_id", maintain_order=True).agg((1 - pl.col("confidence")).product().alias("doubt"))
    return doubt.select("event_id", (1 - pl.col("doubt")).clip(0, CERTAIN).round(4).alias("confidence"))


def _coverage(rows: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """How many articles and publishers carry each event, duplicates of its articles included."""
    carriers = articles.select(pl.coalesce("duplicate_of", "article_id").alias("original_id"), pl.col("article_id").alias("carrier_id"), "publisher")
    pairs = rows.select("event_id", "article_id").unique().join(carriers, left_on="article_id", right_on="original_id", how="left")
    return pairs.group_by("event_id").agg(
        pl.col("carrier_id").n_unique().cast(pl.Int64).alias("article_count"), pl.col("publisher").drop_nulls().n_unique().cast(pl.Int64).alias("publisher_count")
    )
