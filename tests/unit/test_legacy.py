"""Dictionaries of the old programs: what their lines mean, what cannot be used and why, and that the result codes."""

from datetime import date

import pytest

from dyadflow.coder.dictionary import load_dictionary
from dyadflow.coder.lexicon import load_lexicon, read_rows
from dyadflow.dictionary_check import check_files, dictionary_files
from dyadflow.errors import DictionaryError
from dyadflow.legacy.actors import LegacyActor, parse_actors, parse_code, parse_day
from dyadflow.legacy.agents import parse_agents
from dyadflow.legacy.casing import spellings
from dyadflow.legacy.convert import known
from dyadflow.legacy.folder import import_files, import_text, kind_of_text, nothing_yet, write_folder
from dyadflow.legacy.lines import Problem, text_of
from dyadflow.legacy.patterns import convert, read_code
from dyadflow.legacy.verbs import LegacyPattern, LegacySet, LegacyVerb, parse_verbs
from dyadflow.resources import Added

ACTORS = b"""# Actors of a made-up country list
ZUBROWKA_ [HUN] ;comment of the oldest kind
+ZUBROWKAN_
# a comment inside an entry
+REPUBLIC_OF_ZUBROWKA
PRESIDENT_IMRE_KISVARDAI_  # with a title
+KISVARDAI_
+IMRE_KISVARDAI
\t[HUNGOV 970101-061231]
\t[HUNELI]
RED_GOOSE_BRIGADE_(RGBX) [HUNREB]
GOOSE_FARMERS'_AID [NGOAGR]
NOBODY_HERE
BAD_DAY_ [HUN 2004017-20061201]
STRAY+PLUS [HUN]
OPEN_BRACKET [HUN
"""
AGENTS = b"""!PERSON! = MAN, WOMAN
GOOSE_HERDER {GOOSE_HERDERS} [~AGR]
CONGRESS!PERSON! [~LEG]
OMBUDS!NOBODY! [~GOV]
HEDGE_WIZARD [~MAG]
GOVERNMENT_OMBUDSMAN [~GOVJUD]
NO_TILDE [GOV]
"""
VERBS = b"""&TIES
+RELATIONS
+CONTACTS

--- SNUBIFY [120]  ---
SNUBIFY {SNUBIFIES SNUBIFIED}
- * &TIES WITH + [160]
- * TIES_OF_OLD [160]
- SAID * [010]
- * FOR + [046:046]
- * ^ NOW [010]
- * (TO PRESS) [010]
- * NOTHING [999]
- NO STAR [010]
+WAVE_OFF [120]
~ a (b) SAY = a b 010
"""


def parsed(parse, data):
    return list(parse(text_of("f", data)))


def reasons(found):
    return [(problem.line, problem.kind, problem.reason) for problem in found if isinstance(problem, Problem)]


def test_actor_entries_have_their_names_codes_and_days():
    entries = [one for one in parsed(parse_actors, ACTORS) if isinstance(one, LegacyActor)]
    assert [name for _, name in entries[0].names] == ["ZUBROWKA_", "ZUBROWKAN_", "REPUBLIC_OF_ZUBROWKA"]
    office = entries[1].codes[0]
    assert (office.code, office.start, office.end) == ("HUNGOV", date(1997, 1, 1), date(2006, 12, 31))


def test_broken_actor_lines_are_named_by_line():
    assert reasons(parsed(parse_actors, ACTORS)) == [
        (13, "broken", "an entry without a usable code"),
        (14, "broken", "the date 2004017 has 7 digits, not 6 or 8"),
        (16, "broken", "a bracket is not closed or not opened"),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [("970101", date(1997, 1, 1)), ("061231", date(2006, 12, 31)), ("300101", date(2030, 1, 1)), ("310101", date(1931, 1, 1)), ("20120219", date(2012, 2, 19))],
)
def test_years_of_two_digits_are_read_as_the_old_programs_did(written, day):
    assert parse_day(written) == day


@pytest.mark.parametrize("written", ["990231", "1", "123456789", "000000"])
def test_what_is_no_day_says_so(written):
    assert isinstance(parse_day(written), str)


def test_open_days_end_before_or_begin_on_the_day():
    assert parse_code(1, "HUN <19900823").end == date(1990, 8, 22)
    assert parse_code(1, "HUN > 900823").start == date(1990, 8, 23)
    assert parse_code(1, "HUN 20100101-20090101") == "the last day is before the first"


