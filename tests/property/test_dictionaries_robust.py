"""Any bytes as an old dictionary: reading never raises, every problem has its line, and what is written can be loaded and checked."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from dyadflow.dictionary_check import rows_at_fault
from dyadflow.legacy.convert import known
from dyadflow.legacy.folder import ACTOR_COLUMNS, CLASS_COLUMNS, ROLE_COLUMNS, VERB_COLUMNS, import_review, import_text, nothing_yet
from dyadflow.legacy.lines import KINDS, text_of

PIECES = st.sampled_from(["ZUBROWKA_", "+SYNONYM_", "[HUN]", "[HUNGOV 970101-061231]", "[HUN <900823]", "[~GOV]", "[---]", "[010]", "[046:046]", "- *", "* &TIES WITH +", "&TIES", "+RELATIONS",
                          "--- SNUB [120] ---", "SNUB {SNUBS}", "!P! = MAN", "X!P!", "#", ";", "<!--", "-->", "\t", " ", "\r\n", "\n", "\n", "~", "$", "%", "^", "(", ")", "{", "}", "[", "]", "|", "\0", "É", "\ufffd",
                          "٣", "\x85", "\u2028", "AL-'ID", "_"])  # fmt: skip
LIKELY = st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode())
FILES = st.one_of(LIKELY, st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", errors="surrogatepass")))


def table(columns, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue().encode()


@settings(max_examples=300, deadline=None)
@given(FILES)
def test_any_bytes_are_read_and_what_comes_out_passes_the_check(data):
    total = nothing_yet()
    import_text(text_of("old.txt", data), known(), total)
    count = data.count(b"\n") + data.count(b"\r") + 1
    assert all(problem.kind in KINDS and 1 <= problem.line <= count and "\n" not in str(problem) for problem in total.problems)
    own = known()._replace(classes=known().classes | {name: frozenset(words.split("|")) for name, words in total.classes.items()})
    for columns, rows in ((ACTOR_COLUMNS, [row[1:] for row in total.actors]), (ROLE_COLUMNS, total.roles), (VERB_COLUMNS, [(*row, "", "", "") for row in total.verbs]),
                          (CLASS_COLUMNS, [(*item, "x") for item in total.classes.items()])):  # fmt: skip
        found = [fault for fault in rows_at_fault(table(columns, rows), own) if not fault[2].startswith("no word class")]
        assert found == []


@settings(max_examples=200, deadline=None)
@given(FILES, st.sampled_from([b"code,name,phrases,start,end,note\n", b"code,pattern,recip,example,expect,counter\n", b"class,words,note\n", b"code,phrases,kind,note\n", b"mode,pattern\n", b""]))
def test_the_check_reads_any_bytes_under_any_header(data, header):
    assert all(line >= 1 and reason for line, _, reason in rows_at_fault(header + data, known()))


@settings(max_examples=100, deadline=None)
@given(FILES)
def test_a_damaged_review_file_gives_reasons(data):
    total = nothing_yet()
    import_review("review.csv", b"accept,file,code,name,phrases\nyes,leaders,HUN,A B,\n" + data, known(), total)
    assert total.accepted or total.problems
