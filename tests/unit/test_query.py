"""SQL of anybody over the published file: it reads that file and nothing else, and shows nothing a terminal would obey."""

import csv
import io
import json

import pytest

from dyadflow.errors import QueryError, UsageError
from dyadflow.query import Answer, ask, render
from dyadflow.settings import Settings
from dyadflow.store import connect, prepare, publish


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    prepare(settings)
    with connect(settings.work_path) as connection:
        connection.execute("INSERT INTO articles (article_id, publisher, title) VALUES ('a', 'Wire', 'x')")
    return publish(settings)


def test_answer_has_columns_and_rows(published):
    assert ask(published, "SELECT publisher, title FROM articles") == (["publisher", "title"], [("Wire", "x")])


REFUSED = (
    "SELECT * FROM read_csv('/etc/passwd')", "SELECT content FROM read_text('/etc/passwd')", "SELECT * FROM read_parquet('x.parquet')", "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/*')", "SELECT * FROM read_json('https://example.org/x.json')", "ATTACH '{folder}/other.duckdb'", "ATTACH '{path}' AS again; CREATE TABLE again.mine (x INTEGER)",
    "ATTACH '{path}' AS again (READ_WRITE); CREATE TABLE again.mine (x INTEGER)", "COPY (SELECT 1) TO '{path}.wal'",
    "COPY articles TO '{folder}/out.csv'", "COPY (SELECT 1) TO '{folder}/out.parquet'", "COPY articles FROM '/etc/passwd'", "EXPORT DATABASE '{folder}/all'",
    "IMPORT DATABASE '{folder}'", "INSTALL httpfs", "LOAD httpfs", "SET threads = 1", "SET enable_external_access = true", "SET lock_configuration = false",
    "RESET enable_external_access", "PRAGMA enable_profiling", "DELETE FROM articles", "INSERT INTO articles (article_id) VALUES ('b')",
    "UPDATE articles SET title = 'y'", "DROP TABLE articles", "CREATE TABLE mine (x INTEGER)", "ALTER TABLE articles ADD COLUMN x INTEGER",
    "SELECT 1; DROP TABLE articles", "SELECT getenv('HOME')", "SELECT * FROM no_such_table", "SELEC 1",
)  # fmt: skip


@pytest.mark.parametrize("sql", REFUSED)
def test_anything_but_reading_the_file_is_refused(published, tmp_path, sql):
    before = published.read_bytes()
    with pytest.raises(QueryError) as refusal:
        ask(published, sql.format(folder=tmp_path, path=published))
    assert "\n" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == [] and published.read_bytes() == before


def test_refused_statement_leaves_the_file_open_to_the_next(published):
    with pytest.raises(QueryError):
        ask(published, "SELECT * FROM read_csv('/etc/passwd')")
    assert ask(published, "SELECT count(*) FROM articles").rows == [(1,)]


def test_nothing_published_yet_is_a_usage_error_that_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match=r"events\.duckdb: nothing is published"):
        ask(tmp_path / "events.duckdb", "SELECT 1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sql", ["", "  ", ";", "-- nothing", "/* nothing */ ; ;", "SELECT '\ud800'"])
def test_what_is_no_statement_is_refused(published, sql):
    with pytest.raises(QueryError):
        ask(published, sql)


ANSWER = Answer(["code", "name", "day"], [("010", 'Wire, "Post"', None), ("042", "two\nlines", "2022-09-13")])


def test_json_is_a_list_of_objects_with_codes_intact():
    assert json.loads(render(ANSWER, "json")) == [
        {"code": "010", "name": 'Wire, "Post"', "day": None},
        {"code": "042", "name": "two\nlines", "day": "2022-09-13"},
    ]


def test_csv_reads_back_cell_by_cell():
    assert list(csv.reader(io.StringIO(render(ANSWER, "csv")))) == [["code", "name", "day"], ["010", 'Wire, "Post"', ""], ["042", "two\nlines", "2022-09-13"]]


def test_table_is_aligned_and_counts_its_rows():
    lines = render(ANSWER, "table").splitlines()
    assert len(lines) == 5 and lines[-1] == "(2 rows)"
    assert lines[3].index("two lines") == lines[0].index("name")


def test_table_of_no_rows_shows_its_columns():
    assert render(Answer(["code"], []), "table").splitlines() == ["code", "----", "(0 rows)"]


def test_long_cell_is_cut_in_the_table_alone():
    answer = Answer(["text"], [("x" * 500,)])
    assert len(render(answer, "table").splitlines()[2]) == 60
    assert "x" * 500 in render(answer, "json")


HOSTILE = "a\x1b[31m\x1b]0;title\x07b\x9bc\x00\u202ed\u200b\r\ne"


def test_control_characters_of_the_data_do_not_reach_the_terminal_table():
    assert render(Answer(["text"], [(HOSTILE,)]), "table").splitlines()[2] == "a[31m]0;titlebcd e"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(["text"], [(["a\x1b[2J"],)]),
        Answer(["text"], [({"k": "a\x9b2J"},)]),
        Answer(["a\x1b[2J"], [("x",)]),
    ],
    ids=["in a list", "in a struct", "in a column name"],
)
def test_control_characters_do_not_reach_the_table_by_another_way(answer):
    assert all(character.isprintable() or character == "\n" for character in render(answer, "table"))