def test_agent_sets_are_spelt_out_and_faults_named():
    found = parsed(parse_agents, AGENTS)
    assert [agent.forms for agent in found[:2]] == [["GOOSE_HERDER", "GOOSE_HERDERS"], ["CONGRESSMAN", "CONGRESSWOMAN"]]
    assert reasons(found) == [(4, "broken", "an ending of a set that is not defined above"), (7, "broken", "the code has no ~ that says where the country goes")]


def test_verb_files_give_sets_verbs_and_patterns():
    found = parsed(parse_verbs, VERBS)
    assert found[0] == LegacySet(1, "TIES", ["RELATIONS", "CONTACTS"])
    assert found[1] == LegacyVerb(6, "SNUBIFY", "120")
    assert LegacyPattern(7, "* &TIES WITH +", "160", ("SNUBIFY",)) in found
    assert reasons(found) == [(14, "broken", "a pattern needs one * for its verb"), (16, "unused", "transformations of codings have no place here: modes and composition do that")]


CLASSES = {"legacy_ties": frozenset({"relation"})}


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        ("* &TIES WITH +", "S mend {legacy_ties} with T"),
        ("* (AT {GOOSE FAIR})", "S mend at goose_fair [against/with/to/on/in/of/from/for/at/by T]"),
        ("* OFF TALKS", "S mend off talk [against/with/to/on/in/of/from/for/at/by T]"),
        ("* INCURSION (INTO)", "S mend incursion into T"),
        ("$ * THE FENCE WITH +", "S mend fence with T"),
    ],
)
def test_safe_patterns_are_converted(written, pattern):
    assert convert(written, ["mend"], CLASSES) == (pattern, "")


@pytest.mark.parametrize("written", ["SAID * FENCE", "* ^ FENCE", "* % FENCE", "* (TO PRESS)", "* FULL FENCE", "* + FENCE", "*", "* +", "* &NOSUCH", "* ?", "* A|B"])
def test_unsafe_patterns_say_why(written):
    pattern, fault = convert(written, ["mend"], CLASSES)
    assert not pattern and fault


def test_codes_of_both_sides_are_reciprocal_where_alike():
    assert read_code("046:046", known().cameo) == ("046", True)
    assert all(isinstance(read_code(code, known().cameo), str) for code in ("---", ":173", "042:043", "999", "07", "", "074A"))


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["BAN", "KI-MOON"], "Ban Ki-Moon"), (["THE", "BANK", "OF", "ZUBROWKA"], "Bank of Zubrowka"), (["O'BRIEN", "PARTY"], "O'Brien Party"),
        (["PEOPLE'S", "FRONT"], "People's Front"), (["UNITED", "NATIONS"], "United Nations"), (["NATO", "COUNCIL"], "NATO Council"), (["U.N.", "ENVOY"], "U.N. Envoy"),
        (["John", "McSmith"], "John McSmith"), (["HENRY", "VIII"], "Henry VIII"),
    ],
)  # fmt: skip
def test_names_in_capitals_get_their_case(words, first):
    assert spellings(words, known().guide)[0] == first


def test_particles_and_hyphens_are_spelt_either_way():
    assert {"Ban Ki-Moon", "Ban Ki-moon"} <= set(spellings(["BAN", "KI-MOON"], {}))
    assert {"Hans Van Zubrowka", "Hans van Zubrowka"} <= set(spellings(["HANS", "VAN", "ZUBROWKA"], {}))


def test_a_common_word_alone_is_no_name():
    assert spellings(["REVOLUTION"], {}) == []
    assert spellings(["WHO"], {}) == ["WHO"]


@pytest.fixture
def folder(tmp_path):
    """A dictionary folder imported from the three files."""
    paths = [tmp_path / name for name in ("old.actors.txt", "old.agents.txt", "old.verbs.txt")]
    for path, data in zip(paths, (ACTORS, AGENTS, VERBS), strict=True):
        path.write_bytes(data)
    imported = import_files(paths)
    write_folder(imported, tmp_path / "out")
    return tmp_path / "out"


def cells(path):
    return [row for _, row in read_rows(path)]


def test_rows_stand_in_the_files_of_their_kind(folder):
    assert cells(folder / "actors" / "regions_imported.csv")[0]["phrases"].split("|")[0] == "Zubrowkan"
    leader = cells(folder / "actors" / "leaders_imported.csv")[0]
    assert (leader["code"], leader["name"], leader["start"], leader["end"]) == ("HUNGOV", "Imre Kisvardai", "1997-01-01", "2006-12-31")
    assert "RGBX" in cells(folder / "actors" / "armed_groups_imported.csv")[0]["phrases"]
    assert {row["code"] for row in cells(folder / "actors" / "roles_imported.csv")} == {"AGR", "LEG", "GOV"}
    assert "S wave off T" in {row["pattern"] for row in cells(folder / "verbs" / "12_imported.csv")}


