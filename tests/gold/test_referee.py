"""Our figures are the referee's figures, to the digit."""

import json
import subprocess
import sys

import pytest

from dyadflow.evaluate import predict, read_gold, score

SETS = ("news", "codebook", "statements", "exhaustive")


@pytest.mark.parametrize("name", SETS)
def test_same_figures_as_the_referee(shared, coder, tmp_path, name):
    gold = shared / "gold" / f"{name}.jsonl"
    rows = read_gold(gold)
    predicted = list(predict(coder, rows))
    file = tmp_path / "predictions.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in predicted))
    said = subprocess.run([sys.executable, str(shared / "gold" / "score.py"), str(gold), str(file), "--json"], capture_output=True, text=True, check=True)
    theirs, ours = json.loads(said.stdout), score(rows, predicted)
    assert {name: ours[name] for name in theirs} == theirs


def test_seed_article(shared, coder, tmp_path):
    """At least half of the article's core events are found, and no row has an invented actor or code."""
    from datetime import date

    from dyadflow.coding import Source
    from dyadflow.sources import read_source

    (record,) = read_source(str(next((shared / "seed").glob("*.txt"))))
    from dyadflow.text.clean import clean_text

    rows = []
    for _, coded in coder.code([Source("seed", clean_text(record.text), record.published.date())]):
        from dyadflow.coder.code import mention_rows

        rows += [row for one in coded for row in mention_rows("seed", one, date(2022, 9, 13))]
    file = tmp_path / "mentions.jsonl"
    file.write_text("".join(json.dumps({"source": r["source_actor_code"], "target": r["target_actor_code"], "code": r["action_code"], "status": r["status"],
                                        "event_date": str(r["event_date_start"] or ""), "sentence": r["sentence_text"]}) + "\n" for r in rows))  # fmt: skip
    said = subprocess.run([sys.executable, str(shared / "seed" / "score.py"), str(file), "--json"], capture_output=True, text=True, check=True)
    assert json.loads(said.stdout)["core"] >= 12
