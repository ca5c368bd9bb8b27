"""The commands of `dyadflow dictionary`, as a person calls them, with a real DuckDB file under `candidates`."""

import csv
import sys
from datetime import datetime

import pytest

from dyadflow.cli import main
from dyadflow.settings import Settings
from dyadflow.store import connect, prepare, publish

TEXTS = (
    "Zubrowkan rebel group Gaggle attacked Hungary on Monday. Hungary condemned Gaggle. Romania met Boris Grusko.",
    "Gaggle attacked Hungary again. The coast guard detained two men. Gaggle threatened Hungary.",
    "The coast guard arrested Boris Grusko.",
)


@pytest.fixture
def call(monkeypatch, capsys):
    """A function that runs the command and returns (exit code, stdout, stderr)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["dyadflow", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        out = capsys.readouterr()
        return end.value.code or 0, out.out, out.err

    return run


def read(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    prepare(settings)
    with connect(settings.work_path) as connection:
        for number, text in enumerate(TEXTS):
            values = [f"a{number}", "Wire", text, datetime(2020, 5, 4 + number), "no_event"]
            connection.execute("INSERT INTO articles (article_id, publisher, text, published_at, state) VALUES ($1, $2, $3, $4, $5)", values)
    publish(settings)
    return settings.data


def test_import_counts_what_it_used_and_lists_the_rest(call, tmp_path):
    old = tmp_path / "old.actors.txt"
    old.write_text("ZUBROWKA_ [HUN]\n+ZUBROWKAN_\nNOWHERE_ [QQQ]\nBROKEN_ [HUN\n", encoding="utf-8")
    code, out, _ = call("dictionary", "import", old, "--out", tmp_path / "mine")
    assert code == 0
    assert out.splitlines()[0].split() == ["file", "format", "entries", "rows", "broken", "unused", "changed", "implied"]
    assert out.splitlines()[1].split() == ["old.actors.txt", "actors", "2", "1", "1", "2", "0", "0"]
    report = read(tmp_path / "mine" / "import_report.csv")
    assert [(row["line"], row["kind"]) for row in report] == [("3", "unused"), ("3", "unused"), ("4", "broken")]


def test_an_imported_folder_codes_beside_the_own_dictionary(call, tmp_path):
    old = tmp_path / "old.actors.txt"
    old.write_text("ZUBROWKA_ [HUN]\n+ZUBROWKAN_\n", encoding="utf-8")
    call("dictionary", "import", old, "--out", tmp_path / "mine")
    sentence = "Zubrowka condemned Romania on Monday."
    assert "HUN" not in call("explain", sentence)[1]
    out = call("explain", sentence, "--dictionary", tmp_path / "mine")[1]
    assert "regions_imported.csv:2" in out and "no such row" not in out
    code, out, _ = call("dictionary", "stats", "--dictionary", tmp_path / "mine")
    assert code == 0 and "regions                 1         2" in out


def test_a_folder_without_dictionary_is_refused_in_one_line(call, tmp_path):
    code, _, err = call("explain", "Romania met Hungary.", "--dictionary", tmp_path)
    assert code == 41 and err.count("\n") == 1 and "no dictionary there" in err


def test_files_without_a_row_are_an_error_that_names_the_report(call, tmp_path):
    (tmp_path / "old.txt").write_text("[QQQ]\n", encoding="utf-8")
    code, _, err = call("dictionary", "import", tmp_path / "old.txt", "--out", tmp_path / "mine")
    assert code == 41 and "import_report.csv says why" in err


ROWS = """code,name,phrases,start,end,note
HUN,Zubrowka,,,,
HUN,Ragged
hun,Lower,,,,
QQQ,Nowhere,,,,
HUN,Late,,2010,2009,
HUN,Odd day,,2010-13,,
HUN,,,,,
"""


def test_check_names_every_broken_row_by_file_line_and_record(call, tmp_path):
    (tmp_path / "regions_mine.csv").write_text(ROWS, encoding="utf-8")
    code, out, err = call("dictionary", "check", tmp_path / "regions_mine.csv")
    found = [line.split(": ", 3) for line in out.splitlines()[:-1]]
    assert code == 41 and err == "dyadflow: 6 broken lines\n"
    assert [part[0] for part in found] == [f"regions_mine.csv:{line}" for line in range(3, 9)]
    assert found[0][2:] == ["2 cells under a header of 6", "HUN,Ragged"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("999,S attack T,,,,", "no CAMEO code"), ("190,S attack {nosuch},,,,", "no word class {nosuch}"), ("190,,,,,", "the pattern is empty"), ("190,S,,,,", "no trigger"),
        ("190,S attack T,maybe,,,", "recip is yes or empty"), ("190,S attack T,,An example.,,", "an example comes with what it gives"), ('190,"S attack T,,,,', "no CSV"),
        ("190,S\x00 attack T,,,,", "no UTF-8"),
    ],
)  # fmt: skip
def test_check_names_what_is_wrong_with_a_pattern_row(call, tmp_path, row, reason):
    (tmp_path / "19_mine.csv").write_text(f"code,pattern,recip,example,expect,counter\n{row}\n", encoding="utf-8")
    code, out, _ = call("dictionary", "check", tmp_path / "19_mine.csv", "--no-examples")
    assert code == 41 and reason in out.splitlines()[0] and out.startswith("19_mine.csv:2: ")


def test_check_of_an_old_file_names_its_broken_lines_only(call, tmp_path):
    (tmp_path / "old.txt").write_text("ZUBROWKA_ [HUN]\nNOWHERE_ [QQQ]\nBROKEN_ [HUN\n", encoding="utf-8")
    code, out, _ = call("dictionary", "check", tmp_path / "old.txt")
    assert code == 41 and out.splitlines() == ["old.txt:3: broken: a bracket is not closed or not opened: BROKEN_ [HUN", "1 files, 1 broken lines"]


def test_check_of_nothing_says_so(call, tmp_path):
    assert call("dictionary", "check", tmp_path / "none.csv")[0] == 41
    assert call("dictionary", "check", tmp_path)[2].startswith(f"dyadflow: {tmp_path}: no dictionary files")


def test_the_actor_and_grammar_files_of_the_library_have_no_broken_line(call):
    from dyadflow.resources import resource

    code, out, _ = call("dictionary", "check", resource("seeds", "actors"), resource("seeds", "grammar"))
    assert code == 0, out


def test_stats_count_patterns_actors_roles_offices_and_places(call):
    code, out, _ = call("dictionary", "stats")
    assert code == 0
    for word in ("Use unconventional mass violence", "examples", "counters", "word classes", "leaders", "offices of persons", "role phrases", "names of places"):
        assert word in out


def test_candidates_are_counted_with_contexts_and_become_rows(call, published, tmp_path):
    review = tmp_path / "review.csv"
    code, out, _ = call("dictionary", "candidates", "--data", published, "--out", review)
    assert code == 0 and "3 texts read" in out
    rows = read(review)
    found = {row["name"]: row for row in rows}
    assert (found["Gaggle"]["count"], found["Gaggle"]["article_count"]) == ("3", "2")
    assert "Hungary condemned Gaggle." in found["Gaggle"]["contexts"]
    assert found["coast guard"]["file"] == "roles" and found["coast guard"]["code"]
    assert found["Boris Grusko"]["file"] == "leaders"
    found["Gaggle"] |= {"accept": "yes", "file": "armed_groups", "code": "HUNREB"}
    found["Boris Grusko"] |= {"accept": "yes", "code": "Hungary"}
    with open(review, "w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    code, out, _ = call("dictionary", "import", review, "--out", tmp_path / "mine")
    assert code == 0 and out.splitlines()[1].split()[:5] == ["review.csv", "review", "1", "1", "1"]
    assert "HUNREB" in call("explain", "Gaggle attacked Romania.", "--dictionary", tmp_path / "mine")[1]
    again = call("dictionary", "candidates", "--data", published, "--dictionary", tmp_path / "mine")[1]
    assert "Gaggle\n" not in again


def test_candidates_of_nothing_published_say_what_to_do(call, tmp_path):
    code, _, err = call("dictionary", "candidates", "--data", tmp_path)
    assert code == 2 and "nothing is published there yet" in err


@pytest.mark.parametrize("command", ["check", "import", "candidates", "stats", "codebook"])
def test_help_shows_an_example(call, command):
    code, out, _ = call("dictionary", command, "--help")
    assert code == 0 and f"dyadflow dictionary {command}" in out


def test_a_run_codes_with_the_added_dictionary_and_its_rows_say_so(call, tmp_path):
    from dyadflow.query import ask

    (tmp_path / "mine" / "actors").mkdir(parents=True)
    (tmp_path / "mine" / "actors" / "regions_mine.csv").write_text("code,name,phrases,note\nHUN,Zubrowka,,\n", encoding="utf-8")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "2020-05-04_a.txt").write_text("Zubrowka condemned Romania on Monday. Zubrowka threatened Serbia with sanctions.\n", encoding="utf-8")
    hashes = set()
    for data, options in ((tmp_path / "own", ()), (tmp_path / "added", ("--dictionary", tmp_path / "mine"))):
        call("run", tmp_path / "news", "--direct", "--data", data, *options)
        rows = ask(data / "events.duckdb", "SELECT source_actor_code, dictionary_hash FROM mentions").rows
        assert ("HUN" in {row[0] for row in rows}) == bool(options)
        hashes |= {row[1] for row in rows}
    assert len(hashes) == 2