def test_the_report_names_file_line_and_record_of_what_was_not_used(folder):
    found = {(row["file"], int(row["line"])): (row["kind"], row["reason"]) for row in cells(folder / "import_report.csv")}
    assert found["old.actors.txt", 10] == ("implied", "days out of office follow from the days in office")
    assert found["old.actors.txt", 7] == ("unused", "one name alone does not tell a person")
    assert found["old.actors.txt", 15] == ("broken", "the stray character + in a name") or found["old.actors.txt", 15][0] == "unused"
    assert found["old.agents.txt", 5] == ("unused", "MAG has no sector of these dictionaries")
    assert found["old.agents.txt", 6] == ("changed", "used as GOV")
    assert found["old.verbs.txt", 13] == ("unused", "999 is no CAMEO code of three or four digits")


def test_what_is_written_passes_the_check(folder):
    assert list(check_files(dictionary_files([folder]))) == []


def test_beside_adds_what_the_own_dictionary_lacks_and_own_rows_win(tmp_path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "regions_mine.csv").write_text("code,name,phrases,note\nHUN,Zubrowka,France|Bank of France,\nHUN,police,,\n", encoding="utf-8")
    own, beside, alone = load_dictionary(), load_dictionary(str.split, None, Added(tmp_path)), load_dictionary(str.split, None, Added(tmp_path, True))

    def code(dictionary, phrase):
        return [match.entries[0].code for match in dictionary.find(phrase.split())]

    assert code(own, "Zubrowka") == [] and code(beside, "Zubrowka") == ["HUN"]
    assert code(beside, "France") == ["FRA"] and code(alone, "France") == ["HUN"]
    assert code(beside, "police") == [] and code(alone, "Germany") == []
    assert beside.countries == alone.countries == own.countries
    assert beside.find(["Zubrowka"])[0].entries[0].row == "added/regions_mine.csv:2"


def test_added_patterns_serve_verbs_the_lexicon_lacks(folder):
    own, beside, alone = load_lexicon(), load_lexicon(None, Added(folder)), load_lexicon(None, Added(folder, True))
    assert "snubify" not in own.verbs and beside.verbs["snubify"][0].row.startswith("added/")
    assert beside.verbs["attack"] == own.verbs["attack"] and "attack" not in alone.verbs
    assert alone.modes.keys() == own.modes.keys()


def test_a_country_that_was_another_keeps_days_that_do_not_overlap():
    total = nothing_yet()
    import_text(text_of("f", b"ZUBROWKA_\n\t[RUSHUN <910823]\n\t[HUN]\n"), known(), total)
    assert [(row.kind, row.code, row.start, row.end) for row in total.actors] == [("regions", "HUN", "1991-08-23", ""), ("regions", "RUSHUN", "", "1991-08-22")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(ACTORS, "actors"), (AGENTS, "agents"), (VERBS, "verbs"), (b"1914\n+GOLF\n", "discards"), (b'<ISSUE CATEGORY="X">\nn:a [B]\n', "unknown"), (b"", "unknown"), (b"\n# only\n", "unknown")],
)
def test_the_format_is_told_by_the_lines(data, kind):
    assert kind_of_text(text_of("f", data)) == kind


def test_bytes_of_other_encodings_are_read_or_named():
    western = text_of("f", "CÔTE_D'ÉBÈNE [CIV]\nMESÛD [IRQ]\n".encode("cp1252"))
    assert western.lines[0].text == "CÔTE_D'ÉBÈNE [CIV]" and not western.problems
    mixed = text_of("f", "MESÛD [IRQ]\nСССР [RUS]\n".encode() + b"C\xd4TE [CIV]\nA\x00B [CIV]\n")
    assert [(problem.line, problem.reason) for problem in mixed.problems] == [(3, "bytes that are no text in the encoding of the file"), (4, "a control character")]
    assert text_of("f", "ZUBROWKA [HUN]\n".encode("utf-16")).lines[0].text == "ZUBROWKA [HUN]"


def test_a_file_that_is_not_there_is_a_dictionary_error(tmp_path):
    with pytest.raises(DictionaryError, match="No such file"):
        import_files([tmp_path / "none.txt"])
