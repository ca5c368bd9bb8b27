"""The article gold set: every file is sound, the scorer counts as it says, the figures may rise and never fall unnoticed."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from dyadflow.coder.lexicon import read_rows
from dyadflow.errors import GoldError
from dyadflow.evaluate import country
from dyadflow.evaluate_articles import Count, as_json, filled, plain, predict_articles, score_articles, score_sentence, table
from dyadflow.gold_articles import days, read_article, read_articles
from dyadflow.resources import resource
from dyadflow.schema import NO_ACTOR, STATUSES
from dyadflow.text.sentences import split_sentences

FOLDER = resource("seeds", "gold", "articles")
ARTICLES = read_articles(FOLDER)
BASELINE = json.loads(resource("seeds", "gold", "articles_baseline.json").read_text(encoding="utf-8"))
LAW = "date 2008-08-12\ncovers a test\n\n"
STORY = """Georgia's army said Russian jets had bombed the port of Poti last night.
    event RUSMIL > GEO 195/18 ; alleged by GEOMIL ; on 2008-08-11..2008-08-12 day ; at Poti, GEO, city ; killed 5+
They met the two countries' envoys.
    event ARM <> AZE 040 ; fact ; at none
    ref “the two countries” = ARM+AZE ; source, target
"""


@pytest.fixture(scope="module")
def measured(coder):
    return score_articles(ARTICLES, predict_articles(coder, ARTICLES))


@pytest.mark.parametrize("aspect", BASELINE)
def test_aspect_does_not_fall(measured, aspect):
    found, least = measured[aspect], BASELINE[aspect]
    assert found.possible >= least["possible"], "gold was lost"
    assert found.recall >= least["recall"] and found.precision >= least.get("precision", 0)


def test_every_aspect_has_its_baseline(measured):
    assert set(BASELINE) == set(measured)


@pytest.fixture(scope="module")
def codes() -> set[str]:
    return {cells["code"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv"))}


@pytest.fixture(scope="module")
def actor_codes() -> list[str]:
    found = [cells.get("code", "") for path in sorted(resource("seeds", "actors").glob("*.csv")) for _, cells in read_rows(path)]
    return [code for code in found if code]


def parts(code: str) -> list[str]:
    """The letters of an actor code by threes: country, role, organisation."""
    return [code[at : at + 3] for at in range(0, len(code), 3)]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.article_id)
class TestArticle:
    def test_sentences_are_those_of_the_coder(self, article):
        assert [(one.text, one.start) for one in split_sentences(article.text)] == [(one.text, one.start) for one in article.sentences]
        assert 3 <= len(article.sentences) <= 12 and article.covers[0]

    def test_phrases_lie_at_their_offsets(self, article):
        for one in (reference for sentence in article.sentences for reference in sentence.references):
            assert article.text[one.start : one.end] == one.phrase

    def test_codes_are_in_the_seeds(self, article, codes, actor_codes):
        first, any_part = {code[:3] for code in actor_codes}, {part for code in actor_codes for part in parts(code)}
        events = [event for sentence in article.sentences for event in sentence.events]
        assert not {event.code for event in events} - codes
        assert not {root for event in events for root in event.roots} - {code[:2] for code in codes}
        actors = {code for event in events for code in (*event.source, *event.target, *event.speakers, *(toll.of for toll in event.tolls.values()))}
        actors |= {code for sentence in article.sentences for one in sentence.references for code in one.actors}
        assert not [code for code in actors - {NO_ACTOR, ""} if code[:3] not in first or not set(parts(code)) <= any_part]

    def test_dates_are_consistent(self, article):
        """What is told as done lies in the past; only plans and conditions begin later."""
        for event in (event for sentence in article.sentences for event in sentence.events):
            assert event.days.start <= article.published or set(event.statuses) <= {"planned", "conditional", "claimed"}
            assert date(1900, 1, 1) <= event.days.start <= event.days.end

    def test_places_have_known_countries(self, article):
        known = {cells["iso3"] for _, cells in read_rows(resource("seeds", "actors", "countries.csv"))}
        places = [event.place for sentence in article.sentences for event in sentence.events if event.place]
        assert not {code for place in places for code in place.countries} - known

    def test_referents_fill_a_side(self, article):
        """Each phrase stands on every side it names of some event, so that a coder can be seen to resolve it."""
        assert not [(one.phrase, side) for sentence in article.sentences for one in sentence.references for side in one.sides if not filled(sentence, one, side)]

    def test_needed_events_of_a_sentence_differ(self, article):
        """Two that agree in countries and root can be met by one row only."""
        for sentence in article.sentences:
            keys = [(country(e.source[0]), country(e.target[0]), e.code[:2]) for e in sentence.events if e.need and e.source and e.target]
            assert len(keys) == len(set(keys))


def test_the_set_is_whole():
    assert len(ARTICLES) >= 60
    events = [event for article in ARTICLES for sentence in article.sentences for event in sentence.events]
    assert {event.statuses[0] for event in events} == set(STATUSES)
    assert {event.code[:2] for event in events} == {f"{number:02d}" for number in range(1, 21)}
    assert {article.published.year // 10 for article in ARTICLES} == {199, 200, 201, 202}


def story(tmp_path, text: str = STORY):
    path = tmp_path / "story.txt"
    path.write_text(LAW + text, encoding="utf-8")
    return read_article(path)


def row(source: str, target: str, code: str, **more) -> dict:
    blank = dict.fromkeys(("attributed_to_code", "event_date_start", "event_date_end", "event_date_precision", "place_name", "place_country_code", "fatality_count"))
    return {**blank, "source": source, "target": target, "code": code, "status": "fact", **more}


def test_format(tmp_path):
    article = story(tmp_path)
    raid, there, back = (event for sentence in article.sentences for event in sentence.events)
    assert raid.roots == ("19", "18") and raid.speakers == ("GEOMIL",) and raid.place.names == ("Poti",) and raid.tolls["killed"] == (5, None, "")
    assert (back.source, back.target) == (there.target, there.source) and there.place.names == () and there.days == days("2008-08-12")
    assert article.text.startswith(article.sentences[0].text + " They met")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("event RUS GEO 195", "is no event"), ("event RUS > GEO 195 ; sure", "is no clause"), ("event RUS > GEO 195 ; on 2008-08-12..2008-08-14", "precision is missing"),
     ("event RUS > GEO 195 ; at Poti", "is no place"), ("event RUS > GEO 195 ; killed many", "is no number"), ("ref “he” = RUS ; source", "has no “he”"), ("note", "neither")],
)  # fmt: skip
def test_a_fault_names_its_line(tmp_path, line, complaint):
    with pytest.raises(GoldError, match=rf"story\.txt:5: .*{complaint}"):
        story(tmp_path, f"Tanks rolled.\n    {line}\n")


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(GoldError, match="no gold article"):
        read_articles(tmp_path)
    (tmp_path / "a.txt").write_text("covers nothing\n\nText.\n")
    with pytest.raises(GoldError, match="no line `date"):
        read_articles(tmp_path)


def test_aspects_of_a_met_event(tmp_path):
    article = story(tmp_path)
    good = row("RUSMIL", "GEO", "190", status="alleged", attributed_to_code="GEOGOV", event_date_start=date(2008, 8, 11), event_date_end=date(2008, 8, 11),
               event_date_precision="day", place_name="the Poti", place_country_code="GEO", place_precision="city", fatality_count=5)  # fmt: skip
    found = score_sentence(article.sentences[0], [good], article)
    assert {found[name] for name in found if name not in ("speaker_role", "reference")} == {Count(1, 1, 1)}
    assert found["speaker_role"] == Count(0, 1, 1) and found["reference"] == Count()
    bare = score_sentence(article.sentences[0], [row("RUSMIL", "GEO", "190")], article)
    assert bare["status"] == Count(0, 1, 1) and {bare[name] for name in ("date", "date_told", "place_name", "attribution", "deaths")} == {Count(0, 0, 1)}


def test_an_unmet_event_is_possible_and_not_attempted(tmp_path):
    article = story(tmp_path)
    found = score_sentence(article.sentences[0], [row("RUSMIL", "ARM", "190", status="alleged")], article)
    assert found["triple"] == Count(0, 1, 1) and found["root"] == Count(1, 1, 1) and found["status"] == found["date"] == Count(0, 0, 1)


def test_a_place_where_there_is_none(tmp_path):
    article = story(tmp_path)
    found = score_sentence(article.sentences[1], [row("ARM", "AZE", "040", place_name="Baku")], article)
    assert found["place_name"] == Count(0, 1, 0)


@pytest.mark.parametrize(
    ("rows", "count"),
    [([], Count(0, 0, 1)), ([("---", "---")], Count(0, 0, 1)), ([("ARM", "AZE"), ("AZE", "ARM")], Count(1, 1, 1)), ([("ARM", "---")], Count(0, 1, 1)), ([("ARM", "GEO")], Count(0, 1, 1))],
)
def test_several_referents_have_to_be_all_there(tmp_path, rows, count):
    article = story(tmp_path)
    assert score_sentence(article.sentences[1], [row(*sides, "040") for sides in rows], article)["reference"] == count


def test_a_single_referent_keeps_the_other_side(tmp_path):
    text = "He met Putin.\n    event ARM <> RUS 040\n    ref “He” = ARM ; source, target\n"
    article = story(tmp_path, text)
    both = [row("ARM", "RUS", "040"), row("RUS", "ARM", "040")]
    assert score_sentence(article.sentences[0], both, article)["reference"] == Count(1, 1, 1)
    assert score_sentence(article.sentences[0], [row("---", "RUS", "040")], article)["reference"] == Count(0, 0, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2008", ("2008-01-01", "2008-12-31", "year")), ("1990s", ("1990-01-01", "1999-12-31", "decade")), ("2008-02", ("2008-02-01", "2008-02-29", "month")), ("2008-02-03", ("2008-02-03", "2008-02-03", "day"))],
)
def test_days(text, expected):
    found = days(text)
    assert (str(found.start), str(found.end), *found.precisions) == expected


def test_plain_names():
    assert plain("the Gaza Strip") == plain("Gaza  strip") and plain("Córdoba") == "cordoba" and plain("The") == ""


def test_command_on_a_folder(tmp_path):
    from dyadflow.cli.quality import app

    story(tmp_path)
    answer = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--json", "--predictions", str(tmp_path / "rows.jsonl")])
    figures = json.loads(answer.stdout)
    assert answer.exit_code == 0 and figures["triple"]["possible"] == 3 and figures.keys() == BASELINE.keys()
    assert all(json.loads(line)["article_id"] == "story" for line in (tmp_path / "rows.jsonl").read_text().splitlines())
    assert "of attempted" in table({"triple": Count(1, 2, 3)}) and as_json({"triple": Count(1, 2, 3)})["triple"]["precision"] == 0.5
