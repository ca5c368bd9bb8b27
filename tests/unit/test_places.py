"""Where an event happened: names of the gazetteer, which place a name means, and what the clause says of it.

Trees are built by hand as in `tests/spec/test_rules.py`; sentences with the model's own trees stand in `SENTENCES`.
"""

import csv
import time
from pathlib import Path

import pytest

from dyadflow.coder.code import mention_rows
from dyadflow.coder.gazetteer import load_gazetteer
from dyadflow.coder.places import NOWHERE, Clause, Setting, place_columns, place_of, setting_of, spans_in
from dyadflow.coder.tree import Tree
from dyadflow.coding import Source
from dyadflow.errors import DictionaryError
from dyadflow.resources import resource
from dyadflow.schema import MENTIONS


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def tree(text: str) -> Tree:
    rows = [line.split() for line in text.strip().splitlines()]
    heads = [int(row[4]) - 1 if row[4] != "0" else number for number, row in enumerate(rows)]
    return Tree([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows], heads)


def chosen(gazetteer, name: str, near=(), countries=()):
    place = gazetteer.choose(gazetteer.named(name), set(near), set(countries))
    return place and (place.country, place.admin1, place.kind)


MEANT = [
    ("Goris", (), (), ("ARM", "Syunik", "city")),
    ("Stepanakert", (), (), ("AZE", "Nagorno-Karabakh", "city")),
    ("Khankendi", (), (), ("AZE", "Nagorno-Karabakh", "city")),
    ("Nagorno-Karabakh", (), (), ("AZE", "Nagorno-Karabakh", "admin1")),
    ("Kyiv", (), (), ("UKR", "Kyiv City", "city")),
    ("Kiev", (), (), ("UKR", "Kyiv City", "city")),
    ("Kharkov", (), (), ("UKR", "Kharkivs’ka Oblast’", "city")),
    ("Rangoon", (), (), ("MMR", "Yangon", "city")),
    ("Lugansk", (), (), ("UKR", "Luhansk", "city")),
    ("Sana'a", (), (), ("YEM", "Amanat Alasimah", "city")),
    ("Kobani", (), (), ("SYR", "Aleppo", "city")),
    ("Donbas", (), (), ("UKR", "Donbas", "admin1")),
    ("Darfur", (), (), ("SDN", "Darfur", "admin1")),
    ("Tigray", (), (), ("ETH", "Tigray", "admin1")),
    ("Helmand", (), (), ("AFG", "Helmand", "admin1")),
    ("Gaza", (), (), ("PSE", "Gaza Strip", "admin1")),
    ("West Bank", (), (), ("PSE", "West Bank", "admin1")),
    ("Golan Heights", (), (), ("SYR", "Quneitra", "admin1")),
    ("Abkhazia", (), (), ("GEO", "Abkhazia", "admin1")),
    ("Transnistria", (), (), ("MDA", "Transnistria", "admin1")),
    ("Chechnya", (), (), ("RUS", "Chechnya", "admin1")),
    ("Bougainville", (), (), ("PNG", "Bougainville", "admin1")),
    ("Western Sahara", (), (), ("ESH", "", "country")),
    ("Strait of Hormuz", (), (), ("", "", "area")),
    ("Sahel", (), (), ("", "", "area")),
    ("Georgia", (), (), ("GEO", "", "country")),
    ("Goma", (), (), ("COD", "Nord Kivu", "city")),
    ("Tripoli", (), (), ("LBY", "Tripoli", "city")),
    ("Tripoli", ("LBN",), (), ("LBN", "Liban-Nord", "city")),
    ("Hyderabad", ("PAK",), (), ("PAK", "Sindh", "city")),
    ("Hyderabad", ("IND",), (), ("IND", "Telangana", "city")),
    ("Idlib", (), (), ("SYR", "Idlib", "city")),
    ("Cordoba", ("ARG",), (), ("ARG", "Cordoba", "city")),
    ("Springfield", ("USA",), (), ("USA", "Missouri", "city")),
    ("Torkham", ("PAK",), (), ("PAK", "Khyber Pakhtunkhwa", "city")),
    ("Nowhereville", (), (), None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "near", "countries", "meant"), MEANT, ids=[f"{m[0]}-{''.join(m[1])}" for m in MEANT])
def test_the_place_a_name_means(gazetteer, name, near, countries, meant):
    assert chosen(gazetteer, name, near, countries) == meant


def test_a_small_town_far_from_the_articles_countries_is_no_place(gazetteer):
    assert chosen(gazetteer, "Pirmasens", (), {"BOL"}) is None
    assert chosen(gazetteer, "Pirmasens", {"DEU"}) == ("DEU", "Rheinland-Pfalz", "city")


def test_a_neighbour_of_the_articles_country_counts(gazetteer):
    assert chosen(gazetteer, "Pirmasens", (), {"FRA"}) == ("DEU", "Rheinland-Pfalz", "city")


