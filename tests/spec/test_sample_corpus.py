"""The sample corpus, which the default run reads: it passes the gate and uses every exit; actor codes of the seeds are well formed."""

import re

from dyadflow import pipeline
from dyadflow.coder.lexicon import read_rows
from dyadflow.resources import resource
from dyadflow.settings import Settings


def test_sample_corpus_runs_and_uses_every_exit(tmp_path):
    outcome = pipeline.run([str(resource("seeds", "articles"))], Settings(data=tmp_path, workers=1))
    assert outcome.exit_code == 0
    assert all(outcome.ledger[part] for part in ("coded_count", "no_event_count", "duplicate_count", "quarantined_count"))
    assert outcome.ledger["coded_count"] >= 50
    assert outcome.report.stat().st_size > 10_000


def test_actor_codes_are_groups_of_three_capitals():
    form = re.compile(r"([A-Z]{3})+")
    files = [path for path in resource("seeds", "actors").glob("*.csv") if "code" in path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")]
    assert not [(row, cells["code"]) for path in files for row, cells in read_rows(path) if cells["code"] and not form.fullmatch(cells["code"])]
