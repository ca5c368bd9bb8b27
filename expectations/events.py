"""What an event must be like."""

from dyadflow.expectations.mentions import ACTOR, CODES, HEX
from dyadflow.expectations.rule import CRITICAL, WARNING, between, in_set, matches, not_null, rows, unique

from dyadflow.schema import EVENT_STATUSES, PRECISIONS

T = "events"

EVENT_RULES = (
    unique(T, "event_id", "an event that stands twice would be counted twice"),
    matches(T, "event_id", HEX, CRITICAL, "ids are content ids of 32 hex digits"),
    in_set(T, "cameo_code", CODES, CRITICAL, "a code that CAMEO does not have says nothing"),
    rows("events_root_is_prefix", T, "left(cameo_code, 2) <> root_code", CRITICAL, "the root is the code's first two digits"),
    rows("events_base_is_prefix", T, "left(cameo_code, 3) <> base_code", CRITICAL, "the base is the code's first three digits"),
    between(T, "quad_class", 1, 4, CRITICAL, "there are four quad classes"),
    rows("events_quad_matches_root", T, "quad_class <> CASE WHEN root_code <= '05' THEN 1 WHEN root_code <= '08' THEN 2 WHEN root_code <= '13' THEN 3 ELSE 4 END", CRITICAL,
         "roots 01-05 are verbal cooperation, 06-08 material cooperation, 09-13 verbal conflict, 14-20 material conflict"),
    not_null(T, "goldstein", WARNING, "without Goldstein value an event falls out of every cooperation-conflict balance"),
    between(T, "goldstein", -10, 10, CRITICAL, "the Goldstein scale runs from -10 to 10"),
    in_set(T, "status", EVENT_STATUSES, CRITICAL, "only facts, claims and allegations become events"),
    matches(T, "source_actor_code", ACTOR, CRITICAL, "actor codes are groups of three capitals, or ---"),
    matches(T, "target_actor_code", ACTOR, CRITICAL, "actor codes are groups of three capitals, or ---"),
    in_set(T, "event_date_precision", PRECISIONS, CRITICAL, "precision is one of a closed list"),
    rows("events_date_order", T, "event_date_end < event_date_start", CRITICAL, "an interval ends after it starts"),
    between(T, "mention_count", 1, None, CRITICAL, "an event has at least one mention"),
    between(T, "article_count", 1, None, CRITICAL, "an event stands in at least one article"),
    rows("events_publishers_within_articles", T, "publisher_count > article_count", CRITICAL, "an article has one publisher"),
    between(T, "confidence", 0, 0.99, CRITICAL, "nothing read by a machine is certain"),
    between(T, "place_latitude", -90, 90, CRITICAL, "degrees north"),
    between(T, "place_longitude", -180, 180, CRITICAL, "degrees east"),
)  # fmt: skip