@pytest.mark.parametrize("words", ["Nagorno - Karabakh", "Ras al - Ayn", "al - Bab", "Democratic Republic of the Congo", "Khan Younis", "Port-au-Prince", "Sana’a"])
def test_names_of_several_tokens_are_found_whole(gazetteer, words):
    found = gazetteer.find(words.split())
    assert [(span.first, span.last) for span in found] == [(0, len(words.split()))]


@pytest.mark.parametrize("word", ["Somali", "Monday", "March", "Police", "Syrian", "Central", "Arab"])
def test_peoples_days_and_offices_are_no_places(gazetteer, word):
    assert not gazetteer.find(["in", word])


SENTENCES = [
    ("Azerbaijan shelled the Armenian town of Goris on Tuesday.", "shelled", ("Goris", "ARM", "Syunik", "city")),
    ("Azerbaijan shelled Goris, Armenia on Tuesday.", "shelled", ("Goris", "ARM", "Syunik", "city")),
    ("Azerbaijan shelled Stepanakert on Tuesday.", "shelled", ("Stepanakert", "AZE", "Nagorno-Karabakh", "city")),
    ("Saudi warplanes bombed a market in Aden.", "bombed", ("Aden", "YEM", "Aden", "city")),
    ("Russian forces attacked a market in the eastern Ukrainian city of Kramatorsk.", "attacked", ("Kramatorsk", "UKR", "Donetsk", "city")),
    ("Rebels killed 12 soldiers in a village near Goma in the Democratic Republic of Congo.", "killed", ("Goma", "COD", "Nord Kivu", "city")),
    ("President Macron met President Zelenskyy in Paris, France.", "met", ("Paris", "FRA", "Île-de-France", "city")),
    ("Iraqi forces killed two militants in Springfield, Illinois.", "killed", ("Springfield", "USA", "Illinois", "city")),
    ("Police arrested ten protesters in Idlib province, Syria.", "arrested", ("Idlib province", "SYR", "Idlib", "admin1")),
    ("Police arrested ten protesters in Syria.", "arrested", ("Syria", "SYR", None, "country")),
    ("Iran seized a British tanker in the Strait of Hormuz.", "seized", ("Strait of Hormuz", None, None, "none")),
    ("Russia condemned Poland.", "condemned", (None, "RUS", None, "country")),
    ("Russia attacked Ukraine.", "attacked", (None, "UKR", None, "country")),
    ("Russia accused Kyiv of lying.", "accused", (None, "RUS", None, "country")),
    ("Russia signed the Minsk agreement with Ukraine.", "signed", (None, None, None, "none")),
    ("Israel killed three Palestinians in Jenin on Monday.", "killed", ("Jenin", "PSE", "West Bank", "city")),
    ("Marco Lima accused Brazil of fraud.", "accused", (None, "BRA", None, "country")),
    ("Ukraine said in Geneva that Russia had shelled Kharkiv.", "shelled", ("Kharkiv", "UKR", "Kharkivs’ka Oblast’", "city")),
    ("Troops from Burundi were deployed to the Somali capital Mogadishu.", "deployed", ("Mogadishu", "SOM", "Banaadir", "city")),
    ("Pakistan claimed that a group based in Lahore attacked India.", "attacked", (None, "IND", None, "country")),
    ("Police arrested two men in Ramadi, 100 km west of Baghdad.", "arrested", ("Ramadi", "IRQ", "Al Anbar", "city")),
    ("The United States Department of Justice charges a National Security Agency contractor with theft.", "charges", (None, "USA", None, "country")),
    ("Officials in Mexico, Guatemala and Ecuador condemned Spain.", "condemned", ("Mexico", "MEX", None, "country")),
    ("A car bomb killed three people near the U.S. consulate in the Pakistani city of Peshawar.", "killed", ("Peshawar", "PAK", "Khyber Pakhtunkhwa", "city")),
    ("Russia condemned the attack in Kabul.", "condemned", (None, "RUS", None, "country")),
    ("The Taliban killed four soldiers in Kabul.", "killed", ("Kabul", "AFG", "Kabul", "city")),
    ("Two militants are killed by Indian security forces in the Shopian district of Kashmir.", "killed", ("Shopian", "IND", "Jammu and Kashmir", "city")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "where"), SENTENCES, ids=[s[0][:40] for s in SENTENCES])
def test_the_place_of_a_sentences_event(coder, text, word, where):
    coded = next(coded for _, coded in coder.code([Source("a", text, None)]))
    rows = [row for row in mention_rows("a", coded[0], None, coder.gazetteer, setting_of([one.tree for one in coded], coder.gazetteer)) if row["action_text"] == word]
    assert rows, "not coded"
    assert {(row["place_name"], row["place_country_code"], row["place_admin1_name"], row["place_precision"]) for row in rows} == {where}


SHELLING = """
    Azerbaijan azerbaijan PROPN|NNP nsubj 2
    shelled shell VERB|VBD ROOT 0
    {} x PROPN|NNP obj 2"""


