"""`explain`: every part of the answer is there, points at a row that exists, and is drawn whole."""

import json

import pytest
from typer.testing import CliRunner

from dyadflow.cli import look
from dyadflow.cli.main import app
from dyadflow.errors import UsageError
from dyadflow.explain import as_json, explain_text
from dyadflow.resources import resource
from dyadflow.show import as_text

TEXT = ("Russia shelled Kharkiv on Tuesday, Ukrainian officials said. Police arrested two Chadian officers in Niamey. "
        "Turkey accused rebels from Syria of killing soldiers. President Putin met the Emir of Qatar. Critics attacked the novel.")  # fmt: skip


@pytest.fixture(scope="module")
def sentences() -> list[dict]:
    return explain_text(TEXT, "2022-03-02")


def test_every_mention_replays_and_its_offsets_point_at_its_words(sentences):
    mentions = [mention for sentence in sentences for mention in sentence["mentions"]]
    assert len(mentions) >= 6
    for mention in mentions:
        assert mention["replays"]
        assert TEXT[mention["action_start"] : mention["action_end"]] == mention["action_text"]
        for side in ("source", "target"):
            assert mention[f"{side}_name"] is None or TEXT[mention[f"{side}_start"] : mention[f"{side}_end"]] == mention[f"{side}_name"]


def test_every_row_behind_a_mention_stands_where_it_is_said_to_stand(sentences):
    rows = [one for sentence in sentences for mention in sentence["mentions"] for part in mention["because"].values() for one in part]
    assert {one["row"].split("/")[1] for one in rows if "/" in one["row"]} == {"verbs", "grammar", "actors"}
    for one in rows:
        path, _, line = one["row"].partition(":")
        if path == "rule":
            continue
        written = resource(*path.split("/")).read_text(encoding="utf-8").split("\n")[int(line) - 1]
        assert (one["phrase"] or one["text"]) in written, one


def test_the_drawing_has_every_token_once_and_says_why_there_is_no_event(sentences):
    drawn = as_text(sentences)
    for token in sentences[0]["tokens"]:
        assert sum(line.split()[:1] == [str(token["number"])] for line in as_text(sentences[:1]).split("\n") if token["text"] in line.split()) == 1
    assert "no event: no pattern of a trigger fits with a known actor" in drawn
    assert drawn.count("replays     yes") == sum(len(sentence["mentions"]) for sentence in sentences)


def test_a_mended_tree_says_so():
    (sentence,) = explain_text("The Pakistan army violated ceasefire.")
    assert any(token["is_mended"] for token in sentence["tokens"]) == ("* mended" in as_text([sentence]))


def test_a_circle_in_a_damaged_tree_is_drawn_once():
    (sentence,) = explain_text("Russia shelled Kharkiv.")
    for token, head in zip(sentence["tokens"], (1, 0, 1, 1), strict=True):
        token["head"] = head
    assert all(as_text([sentence]).count(f" {word} ") >= 1 for word in ("Russia", "shelled", "Kharkiv"))


def test_json_is_the_same_as_the_text(sentences):
    again = json.loads(as_json(sentences))
    assert [[m["action_code"] for m in s["mentions"]] for s in again] == [[m["action_code"] for m in s["mentions"]] for s in sentences]
    assert as_text(again) == as_text(sentences)


def test_the_command_draws_and_a_false_date_is_the_user_s():
    assert app is look.app
    answer = CliRunner().invoke(app, ["explain", "Russia shelled Kharkiv.", "--date", "2022-03-02"])
    assert answer.exit_code == 0 and "RUS  →  UKR" in answer.output and "seeds/verbs/" in answer.output
    with pytest.raises(UsageError, match="2022-13-01"):
        explain_text("Russia shelled Kharkiv.", "2022-13-01")


@pytest.mark.parametrize("text", ["", "   ", "…", "Hm."])
def test_a_text_without_events_is_explained_too(text):
    assert "no event" in as_text(explain_text(text))
