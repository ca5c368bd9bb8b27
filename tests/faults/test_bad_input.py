"""A bad input ends in one line that names it and in an exit code of its own; what was good is loaded."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dyadflow.settings import Settings
from dyadflow.store import hold, prepare

COMMAND = str(Path(sys.executable).with_name("dyadflow"))
GOOD = {"text": "Russia shelled Ukraine on Monday. The ministry spoke of many wounded people in the town.", "date": "2022-09-13", "publisher": "Wire"}
OTHER = {"text": "China praised India on Tuesday. The two countries are to meet again in the spring, officials said.", "date": "2022-09-14", "publisher": "Post"}


def dyadflow(*arguments, **environment) -> subprocess.CompletedProcess:
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=180, env={**os.environ, **environment})


def run(data: Path, *sources, **environment) -> subprocess.CompletedProcess:
    return dyadflow("run", "--direct", "--data", data, *sources, **environment)


def complaint(finished: subprocess.CompletedProcess) -> str:
    """The one line of stderr that is no progress."""
    lines = [line for line in finished.stderr.splitlines() if not line.startswith('{"stage"')]
    assert len(lines) == 1, finished.stderr
    return lines[0]


def test_missing_path(tmp_path):
    finished = run(tmp_path / "data", tmp_path / "gone.txt")
    assert finished.returncode == 11
    assert complaint(finished) == f"dyadflow: {tmp_path / 'gone.txt'}: no such file, folder or address"
    assert finished.stdout == "" and not (tmp_path / "data" / "events.duckdb").exists()


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [("empty.txt", b"", 12, "the file is empty"), ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 13, "binary data"), ("latin.txt", "Perú protestó".encode("latin-1"), 14, "not UTF-8 (byte 3)")],
)
def test_faulty_file(tmp_path, name, data, code, words):
    (tmp_path / name).write_bytes(data)
    finished = run(tmp_path / "data", tmp_path / name)
    assert finished.returncode == code
    assert complaint(finished).startswith(f"refused: {tmp_path / name}: ") and words in complaint(finished)
    assert "1 read = 0 coded + 0 no event + 0 duplicate + 0 unchanged + 1 quarantined" in finished.stdout
    assert (tmp_path / "data" / "events.duckdb").exists()


def test_known_fault_of_a_folder_is_told_and_forgiven(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "sources.toml").write_text("faults_expected = 1\n")
    finished = run(tmp_path / "data", folder)
    assert finished.returncode == 0 and "empty.txt: the file is empty" in complaint(finished)


def test_broken_line_is_refused_and_the_others_are_loaded(tmp_path):
    path, data = tmp_path / "wire.jsonl", tmp_path / "data"
    path.write_text("\n".join([json.dumps(GOOD), '{"text": "cut off', json.dumps(OTHER)]), encoding="utf-8")
    finished = run(data, path)
    assert finished.returncode == 15
    assert complaint(finished).startswith(f"refused: {path}:2: broken JSON")
    counts = dyadflow("query", "select (select count(*) from articles) as articles, (select count(*) from quarantine) as refused", "--data", data, "--format", "json")
    assert json.loads(counts.stdout) == [{"articles": 2, "refused": 1}]
    kept = dyadflow("query", "select raw_record, source_ref, stage, rule_name from quarantine", "--data", data, "--format", "json")
    assert json.loads(kept.stdout) == [{"raw_record": '{"text": "cut off', "source_ref": f"{path}:2", "stage": "read", "rule_name": "broken_json"}]
    again = run(data, path)
    assert again.returncode == 15 and "3 read = 0 coded + 0 no event + 0 duplicate + 2 unchanged + 1 quarantined" in again.stdout
    assert "0 mentions and 0 events added" in again.stdout


REFUSED = {
    "surrogate.jsonl": (json.dumps(GOOD) + '\n{"text": "x", "title": "\\udc80"}\n' + json.dumps(OTHER), ":2: the title holds a lone surrogate"),
    "ragged.csv": (f'text,date,publisher\n"{GOOD["text"]}",2022-09-13,Wire\n"x",2022-09-13\n"{OTHER["text"]}",2022-09-14,Post\n', ":3: broken CSV (2 cells under a header of 3)"),
    "array.json": (json.dumps([GOOD, {"title": "x"}, OTHER]), ":2: no field `text`"),
}


def test_one_bad_record_of_a_file_is_told_with_its_place_and_the_others_are_loaded(tmp_path):
    for name, (content, _) in REFUSED.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    finished = run(tmp_path / "data", *(tmp_path / name for name in REFUSED))
    lines = [line for line in finished.stderr.splitlines() if line.startswith("refused: ")]
    assert finished.returncode == 15 and "9 read = " in finished.stdout and "3 quarantined" in finished.stdout
    assert len(lines) == 3 and all(line.startswith(f"refused: {tmp_path / name}{words}") for line, (name, (_, words)) in zip(lines, REFUSED.items(), strict=True))


def test_bomb_ends_in_one_line(tmp_path):
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 20_000_000))
    finished = run(tmp_path / "data", tmp_path / "bomb.txt.gz", DYADFLOW_FILE_BYTES="1000000")
    assert finished.returncode == 15 and complaint(finished) == f"refused: {tmp_path / 'bomb.txt.gz'}: larger than 1000000 bytes"


def test_unreadable_store(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "work.duckdb").write_bytes(b"no database " * 1000)
    (tmp_path / "a.txt").write_text(GOOD["text"])
    finished = run(data, tmp_path / "a.txt")
    assert finished.returncode == 20
    assert complaint(finished).startswith(f"dyadflow: {data / 'work.duckdb'}: ")
    assert (data / "work.duckdb").read_bytes() == b"no database " * 1000


def test_store_that_is_held(tmp_path):
    settings = Settings(data=tmp_path / "data")
    prepare(settings)
    (tmp_path / "a.txt").write_text(GOOD["text"])
    with hold(settings, "run of morning news"):
        finished = run(settings.data, tmp_path / "a.txt", DYADFLOW_LOCK_WAIT="0.2")
    assert finished.returncode == 21
    assert f"{settings.data}: the store is held by run of morning news (process {os.getpid()}" in complaint(finished)


def test_refused_sql(tmp_path):
    settings = Settings(data=tmp_path / "data")
    prepare(settings)
    from dyadflow.store import publish

    publish(settings)
    finished = dyadflow("query", "select * from read_csv('/etc/passwd')", "--data", settings.data)
    assert finished.returncode == 50 and "/etc/passwd" in complaint(finished) and finished.stdout == ""


def test_query_before_anything_is_published(tmp_path):
    finished = dyadflow("query", "select 1", "--data", tmp_path / "data")
    assert finished.returncode == 2 and complaint(finished).startswith(f"dyadflow: {tmp_path / 'data' / 'events.duckdb'}: nothing is published")
