"""Every table and column of dyadflow, documented once.

The store's migrations, the frames that pass between stages, DuckDB comments, the data dictionary and the exports
are all made from or checked against `TABLES`. The suffix of a column says its kind: `_id _code _name _date _at _count is_`.
Codes are text everywhere (`010` stays `010`). Spans are half-open character offsets into `articles.text`.
Times are UTC without a zone.
"""

from typing import NamedTuple

NO_ACTOR = "---"
STATUSES = ("fact", "claimed", "alleged", "planned", "denied", "negated", "conditional")
EVENT_STATUSES = ("fact", "claimed", "alleged")
STATES = ("coded", "no_event", "duplicate")
PRECISIONS = ("day", "week", "month", "season", "year", "decade", "none")
BOUNDS = ("exact", "minimum", "maximum", "about")
BASES = ("text", "relative", "published", "none")


class Column(NamedTuple):
    """One column: name, DuckDB type, what it holds."""

    name: str
    type: str
    doc: str


class Table(NamedTuple):
    """One table: name, what a row is, its columns in order, the columns that identify a row."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def _table(name: str, doc: str, key: str, columns: str) -> Table:
    """A table from lines `column TYPE what it holds`."""
    rows = [line.split(maxsplit=2) for line in columns.strip().splitlines()]
    return Table(name, doc, tuple(Column(*row) for row in rows), tuple(key.split()))


ARTICLES = _table("articles", "One article that was read and kept: coded, without event, or a duplicate.", "article_id", """
article_id VARCHAR Content id over publisher, url, publication time, title and text
publisher VARCHAR Outlet that published the article, as the source names it; several are joined by "; "
url VARCHAR Address of the article where the source gives one
title VARCHAR Headline, not coded
published_at TIMESTAMP Time of publication in UTC; midnight where only the day is known; null where nothing is known
published_basis VARCHAR Where the time comes from: record, metadata, feed, dateline, option or none
language VARCHAR ISO 639-1 code of the language of the text
text VARCHAR Cleaned text that was coded; all spans point into it
source_ref VARCHAR File or address and record number the article was read from
retrieved_at TIMESTAMP Time the article was first read
duplicate_of VARCHAR article_id of the original where the article repeats another, else null
state VARCHAR Where the article ended: coded, no_event or duplicate
reason VARCHAR Why the state is not coded, in one word, else null
sentence_count INTEGER Sentences the text was split into; null for a duplicate
coder_version VARCHAR Version of the coder that read the article; null for a duplicate
dictionary_hash VARCHAR Content id of all seed files and the model used; null for a duplicate
""")

MENTIONS = _table("mentions", "One coding of one clause: who did what to whom, with the words that say so.", "mention_id", """
mention_id VARCHAR Content id over article, sentence, action span, actors, action code and status
article_id VARCHAR Article the clause stands in
event_id VARCHAR Event this mention belongs to; null where its status makes no event
sentence_number INTEGER Number of the sentence in its article, from 0
sentence_text VARCHAR The sentence as written
sentence_start INTEGER Offset of the sentence in the article text
source_actor_code VARCHAR CAMEO code of the acting side, --- where unknown
source_name VARCHAR Words that name the acting side, null where none
source_start INTEGER First character of these words
source_end INTEGER Character after these words
action_code VARCHAR CAMEO event code of three or four digits
action_text VARCHAR Words that say the action
action_start INTEGER First character of the action's head word
action_end INTEGER Character after the action's head word
target_actor_code VARCHAR CAMEO code of the side acted upon, --- where unknown
target_name VARCHAR Words that name the side acted upon, null where none
target_start INTEGER First character of these words
target_end INTEGER Character after these words
status VARCHAR fact, claimed, alleged, planned, denied, negated or conditional
attributed_to_code VARCHAR CAMEO code of who says so, null where the article itself says so
event_date_start DATE First day the event can have happened on
event_date_end DATE Last day the event can have happened on
event_date_precision VARCHAR day, week, month, season, year, decade or none
event_date_basis VARCHAR Where the date comes from: text, relative, published or none
place_name VARCHAR Place as written, null where none is named
place_country_code VARCHAR ISO3 code of the country of the place
place_admin1_name VARCHAR First-level division of the place
place_latitude DOUBLE Degrees north of the place
place_longitude DOUBLE Degrees east of the place
place_precision VARCHAR city, admin1, country or none
place_geonames_id VARCHAR GeoNames id of the place
fatality_count INTEGER Deaths the clause states: the number, or the bound that fatality_bound names; "dozens" is at least 24
confidence DOUBLE 0 to 1: how sure the reading is, by the rules and the tree that carried it
why VARCHAR JSON: pattern, rules, dictionary rows and trigger that fired, enough to replay the coding
coder_version VARCHAR Version of the coder
dictionary_hash VARCHAR Content id of all seed files and the model used
fatality_bound VARCHAR How sure the number of deaths is: exact, minimum, maximum or about; null where none is stated
fatality_name VARCHAR Words that say who was killed, the first of several; null where none do
wounded_count INTEGER People wounded, as the clause states it
wounded_bound VARCHAR How sure the number of wounded is: exact, minimum, maximum or about
detained_count INTEGER People arrested or detained, as the clause states it
detained_bound VARCHAR How sure the number of detained is: exact, minimum, maximum or about
""")

EVENTS = _table("events", "Mentions of the same thing, once: same actors, action, status, day or interval, country and division.", "event_id", """
event_id VARCHAR Content id over source, action, target, status, date interval, place country and division
source_actor_code VARCHAR CAMEO code of the acting side, --- where unknown
source_country_code VARCHAR First three letters of the source: a country's ISO3, or IGO, NGO, MNC, IMG, INT
source_role_code VARCHAR Sector of the source (GOV, MIL, REB ...), null where none
source_organisation_code VARCHAR Further letters of the source code, null where none
target_actor_code VARCHAR CAMEO code of the side acted upon, --- where unknown
target_country_code VARCHAR First three letters of the target
target_role_code VARCHAR Sector of the target, null where none
target_organisation_code VARCHAR Further letters of the target code, null where none
cameo_code VARCHAR CAMEO event code of three or four digits
base_code VARCHAR First three digits of the code
root_code VARCHAR First two digits of the code
plover_type VARCHAR PLOVER event type, null for root 01, which PLOVER leaves out
quad_class INTEGER 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
goldstein DOUBLE Goldstein scale value, -10 (conflict) to 10 (cooperation)
status VARCHAR fact, claimed or alleged
attributed_to_code VARCHAR CAMEO code of who says so, the most frequent among the mentions
event_date_start DATE First day the event can have happened on
event_date_end DATE Last day the event can have happened on
event_date_precision VARCHAR day, week, month, season, year, decade or none
place_name VARCHAR Name of the place, of the mention with the finest precision
place_country_code VARCHAR ISO3 code of the country of the place
place_admin1_name VARCHAR First-level division of the place
place_latitude DOUBLE Degrees north
place_longitude DOUBLE Degrees east
place_precision VARCHAR city, admin1, country or none
place_geonames_id VARCHAR GeoNames id of the place
fatality_count INTEGER Deaths stated, the largest number among the mentions that is no upper bound
confidence DOUBLE 1 - product of (1 - confidence) over the articles' best mentions, at most 0.99
mention_count BIGINT Mentions of the event
article_count BIGINT Articles that carry it, duplicates of these included
publisher_count BIGINT Different publishers of these articles
first_seen_at TIMESTAMP First time a run met the event
updated_at TIMESTAMP Last time a run changed the row
coder_version VARCHAR Version of the coder
dictionary_hash VARCHAR Content id of all seed files and the model used
wounded_count INTEGER People wounded, the largest number among the mentions that is no upper bound
detained_count INTEGER People arrested or detained, the largest number among the mentions that is no upper bound
""")

QUARANTINE = _table("quarantine", "A record that was refused, with the rule that refused it.", "quarantine_id", """
quarantine_id VARCHAR Content id over record_key and rule_name
record_key VARCHAR Id of the article, mention or event; of a raw record: content id of source_ref and raw bytes
record_kind VARCHAR record, article, mention or event
stage VARCHAR Station that refused it: read, clean, language or expectations
rule_name VARCHAR Rule or reason code, in one word
detail VARCHAR The reason in one line, naming file, line and record
raw_record VARCHAR The record as it came, JSON where it is a row
source_ref VARCHAR File or address and record number
run_id VARCHAR Run that refused it first
coder_version VARCHAR Version of the coder at that time
dictionary_hash VARCHAR Dictionaries at that time
quarantined_at TIMESTAMP Time of refusal
replayed_at TIMESTAMP Time it was replayed with success, null until then
""")

RUNS = _table("runs", "The ledger: one row per run; the counts must add up.", "run_id", """
run_id VARCHAR Time of start and a random tail
started_at TIMESTAMP Start of the run
finished_at TIMESTAMP End of loading
sources VARCHAR JSON list of the sources asked for
state VARCHAR loaded, blocked or accepted
read_count BIGINT Records read
coded_count BIGINT Articles with at least one mention
no_event_count BIGINT Articles without a mention
duplicate_count BIGINT Articles that repeat another
unchanged_count BIGINT Articles the store already had, by the same coder and dictionaries
quarantined_count BIGINT Records refused
mention_count BIGINT Mentions the run added
event_count BIGINT Events the run added
coder_version VARCHAR Version of the coder
dictionary_hash VARCHAR Dictionaries of the run
note VARCHAR What a person said when accepting a blocked batch
""")

CHECKS = _table("checks", "The result of every expectation of every run.", "run_id check_name", """
run_id VARCHAR Run that was judged
check_name VARCHAR Name of the expectation
table_name VARCHAR Table it judges
kind VARCHAR Kind of expectation, e.g. not_null, in_set, unique
severity VARCHAR critical, warning or quarantine
is_passed BOOLEAN Whether the expectation held
failed_count BIGINT Rows that broke it
checked_count BIGINT Rows that were judged
detail VARCHAR Why the expectation exists, and what was observed
checked_at TIMESTAMP Time of the check
""")

DELETED_EVENTS = _table("deleted_events", "An event id that stood once and stands no more.", "event_id", """
event_id VARCHAR Id that was withdrawn
deleted_at TIMESTAMP Time of withdrawal
reason VARCHAR recoded, duplicate or withdrawn
replaced_by VARCHAR Id of the event its mentions belong to now, null where none
""")

FINGERPRINTS = _table("fingerprints", "MinHash signature of every article, by which near-duplicates are found. Not published.", "article_id", """
article_id VARCHAR Article the fingerprint belongs to
published_day DATE Day of publication, null where unknown
signature UINTEGER[] The MinHash signature over three-word shingles
""")

SCHEMA_VERSIONS = _table("schema_versions", "The migrations that made this database, in order.", "version", """
version INTEGER Number of the migration
name VARCHAR Name of its file
applied_at TIMESTAMP Time it was applied
""")

CAMEO_CODES = _table("cameo_codes", "The CAMEO event codes and what is derived from them.", "code", """
code VARCHAR CAMEO event code of two to four digits
root VARCHAR First two digits of the code
base VARCHAR First three digits of the code
label VARCHAR What the code means
quad_class INTEGER 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
goldstein DOUBLE Goldstein scale value, -10 (conflict) to 10 (cooperation)
plover_type VARCHAR PLOVER event type, null where PLOVER leaves the code out
plover_mode VARCHAR PLOVER mode, null where it has none
plover_context VARCHAR PLOVER context, null where it has none
""")

COUNTRIES = _table("countries", "Countries with their codes and the words that name them; several words are joined by |.", "code", """
code VARCHAR CAMEO code of the country as an actor
name VARCHAR English short name
iso3 VARCHAR ISO 3166-1 code of three letters
iso2 VARCHAR ISO 3166-1 code of two letters
fips VARCHAR FIPS 10-4 code
cow VARCHAR Number in the Correlates of War project
gw VARCHAR Number in the Gleditsch and Ward list
cameo VARCHAR Code in the CAMEO codebook
names VARCHAR Names the country goes by
demonyms VARCHAR Words for its people, also as adjectives
capitals VARCHAR Capitals, which stand for the government
seats VARCHAR Buildings that stand for the government
start VARCHAR First day the row holds, null where always
end VARCHAR Last day the row holds, null where it still does
note VARCHAR Remark of the editors
""")

ROLES = _table("roles", "Nouns that tell an actor's sector.", "code phrases", """
code VARCHAR CAMEO code of the sector: GOV, MIL, REB ...
phrases VARCHAR The nouns, joined by |
kind VARCHAR What the nouns name: a person, a group, an institution or a thing
note VARCHAR Remark of the editors
""")

DIMENSIONS = {t.name: t for t in (CAMEO_CODES, COUNTRIES, ROLES)}
TABLES = {t.name: t for t in (ARTICLES, MENTIONS, EVENTS, QUARANTINE, RUNS, CHECKS, DELETED_EVENTS, FINGERPRINTS)}
PUBLISHED = tuple(name for name in TABLES if name != "fingerprints")
CLOCK_COLUMNS = frozenset(c.name for t in TABLES.values() for c in t.columns if c.name.endswith("_at")) - {"published_at"}
"""Columns that depend on when a run happened; comparisons of tables leave them out, with `runs` and `checks`."""

_POLARS = {"VARCHAR": "String", "TIMESTAMP": "Datetime", "DATE": "Date", "INTEGER": "Int32", "BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "Boolean"}


def polars_schema(table: Table) -> dict:
    """The polars schema of a table's frame: {column: dtype}, times in microseconds without zone."""
    import polars as pl

    dtypes = {"UINTEGER[]": pl.List(pl.UInt32), "TIMESTAMP": pl.Datetime("us")}
    return {c.name: dtypes.get(c.type) or getattr(pl, _POLARS[c.type]) for c in table.columns}


def create_sql(table: Table) -> str:
    """The CREATE TABLE statement of a table, as migration and staging use it."""
    return f"CREATE TABLE {table.name} (" + ", ".join(f"{c.name} {c.type}" for c in table.columns) + ")"