def test_the_fallback_keeps_the_name_that_cannot_be_told(gazetteer):
    one = tree("""
        Iran iran PROPN|NNP nsubj 2
        killed kill VERB|VBD ROOT 0
        soldiers soldier NOUN|NNS obj 2
        in in ADP|IN case 5
        Pirmasens x PROPN|NNP obl 2""")
    found = place_of(one, Clause(1, "190", "IRN", "IRQ"), gazetteer)
    columns = place_columns(found, " ".join(one.words), one)
    assert (columns["place_name"], columns["place_country_code"], columns["place_precision"]) == ("Pirmasens", "IRQ", "country")


def test_a_hand_built_object_is_the_place(gazetteer):
    found = place_of(tree(SHELLING.format("Goris")), Clause(1, "194", "AZE", ""), gazetteer)
    assert (found.place.name, found.place.country) == ("Goris", "ARM")


def test_words_to_a_capital_are_not_said_there(gazetteer):
    found = place_of(tree(SHELLING.format("Yerevan")), Clause(1, "111", "AZE", "ARM"), gazetteer)
    assert (found.name, found.place.country, found.place.kind) == (None, "AZE", "country")


def test_the_dateline_places_acts_of_its_own_country_only(gazetteer):
    baku = gazetteer.choose(gazetteer.named("Baku"), set(), set())
    setting = Setting(frozenset({"AZE"}), baku)
    one = tree(SHELLING.format("them"))
    assert place_of(one, Clause(1, "111", "AZE", "ARM"), gazetteer, setting).place.name == "Baku"
    assert place_of(one, Clause(1, "111", "ARM", "AZE"), gazetteer, setting).place.country == "ARM"
    assert place_of(one, Clause(1, "190", "AZE", "ARM"), gazetteer, setting).place.country == "ARM"


def test_a_meeting_of_two_countries_without_a_place_has_none(gazetteer):
    assert place_of(tree(SHELLING.format("them")), Clause(1, "040", "AZE", "ARM"), gazetteer).place is None


def test_words_of_an_organisation_have_no_country(gazetteer):
    assert place_of(tree(SHELLING.format("them")), Clause(1, "111", "IGO", "ESP"), gazetteer).place is None
    assert place_of(tree(SHELLING.format("them")), Clause(1, "190", "IGO", "SRB"), gazetteer).place.country == "SRB"


@pytest.mark.parametrize(("line", "name"), [("KYIV , Ukraine ( AP ) —", "Kyiv"), ("GAZA CITY —", "Gaza City"), ("YEREVAN –", "Yerevan"), ("Russia attacked Ukraine .", None), ("LUNCHTIME —", None)])
def test_the_dateline_is_read(gazetteer, line, name):
    words = line.split()
    one = Tree(words, words, ["PROPN|NNP"] * len(words), ["dep"] * len(words), [0] * len(words))
    found = setting_of([one], gazetteer).dateline
    assert (found and found.name) == name


def test_a_surname_is_no_place(gazetteer):
    words = ["with", "President", "Marco", "Lima", "in"]
    one = Tree(words, words, ["ADP|IN", "PROPN|NNP", "PROPN|NNP", "PROPN|NNP", "ADP|IN"], ["case", "dep", "dep", "flat", "dep"], [1, 1, 1, 2, 1])
    assert not spans_in(one, gazetteer)


def test_without_a_gazetteer_a_row_has_no_place(coder):
    coded = next(coded for _, coded in coder.code([Source("a", "Russia attacked Ukraine.", None)]))
    row = next(mention_rows("a", coded[0], None))
    assert row["place_precision"] == "none"


def test_place_columns_are_those_of_the_table(gazetteer):
    one = tree(SHELLING.format("Goris"))
    columns = place_columns(place_of(one, Clause(1, "194", "AZE", ""), gazetteer, NOWHERE), " ".join(one.words), one)
    assert set(columns) == {name for name in MENTIONS.names if name.startswith("place_")}


def test_every_row_of_the_seeds_is_sound(gazetteer):
    countries = set(gazetteer.by_country)
    for name in ("geonames.csv", "supplement.csv"):
        with open(resource("seeds", "places", name), encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                assert row["kind"] in ("city", "admin1", "country", "area"), row
                assert -90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180, row
                assert (row["country"] in countries) != (row["kind"] == "area"), row
                assert row["admin1"] or row["kind"] != "admin1", row


def test_the_supplement_is_large_enough():
    with open(resource("seeds", "places", "supplement.csv"), encoding="utf-8", newline="") as lines:
        assert sum(1 for _ in csv.DictReader(lines)) >= 500


def test_a_ragged_row_is_named(tmp_path):
    (tmp_path / "places").mkdir()
    Path(tmp_path, "places", "supplement.csv").write_text("id,name\n1,Goris\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="supplement.csv:2"):
        load_gazetteer(tmp_path)


def test_the_gazetteer_loads_fast():
    load_gazetteer.cache_clear()
    started = time.process_time()
    load_gazetteer()
    assert time.process_time() - started < 0.8
