"""The store: made once, never made anew over what was there; held by one run; published as a whole; explained column by column."""

import json
import os
import re
import subprocess
import sys
import time

import duckdb
import pytest

from dyadflow.errors import StoreBusy, StoreError
from dyadflow.resources import resource
from dyadflow.schema import CLOCK_COLUMNS, DIMENSIONS, PUBLISHED, TABLES, create_sql
from dyadflow.settings import Settings
from dyadflow.store import SEEDS, connect, hold, prepare, publish, transaction, view_files


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(data=tmp_path / "data", lock_wait=0.2)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A published file of an empty store, for tests that only look."""
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    prepare(settings)
    return publish(settings)


def ask(path, sql, *parameters):
    with connect(path, read_only=True) as connection:
        return connection.execute(sql, parameters or None).fetchall()


def add_article(settings, article_id="a"):
    with connect(settings.work_path) as connection:
        connection.execute("INSERT INTO articles (article_id) VALUES (?)", [article_id])


def test_preparing_twice_keeps_rows_and_migrates_once(settings):
    prepare(settings)
    add_article(settings)
    prepare(settings)
    assert ask(settings.work_path, "SELECT article_id FROM articles") == [("a",)]
    assert ask(settings.work_path, "SELECT version, count(*) FROM schema_versions GROUP BY 1 HAVING count(*) > 1") == []


def _zero(settings):
    settings.work_path.write_bytes(b"")


def _truncated(settings):
    prepare(settings)
    settings.work_path.write_bytes(settings.work_path.read_bytes()[:5000])


def _garbage(settings):
    settings.work_path.write_bytes(b"no database at all " * 1000)


def _foreign(settings):
    with duckdb.connect(settings.work_path) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")


def _newer(settings):
    prepare(settings)
    with connect(settings.work_path) as connection:
        connection.execute("INSERT INTO schema_versions VALUES (9999, 'later', now()::TIMESTAMP)")


@pytest.mark.parametrize("damage", [_zero, _truncated, _garbage, _foreign, _newer], ids=lambda damage: damage.__name__.strip("_"))
def test_damaged_or_foreign_file_is_named_and_left_as_it_is(settings, damage):
    settings.data.mkdir()
    damage(settings)
    before = settings.work_path.read_bytes()
    with pytest.raises(StoreError, match=r"work\.duckdb"):
        prepare(settings)
    assert settings.work_path.read_bytes() == before


def test_store_missing_beside_its_published_file_is_not_made_anew(settings):
    prepare(settings)
    publish(settings)
    settings.work_path.unlink()
    with pytest.raises(StoreError, match=r"work\.duckdb: missing beside events\.duckdb"):
        prepare(settings)
    assert not settings.work_path.exists()


HOLDER = """
import sys, time
from dyadflow.settings import Settings
from dyadflow.store import hold
with hold(Settings(data=sys.argv[1]), "run of morning news"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(settings):
    """Another process that holds the store."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(settings.data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().strip() == "held"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_second_process_is_refused_in_time_and_told_who_holds(settings, holder):
    started = time.monotonic()
    with pytest.raises(StoreBusy, match=rf"run of morning news \(process {holder.pid}, since"), hold(settings, "second"):
        pytest.fail("the store was held twice")
    assert 0.2 <= time.monotonic() - started < 2


def test_killed_holder_frees_the_store(settings, holder):
    holder.kill()
    holder.wait()
    with hold(settings, "second"):
        assert json.loads((settings.data / "work.lock").read_text())["what"] == "second"


def test_hold_ends_with_its_block_also_where_it_raises(settings):
    with pytest.raises(ZeroDivisionError), hold(settings, "first"):
        1 / 0  # noqa: B018
    with hold(settings, "second"), pytest.raises(StoreBusy, match="second"), hold(settings, "third"):
        pass


def test_lock_survives_a_connection_that_opens_and_closes_the_file(settings):
    prepare(settings)
    with hold(settings, "first"):
        add_article(settings)
        with pytest.raises(StoreBusy), hold(settings, "second"):
            pass


def test_transaction_is_all_or_nothing(settings):
    prepare(settings)
    with pytest.raises(duckdb.Error), connect(settings.work_path) as connection, transaction(connection):
        connection.execute("INSERT INTO articles (article_id) VALUES ('a')")
        connection.execute("INSERT INTO no_such_table VALUES (1)")
    assert ask(settings.work_path, "SELECT count(*) FROM articles") == [(0,)]


READER = """
import sys
from dyadflow.store import connect
with connect(sys.argv[1], read_only=True) as connection:
    for _ in range(2):
        print(connection.execute("SELECT count(*) FROM articles").fetchall()[0][0], flush=True)
        sys.stdin.readline()
"""


def test_open_reader_keeps_its_file_and_a_new_one_sees_the_new(settings):
    prepare(settings)
    path = publish(settings)
    with subprocess.Popen([sys.executable, "-c", READER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline().strip() == "0"
        add_article(settings)
        publish(settings)
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline().strip() == "0"
        assert ask(path, "SELECT count(*) FROM articles") == [(1,)]
        reader.communicate("\n")
    assert sorted(p.name for p in settings.data.iterdir()) == ["events.duckdb", "work.duckdb"]


def test_publishing_that_fails_leaves_the_old_file_whole(settings):
    prepare(settings)
    path = publish(settings)
    before = path.read_bytes()
    settings.work_path.write_bytes(b"damaged" * 1000)
    with pytest.raises(StoreError):
        publish(settings)
    assert path.read_bytes() == before
    assert sorted(os.listdir(settings.data)) == ["events.duckdb", "work.duckdb"]


def test_store_of_a_folder_with_a_quote_in_its_name_works(tmp_path):
    settings = Settings(data=tmp_path / "o'brien'); drop")
    prepare(settings)
    assert publish(settings).exists()


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_migrations_make_the_tables_of_the_schema(settings, table):
    prepare(settings)
    rows = ask(settings.work_path, "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", table.name)
    assert rows == [(column.name, column.type) for column in table.columns]


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_create_sql_makes_the_same_table(table):
    with duckdb.connect() as connection:
        connection.execute(create_sql(table))
        rows = connection.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table.name]).fetchall()
    assert rows == [(column.name, column.type) for column in table.columns]


def test_published_file_holds_all_tables_but_fingerprints(published):
    tables = {row[0] for row in ask(published, "SELECT table_name FROM duckdb_tables()")}
    assert "fingerprints" in TABLES and "fingerprints" not in tables and set(PUBLISHED) <= tables
    assert {"cameo_codes", "countries", "roles"} <= tables


def test_every_published_table_and_column_of_the_schema_explains_itself(published):
    tables = dict(ask(published, "SELECT table_name, comment FROM duckdb_tables()"))
    columns = {(table, name): comment for table, name, comment in ask(published, "SELECT table_name, column_name, comment FROM duckdb_columns()")}
    for name in PUBLISHED:
        assert tables[name] == TABLES[name].doc
        assert {column: columns[name, column] for column in TABLES[name].names} == {column.name: column.doc for column in TABLES[name].columns}


def test_every_table_and_column_of_the_published_file_explains_itself(published):
    views = list(view_files())
    assert ask(published, "SELECT table_name FROM duckdb_tables() WHERE coalesce(comment, '') = ''") == []
    assert ask(published, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(comment, '') = '' AND NOT list_contains(?, table_name)", views) == []


@pytest.mark.parametrize("table", DIMENSIONS.values(), ids=list(DIMENSIONS))
def test_dimension_has_the_columns_of_its_seed(published, table):
    rows = ask(published, "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", table.name)
    assert rows == [(column.name, column.type) for column in table.columns]
    assert resource("seeds", *SEEDS[table.name]).read_text(encoding="utf-8").splitlines()[0].split(",") == table.names


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_schema_says_what_each_column_holds_and_its_key_exists(table):
    assert all(len(column.doc) > 8 for column in table.columns) and len(set(table.names)) == len(table.names)
    assert table.key and set(table.key) <= set(table.names)


def test_clock_columns_are_all_times_but_the_publication():
    times = {column.name for table in TABLES.values() for column in table.columns if column.type == "TIMESTAMP"}
    assert times - CLOCK_COLUMNS == {"published_at"}


@pytest.mark.parametrize("name", view_files())
def test_header_of_a_view_documents_exactly_its_columns(published, name):
    header = [line[3:] for line in view_files()[name].read_text(encoding="utf-8").splitlines() if line.startswith("-- ")]
    documented = [match[1] for line in header[1:] if (match := re.match(r"(\w+): \S", line))]
    real = [row[0] for row in ask(published, "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", name)]
    assert header[0].endswith(".") and documented == real


@pytest.mark.parametrize(("table", "column"), [("cameo_codes", "code"), ("cameo_codes", "root"), ("countries", "code")])
def test_codes_of_the_dimensions_stay_text(published, table, column):
    values = [row[0] for row in ask(published, f"SELECT {column} FROM {table}")]  # noqa: S608
    assert values and all(isinstance(value, str) and value for value in values)
    assert table != "cameo_codes" or "01" in {value[:2] for value in values}


def test_namibia_is_no_null(published):
    assert ask(published, "SELECT iso2 FROM countries WHERE code = 'NAM' AND iso3 = 'NAM'") == [("NA",)]
