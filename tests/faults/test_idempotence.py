"""The same articles give the same tables: run twice, in any order, in any batch; every run's sum closes."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from dyadflow import pipeline, store
from dyadflow.coder.dictionary import load_dictionary
from dyadflow.load import PARTS, load_batch, stage_batch
from dyadflow.resources import resource
from dyadflow.schema import CLOCK_COLUMNS, TABLES
from dyadflow.settings import Settings
from dyadflow.versions import CODER_VERSION, Versions

SHELLING = ("Russia shelled Ukraine on Monday. Four people were wounded in the town of Izium and two houses burned down, the regional governor told reporters at the scene. "
            "Rescuers searched the ruins until late in the evening and brought the wounded to the nearest hospital.")  # fmt: skip
STORIES = {
    "a.jsonl": [
        {"text": SHELLING, "date": "2022-09-13", "publisher": "Wire"},
        {"text": "China praised India on Tuesday. The two countries are to meet again in the spring, officials said.", "date": "2022-09-14", "publisher": "Post"},
        {"text": "It rained for three days in the valley, and the rivers rose to the highest level of the year.", "date": "2022-09-14", "publisher": "Post"},
    ],
    "b.jsonl": [
        {"text": SHELLING + " The road was closed.", "date": "2022-09-12", "publisher": "Mail"},
        {"text": SHELLING + " The bridge stood.", "date": "2022-09-15", "publisher": "Star"},
        {"text": "Le président de la République a rencontré hier le premier ministre à Paris pour discuter de la crise.", "date": "2022-09-14"},
        {"text": "short"},
    ],
    "c.jsonl": [
        {"text": "Russia shelled Ukraine on Monday. Nothing more was known in the capital about it by the evening.", "date": "2022-09-13", "publisher": "Echo"},
        {"title": "no text at all"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("news")
    for name, rows in STORIES.items():
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return {name[0]: str(folder / name) for name in STORIES}


def settings_of(folder: Path, **changes) -> Settings:
    return Settings(data=folder / "data", workers=1, **changes)


def feed(settings: Settings, *names: str) -> dict:
    """The ledger row of one run without gate, publication and report."""
    now = pipeline.utc_now()
    with store.hold(settings, "test"):
        batch = pipeline.ingest(list(names), settings, pipeline.new_run_id(now), now)
        pipeline.code(batch, settings)
        stage_batch(batch, settings)
        return load_batch(batch, settings, [], now)


def tables(settings: Settings, names=("articles", "mentions", "events", "quarantine", "deleted_events", "fingerprints"), without=frozenset()) -> dict[str, list]:
    """The rows of the tables, sorted, without what depends on when they were made."""
    with store.connect(settings.work_path, read_only=True) as connection:
        columns = {name: ", ".join(c for c in TABLES[name].names if c not in CLOCK_COLUMNS | without) for name in names}
        return {name: sorted(map(repr, connection.execute(f"SELECT {columns[name]} FROM {name}").fetchall())) for name in names}  # noqa: S608


CONTENT = ("articles", "mentions", "events", "quarantine")


def ask(settings: Settings, sql: str) -> list[tuple]:
    with store.connect(settings.work_path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def closes(ledger: dict) -> bool:
    return sum(ledger[part] for part in PARTS) == ledger["read_count"]


@pytest.fixture(scope="module")
def whole(sources, tmp_path_factory) -> Settings:
    """A store that took all articles in one batch."""
    settings = settings_of(tmp_path_factory.mktemp("whole"))
    feed(settings, *sources.values())
    return settings


def test_the_one_batch_holds_what_the_stories_say(whole):
    """Without it the comparisons below could hold between empty tables."""
    assert dict(ask(whole, "SELECT state, count(*) FROM articles GROUP BY 1")) == {"coded": 3, "no_event": 1, "duplicate": 2}
    assert sorted(ask(whole, "SELECT rule_name FROM quarantine")) == [("language",), ("no_text",), ("too_short",)]
    assert ask(whole, "SELECT publisher FROM articles WHERE article_id IN (SELECT duplicate_of FROM articles)") == [("Mail",)]
    shelling = ask(whole, "SELECT article_count, publisher_count FROM events WHERE source_actor_code = 'RUS' AND root_code = '19' AND event_date_start = '2022-09-12'")
    assert shelling == [(4, 4)]


def test_running_the_same_folder_twice_changes_nothing(sources, tmp_path):
    """The one run here with gate, publication and report."""
    settings, folder = settings_of(tmp_path), str(Path(sources["a"]).parent)
    first = pipeline.run([folder], settings)
    before, published = tables(settings), settings.published_path.stat().st_ino
    clocks = ask(settings, "SELECT event_id, first_seen_at, updated_at FROM events ORDER BY 1")
    second = pipeline.run([folder], settings)
    assert tables(settings) == before and settings.published_path.stat().st_ino != published
    assert ask(settings, "SELECT event_id, first_seen_at, updated_at FROM events ORDER BY 1") == clocks
    assert closes(first.ledger) and closes(second.ledger)
    assert (second.ledger["unchanged_count"], second.ledger["mention_count"], second.ledger["event_count"]) == (6, 0, 0)
    assert first.exit_code == second.exit_code == 15
    assert re.fullmatch(r"9 read = 0 coded \+ 0 no event \+ 0 duplicate \+ 6 unchanged \+ 3 quarantined", second.summary())
    assert [path.name for path in settings.staging.iterdir()] == ["shards"] and list((settings.staging / "shards").iterdir()) == []


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_batches_of_one_file_in_any_order_give_the_tables_of_the_one_batch(whole, sources, tmp_path, order):
    settings = settings_of(tmp_path)
    ledgers = [feed(settings, sources[letter]) for letter in order]
    assert tables(settings, CONTENT, without={"run_id"}) == tables(whole, CONTENT, without={"run_id"})
    assert all(map(closes, ledgers))
    assert tables(settings, ("fingerprints",)) == tables(whole, ("fingerprints",))


def test_permuted_sources_and_small_shards_give_the_same_tables(whole, sources, tmp_path):
    settings = settings_of(tmp_path, shard_articles=1)
    feed(settings, sources["c"], sources["a"], sources["b"], sources["a"])
    assert tables(settings, CONTENT, without={"run_id"}) == tables(whole, CONTENT, without={"run_id"})


def test_overlapping_batches_give_the_same_tables(whole, sources, tmp_path):
    settings = settings_of(tmp_path)
    ledgers = [feed(settings, *(sources[letter] for letter in letters)) for letters in ("ab", "bc", "abc")]
    assert tables(settings, CONTENT, without={"run_id"}) == tables(whole, CONTENT, without={"run_id"})
    assert all(map(closes, ledgers)) and ledgers[-1]["mention_count"] == 0


def test_record_that_stands_twice_in_a_batch_counts_once_and_the_sum_closes(sources, tmp_path):
    settings, twice = settings_of(tmp_path), tmp_path / "twice.jsonl"
    twice.write_text((json.dumps(STORIES["a.jsonl"][0]) + "\n") * 3, encoding="utf-8")
    ledger = feed(settings, str(twice))
    assert (ledger["read_count"], ledger["coded_count"], ledger["unchanged_count"]) == (3, 1, 2)
    assert ask(settings, "SELECT count(*) FROM articles") == [(1,)]


@pytest.fixture
def versions(monkeypatch):
    """A function that makes later runs carry another dictionary hash."""

    def use(digest: str) -> None:
        for module in ("intake", "coding"):
            monkeypatch.setattr(f"dyadflow.{module}.current_versions", lambda model=None: Versions(CODER_VERSION, digest))

    return use


def test_coding_anew_to_the_same_end_keeps_every_event(sources, tmp_path, versions):
    settings = settings_of(tmp_path)
    feed(settings, *sources.values())
    before = tables(settings, ("mentions", "events"), without={"dictionary_hash"})
    versions("another")
    ledger = feed(settings, *sources.values())
    assert tables(settings, ("mentions", "events"), without={"dictionary_hash"}) == before
    assert ask(settings, "SELECT count(*) FROM deleted_events") == [(0,)]
    assert ask(settings, "SELECT DISTINCT dictionary_hash FROM events") == [("another",)]
    assert (ledger["coded_count"], ledger["no_event_count"], ledger["unchanged_count"]) == (3, 1, 2) and closes(ledger)


def test_events_that_a_new_coding_no_longer_finds_are_withdrawn(sources, tmp_path, versions):
    settings = settings_of(tmp_path)
    feed(settings, *sources.values())
    old = {row[0] for row in ask(settings, "SELECT event_id FROM events")}
    versions("another")
    ledger = feed(settings.model_copy(update={"sentence_tokens": 2}), *sources.values())
    assert old and ask(settings, "SELECT count(*) FROM events") == [(0,)]
    assert {(event, "withdrawn", None) for event in old} == set(ask(settings, "SELECT event_id, reason, replaced_by FROM deleted_events"))
    assert ledger["event_count"] == -len(old) and closes(ledger)
    versions("a third")
    feed(settings, *sources.values())
    assert {row[0] for row in ask(settings, "SELECT event_id FROM events")} == old
    assert ask(settings, "SELECT count(*) FROM deleted_events") == [(0,)]


def test_event_with_another_identity_names_what_replaced_it(sources, tmp_path, versions, coder, monkeypatch):
    settings = settings_of(tmp_path)
    feed(settings, *sources.values())
    pairs = "source_actor_code || ' ' || target_actor_code"
    old = dict(ask(settings, f"SELECT event_id, {pairs} FROM events WHERE {pairs} LIKE '%UKR%'"))  # noqa: S608
    kept = set(ask(settings, f"SELECT event_id FROM events WHERE {pairs} NOT LIKE '%UKR%'"))  # noqa: S608
    for path in shutil.copytree(resource("seeds", "actors"), tmp_path / "actors").glob("*.csv"):
        path.write_text(re.sub(r"\bUKR", "UKX", path.read_text(encoding="utf-8")), encoding="utf-8")
    changed = coder._replace(dictionary=load_dictionary(lambda text: [token.text for token in coder.nlp.tokenizer(text)], tmp_path))
    monkeypatch.setattr("dyadflow.coding.load_coder", lambda model=None, sentence_tokens=400: changed)
    versions("another")
    feed(settings, *sources.values())
    moved = {row[0]: row[1:] for row in ask(settings, f"SELECT d.event_id, d.reason, {pairs} FROM deleted_events d LEFT JOIN events e ON e.event_id = d.replaced_by")}  # noqa: S608
    assert old and moved == {event: ("recoded", codes.replace("UKR", "UKX")) for event, codes in old.items()}
    assert kept and kept <= set(ask(settings, "SELECT event_id FROM events"))


HOSTILE = {
    "lone_surrogate.jsonl": json.dumps({"text": SHELLING, "publisher": "\ud800"}),
    "endless_number.jsonl": json.dumps({"text": "Russia shelled Ukraine on Monday, killing 9,999,999,999 people in the town, the governor said."}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_one_hostile_article_does_not_end_the_run(tmp_path, name):
    path = tmp_path / name
    path.write_text(HOSTILE[name] + "\n" + json.dumps(STORIES["a.jsonl"][1]) + "\n", encoding="utf-8")
    assert closes(feed(settings_of(tmp_path), str(path)))


def test_name_of_a_file_that_is_no_utf_8_does_not_end_the_run(tmp_path):
    path = tmp_path / os.fsdecode(b"Per\xfa.jsonl")
    path.write_text(json.dumps(STORIES["a.jsonl"][1]) + "\n" + '{"text": 7}' + "\n", encoding="utf-8")
    settings = settings_of(tmp_path)
    assert closes(feed(settings, str(path)))
    kept = f"{tmp_path}/Per\\udcfa.jsonl"
    assert ask(settings, "SELECT source_ref FROM articles UNION ALL SELECT source_ref FROM quarantine") == [(f"{kept}:1",), (f"{kept}:2",)]


@pytest.mark.parametrize("text", ["'); DROP TABLE articles; --", "$1 ? {} {batch} %s", "a\x00b", "=HYPERLINK(1)", "<script>alert(1)</script>"])
def test_hostile_words_round_trip(tmp_path, text):
    settings, path = settings_of(tmp_path), tmp_path / "wire.jsonl"
    path.write_text(json.dumps({"text": f"{text} {SHELLING}", "publisher": text, "url": text, "date": "2022-09-13"}) + "\n", encoding="utf-8")
    assert closes(feed(settings, str(path)))
    assert ask(settings, "SELECT publisher, url, text FROM articles") == [(text, text, f"{text} {SHELLING}".replace("\x00", ""))]
