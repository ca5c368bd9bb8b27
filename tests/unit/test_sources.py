"""Every reader: good records with the right fields; each fault once, with its reason, file and line, and the good records kept."""

import gzip
import io
import json
import os
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dyadflow.errors import BinarySource, BrokenRecord, EmptySource, EncodingFault, SourceError
from dyadflow.settings import Settings
from dyadflow.sources import Fault, Record, plan_sources, read_source
from dyadflow.sources.contract import parse_time

BODY = "Russia and Ukraine held talks on a ceasefire on Monday, and the two sides agreed to meet again in the town next week. " * 4
DAY, MOMENT = datetime(2022, 9, 13), datetime(2022, 9, 13, 4)
ROW = {"text": "Russia shelled Ukraine.", "date": "2022-09-13", "publisher": "Wire", "title": "Shelling", "url": "https://wire.example/1"}
JSON_LINE = json.dumps(ROW).encode() + b"\n"


def page(head: str = "", body: str = BODY) -> bytes:
    return f"<html><head><title>Talks held</title>{head}</head><body><article><h1>Talks held</h1><p>{body}</p><p>{body}</p></article></body></html>".encode()


HEAD = ('<meta property="article:published_time" content="2022-09-13T08:00:00+04:00"><meta property="og:site_name" content="Wire">'
        '<link rel="canonical" href="https://wire.example/1">')  # fmt: skip
LINKED = '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-09-13T04:00:00Z", "publisher": {"name": "Wire"}}]}</script>'


def parquet(rows: list[dict]) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(rows).write_parquet(buffer)
    return buffer.getvalue()


def rss(entries: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{entries}</channel></rss>'.encode()


def item(text: str = "Russia shelled Ukraine.", date: str = "Tue, 13 Sep 2022 08:00:00 +0400") -> str:
    return f"<item><title>Shelling</title><link>https://wire.example/1</link><pubDate>{date}</pubDate><description>{text}</description></item>"


ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Shelling</title>
<link href="https://wire.example/1"/><updated>2022-09-13T08:00:00+04:00</updated><content type="html">&lt;p&gt;Russia shelled Ukraine.&lt;/p&gt;</content></entry></feed>"""


def warc(pages: list[bytes], compressed: bool) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=compressed)
    for number, data in enumerate(pages, 1):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(f"https://wire.example/{number}", "response", payload=io.BytesIO(data), http_headers=headers))
    return buffer.getvalue()


def read(folder: Path, name: str, data: bytes) -> list:
    path = folder / name
    path.write_bytes(data)
    return list(read_source(str(path)))


def only(found: list, kind: type):
    chosen = [one for one in found if isinstance(one, kind)]
    assert len(chosen) == 1, found
    return chosen[0]


WHOLE = ("Wire", "https://wire.example/1", "Shelling", DAY, "record")
FED = ("Wire", "https://wire.example/1", "Shelling", MOMENT, "feed")
SAVED = ("Wire", "https://wire.example/1", "Talks held", MOMENT, "metadata")
TXT = b"date 2022-09-13\npublisher Wire\nShelling\n\nRussia shelled Ukraine.\n"
GOOD = {
    "whole.txt": (TXT, ("Wire", None, "Shelling", DAY, "dateline")),
    "bare.txt": (b"Russia shelled Ukraine.", (None, None, None, None, "none")),
    "same_line.txt": (b"date 2022-09-13 Russia shelled Ukraine.", (None, None, None, DAY, "dateline")),
    "marked.txt": (b"\xef\xbb\xbf" + b"Russia shelled Ukraine.", (None, None, None, None, "none")),
    "utf16.txt": ("Russia shelled Ukraine.".encode("utf-16"), (None, None, None, None, "none")),
    "packed.txt.gz": (gzip.compress(TXT), ("Wire", None, "Shelling", DAY, "dateline")),
    "packed.txt.zst": (zstandard.ZstdCompressor().compress(TXT), ("Wire", None, "Shelling", DAY, "dateline")),
    "two_members.txt.gz": (gzip.compress(b"Russia shelled ") + gzip.compress(b"Ukraine."), (None, None, None, None, "none")),
    "lines.jsonl": (JSON_LINE, WHOLE),
    "blank_lines.jsonl": (b"\n\n" + JSON_LINE + b"  \n", WHOLE),
    "lines.jsonl.gz": (gzip.compress(JSON_LINE), WHOLE),
    "lines.jsonl.zst": (zstandard.ZstdCompressor().compress(JSON_LINE), WHOLE),
    "other_names.jsonl": (b'{"body": "Russia shelled Ukraine.", "published_at": "20220913", "publisher": ["Wire", "Post"]}', ("Wire; Post", None, None, DAY, "record")),
    "table.csv": (b"text,date,publisher,title,url\nRussia shelled Ukraine.,2022-09-13,Wire,Shelling,https://wire.example/1\n", WHOLE),
    "array.json": (b"[" + JSON_LINE + b"]\n", WHOLE),
    "spread.json": (json.dumps([ROW], indent=1).encode(), WHOLE),
    "lines.json": (JSON_LINE, WHOLE),
    "two_frames.txt.zst": (zstandard.ZstdCompressor().compress(b"Russia shelled ") + zstandard.ZstdCompressor().compress(b"Ukraine."), (None, None, None, None, "none")),
    "blank_lines.csv": (b"\ntext,date\n\n\"Russia shelled Ukraine.\",2022-09-13\r\n\r\n", (None, None, None, DAY, "record")),
    "table.csv.gz": (gzip.compress(b"text,date\nRussia shelled Ukraine.,2022-09-13\n"), (None, None, None, DAY, "record")),
    "table.parquet": (parquet([ROW]), WHOLE),
    "typed.parquet": (parquet([{**ROW, "date": DAY.date()}]), WHOLE),
    "feed.rss": (rss(item()), FED),
    "feed.xml": (rss(item()), FED),
    "feed.atom": (ATOM, FED),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_good_record_has_the_right_fields(tmp_path, name):
    data, fields = GOOD[name]
    record = only(read(tmp_path, name, data), Record)
    assert record.text.strip() == "Russia shelled Ukraine."
    assert (record.publisher, record.url, record.title, record.published, record.basis) == fields
    assert record.source_ref.startswith(str(tmp_path / name)) and record.raw


PAGES = {
    "meta.html": page(HEAD),
    "packed.html.gz": gzip.compress(page(HEAD)),
    "linked.htm": page('<meta property="og:url" content="https://wire.example/1">' + LINKED),
    "charset.html": page('<meta charset="iso-8859-1">' + HEAD),
    "one.warc": warc([page(HEAD)], False),
    "one.warc.gz": warc([page(HEAD)], True),
}


@pytest.mark.parametrize("name", PAGES)
def test_saved_page_gives_text_publisher_address_and_time_in_utc(tmp_path, name):
    record = only(read(tmp_path, name, PAGES[name]), Record)
    assert (record.publisher, record.url, record.title, record.published, record.basis) == SAVED
    assert record.text.startswith("Russia and Ukraine held talks") and "<" not in record.text


def test_charset_named_by_the_page_is_honoured(tmp_path):
    data = page('<meta charset="iso-8859-1">', "Perú and México signed the treaty on trade and on the border on Monday in the capital. " * 4).decode().encode("latin-1")
    assert "Perú and México" in only(read(tmp_path, "latin.html", data), Record).text


SECOND = b'{"text": "China praised India."}\n'
# name: (bytes, reason, error, place after the file's name, good records kept)
FAULTS = {
    "empty.txt": (b"", "empty_file", EmptySource, "", 0),
    "blank.txt": (b" \n\n ", "empty_file", EmptySource, "", 0),
    "empty.html": (b"", "empty_file", EmptySource, "", 0),
    "empty.jsonl": (b"", "empty_file", EmptySource, "", 0),
    "empty.csv": (b"", "empty_file", EmptySource, "", 0),
    "empty.xml": (b"", "empty_file", EmptySource, "", 0),
    "empty.jsonl.gz": (gzip.compress(b""), "empty_file", EmptySource, "", 0),
    "binary.txt": (b"\x00\x01\x02\x03" * 9, "binary_file", BinarySource, "", 0),
    "binary.jsonl": (b"\x00\x01\x02\x03" * 9, "binary_file", BinarySource, "", 0),
    "binary.html": (b"\x00\x01\x02\x03" * 9, "binary_file", BinarySource, "", 0),
    "binary.csv": (b"\x00\x01\x02\x03" * 9, "binary_file", BinarySource, "", 0),
    "latin.txt": ("Perú".encode("latin-1"), "encoding", EncodingFault, "", 0),
    "latin.jsonl": ('{"text": "Perú"}'.encode("latin-1"), "encoding", EncodingFault, "", 0),
    "latin.csv": ("text\nPerú\n".encode("latin-1"), "encoding", EncodingFault, "", 0),
    "mark_alone.txt": (b"\xef\xbb\xbf", "empty_file", EmptySource, "", 0),
    "no_such_day.txt": (b"date 2022-02-30\nRussia shelled Ukraine.", "bad_date", BrokenRecord, ":1", 0),
    "broken.jsonl": (JSON_LINE + b'{"text": "cut\n' + SECOND, "broken_json", BrokenRecord, ":2", 2),
    "nested.jsonl": (JSON_LINE + b"[" * 100_000 + b"\n" + SECOND, "broken_json", BrokenRecord, ":2", 2),
    "number.jsonl": (JSON_LINE + b"42\n" + SECOND, "not_an_object", BrokenRecord, ":2", 2),
    "no_text.jsonl": (JSON_LINE + b'{"title": "x"}\n' + SECOND, "no_text", BrokenRecord, ":2", 2),
    "retyped.jsonl": (JSON_LINE + b'{"text": 7}\n' + SECOND, "no_text", BrokenRecord, ":2", 2),
    "bad_date.jsonl": (JSON_LINE + b'{"text": "a", "date": "soon"}\n' + SECOND, "bad_date", BrokenRecord, ":2", 2),
    "edge_date.jsonl": (JSON_LINE + b'{"text": "a", "date": "0001-01-01T00:00:00+14:00"}\n' + SECOND, "bad_date", BrokenRecord, ":2", 2),
    "no_column.csv": (b"headline,day\nx,2022-09-13\n", "no_text", BrokenRecord, "", 0),
    "bad_date.csv": (b"text,date\na,2022-09-13\nb,2022-13-01\nc,\n", "bad_date", BrokenRecord, ":3", 2),
    "no_text_cell.csv": (b"text,date\na,2022-09-13\n,2022-09-14\nc,\n", "no_text", BrokenRecord, ":3", 2),
    "ragged.csv": (b"text,date\na,2022-09-13\nb,2022-09-13,extra\nc,2022-09-14\n", "broken_csv", BrokenRecord, ":3", 2),
    "short.csv": (b'text,date\n"a\nb",2022-09-13\n\nc\nd,2022-09-14\n', "broken_csv", BrokenRecord, ":5", 2),
    "quoted.csv": (b'text,date\na,2022-09-13\n"b"b,2022-09-13\nc,2022-09-14\n', "broken_csv", BrokenRecord, ":3", 2),
    "open_quote.csv": (b'text,date\na,2022-09-13\n"b,2022-09-13\nc,2022-09-14\n', "broken_csv", BrokenRecord, ":3", 1),
    "header.csv": (b"text,date\n", "empty_file", EmptySource, "", 0),
    "empty.json": (b"[]", "empty_file", EmptySource, "", 0),
    "no_text.json": (b'[{"text": "a"}, {"title": "x"}, {"text": "b"}]', "no_text", BrokenRecord, ":2", 2),
    "broken.json": (b'[{"text": "a"}, {"text" "b"}, {"text": "c"}]', "broken_json", BrokenRecord, ":2", 1),
    "cut.json": (b'[{"text": "a"},\n{"text": "b"}', "broken_json", BrokenRecord, ":3", 2),
    "more.json": (b'[{"text": "a"}]\nand more', "broken_json", BrokenRecord, ":2", 1),
    "deep.json": (b'[{"text": "a"}, ' + b"[" * 100_000, "broken_json", BrokenRecord, ":2", 1),
    "surrogate_publisher.jsonl": (JSON_LINE + b'{"text": "a", "publisher": "\\ud800"}\n' + SECOND, "encoding", BrokenRecord, ":2", 2),
    "surrogate_url.jsonl": (JSON_LINE + b'{"text": "a", "url": "https://wire.example/\\udfff"}\n' + SECOND, "encoding", BrokenRecord, ":2", 2),
    "surrogate_title.jsonl": (JSON_LINE + b'{"text": "a", "title": ["x", "\\ud800"]}\n' + SECOND, "encoding", BrokenRecord, ":2", 2),
    "no_column.parquet": (parquet([{"headline": "x"}]), "no_text", BrokenRecord, "", 0),
    "bad_date.parquet": (parquet([{**ROW, "date": day} for day in ("2022-09-13", "soon", None)]), "bad_date", BrokenRecord, ":2", 2),
    "cut.parquet": (parquet([ROW])[:-20], "broken_parquet", BrokenRecord, "", 0),
    "no_text_in_bytes.parquet": (parquet([{**ROW, "publisher": name} for name in ("Wire", "Post")]).replace(b"Post", b"\xff\xfe\xff\xfe"), "broken_parquet", BrokenRecord, ":2", 1),
    "no_entries.rss": (rss(""), "no_entries", BrokenRecord, "", 0),
    "no_feed.xml": (b"<?xml version='1.0'?><letter/>", "no_entries", BrokenRecord, "", 0),
    "empty_entry.rss": (rss(item() + item("") + item("China praised India.")), "no_text", BrokenRecord, ":2", 2),
    "no_text.html": (b"<html><body><script>let x = 1</script></body></html>", "no_text", BrokenRecord, "", 0),
    "no_text.warc": (warc([page(HEAD), b"<html><body></body></html>", page()], False), "no_text", BrokenRecord, ":2", 2),
    "cut.warc.gz": (warc([page(HEAD), page()], True)[:-60], "truncated", BrokenRecord, "", None),
    "no_archive.warc": (b"not an archive at all", "broken_warc", BrokenRecord, "", 0),
    "empty.warc": (b"", "broken_warc", BrokenRecord, "", 0),
    "cut.txt.gz": (gzip.compress(TXT)[:-8], "unreadable", BrokenRecord, "", 0),
    "cut.txt.zst": (zstandard.ZstdCompressor().compress(TXT)[:-5], "unreadable", BrokenRecord, "", 0),
    "no_frame.txt.zst": (b"\x28\xb5\x2f\xfd" + b"\xff" * 30, "unreadable", BrokenRecord, "", 0),
    "cut_second_frame.txt.zst": ((zstandard.ZstdCompressor().compress(TXT) * 2)[:-5], "unreadable", BrokenRecord, "", 0),
    "year_0.rss": (rss(item() + item(date="0001-01-01T00:00:00+14:00") + item("China praised India.")), "bad_date", BrokenRecord, ":2", 2),
    "cut.jsonl.gz": (gzip.compress(JSON_LINE)[:20], "unreadable", BrokenRecord, "", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told_once_with_reason_and_place_and_good_records_are_kept(tmp_path, name):
    data, reason, error, place, kept = FAULTS[name]
    found = read(tmp_path, name, data)
    fault = only(found, Fault)
    assert (fault.reason, fault.error) == (reason, error)
    assert fault.detail.startswith(f"{tmp_path / name}{place}: ") and fault.source_ref.startswith(str(tmp_path / name))
    assert "\n" not in fault.detail and issubclass(fault.error, SourceError)
    if kept is not None:
        assert sum(isinstance(one, Record) for one in found) == kept


def test_archive_cut_in_its_second_record_keeps_the_first(tmp_path):
    found = read(tmp_path, "cut.warc.gz", warc([page(HEAD), page()], True)[:-60])
    assert any(isinstance(one, Record) and one.url == "https://wire.example/1" for one in found)


def test_raw_bytes_of_a_faulty_line_are_kept(tmp_path):
    assert only(read(tmp_path, "broken.jsonl", b'{"text": "cut'), Fault).raw == '{"text": "cut'


def test_place_of_a_fault_is_its_reference_too(tmp_path):
    for name in ("no_such_day.txt", "bad_date.csv", "bad_date.jsonl", "ragged.csv", "no_text.json"):
        assert only(read(tmp_path, name, FAULTS[name][0]), Fault).source_ref == f"{tmp_path / name}{FAULTS[name][3]}"


STRANGE = {
    "charset_idna.html": '<meta charset="idna">',
    "charset_undefined.html": '<meta charset="undefined">',
    "charset_punycode.html": '<meta charset="punycode">',
    "charset_utf_7.html": '<meta charset="utf-7">+2AA-',
    "graph_null.html": '<script type="application/ld+json">{"@graph": null}</script>',
    "edge_date.html": '<script type="application/ld+json">{"datePublished": "0001-01-01T00:00:00+14:00"}</script>',
    "nested_date.html": '<script type="application/ld+json">{"datePublished": [["2022-09-13"]]}</script>',
    "deep.html": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_head_of_a_page_does_not_cost_its_article(tmp_path, name):
    record = only(read(tmp_path, name, page(STRANGE[name])), Record)
    assert record.text.startswith("Russia and Ukraine held talks") and (record.published, record.basis) == (None, "none")


def test_date_of_a_page_is_found_past_one_that_is_none(tmp_path):
    data = page('<script type="application/ld+json">{"datePublished": "0001-01-01T00:00:00+14:00"}</script>' + HEAD)
    assert only(read(tmp_path, "page.html", data), Record).published == MOMENT


def test_publisher_of_a_page_that_is_no_text_is_a_fault(tmp_path):
    fault = only(read(tmp_path, "page.html", page('<script type="application/ld+json">{"publisher": "\\ud800"}</script>')), Fault)
    assert fault.reason == "encoding" and "publisher" in fault.detail


def test_feed_that_is_the_name_of_a_file_is_not_opened(tmp_path):
    (tmp_path / "secret.xml").write_bytes(rss(item("The secret of the palace.")))
    assert only(read(tmp_path, "feed.xml", str(tmp_path / "secret.xml").encode()), Fault).reason == "no_entries"


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX only")
def test_file_whose_name_is_no_utf_8_is_read_under_a_name_that_can_be_kept(tmp_path):
    (tmp_path / os.fsdecode(b"Per\xfa.txt")).write_bytes(TXT)
    (record,) = [one for path in plan_sources([str(tmp_path)]).items for one in read_source(path)]
    assert record.source_ref == f"{tmp_path}/Per\\udcfa.txt" and record.source_ref.encode()


def test_name_of_a_file_does_not_command_the_terminal(tmp_path):
    fault = only(read(tmp_path, "a\x1b[2J\n\u202eb.txt", b""), Fault)
    assert fault.detail == f"{tmp_path}/a[2J b.txt: the file is empty"


def limited(path: Path, data: bytes, **limits) -> list:
    path.write_bytes(data)
    return list(read_source(str(path), Settings(**limits)))


LONG = b'{"text": "' + b"x" * 2000 + b'"}\n'
LONG_RECORDS = {
    "a.jsonl": JSON_LINE + LONG + SECOND,
    "a.json": b"[" + JSON_LINE + b"," + LONG + b"," + SECOND + b"]",
    "a.csv": b"text\na\n" + b"x" * 2000 + b"\nc\n",
    "a.parquet": parquet([{"text": text} for text in ("a", "x" * 2000, "b")]),
    "a.warc": warc([page(HEAD), page(HEAD, "x" * 2000), page(HEAD)], False),
}


@pytest.mark.parametrize("name", LONG_RECORDS)
def test_record_over_the_limit_is_a_fault_and_the_others_are_kept(tmp_path, name):
    found = limited(tmp_path / name, LONG_RECORDS[name], record_bytes=1500)
    assert only(found, Fault).reason == "too_large" and len(found) == 3
    assert only(found, Fault).source_ref == f"{tmp_path / name}:{3 if name == 'a.csv' else 2}"


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"word " * 400), ("a.html", page("", "word " * 400)), ("a.rss", rss(item("word " * 400)))], ids=["text", "page", "feed"])
def test_file_of_one_record_over_the_limit_is_a_fault(tmp_path, name, data):
    fault = only(limited(tmp_path / name, data, record_bytes=1500), Fault)
    assert fault.reason == "too_large" and fault.detail.startswith(f"{tmp_path / name}: a record of ")


ZEROS = b"0" * 50_000_000
BOMBS = {
    "a.txt.gz": lambda: gzip.compress(ZEROS),
    "a.jsonl.zst": lambda: zstandard.ZstdCompressor().compress(ZEROS),
    "members.csv.gz": lambda: gzip.compress(ZEROS[:500_000]) * 100,
    "frames.html.zst": lambda: zstandard.ZstdCompressor().compress(ZEROS[:500_000]) * 100,
    "same.parquet": lambda: parquet([{"text": "x" * 1000}] * 50_000),
    "plain.txt": lambda: ZEROS,
}


@pytest.mark.parametrize("name", BOMBS)
def test_file_that_swells_past_the_limit_ends_in_one_line_and_in_little_memory(tmp_path, name):
    import tracemalloc

    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    tracemalloc.start()
    found = list(read_source(str(path), Settings(file_bytes=1_000_000, record_bytes=1_000_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    fault = found[-1]
    assert isinstance(fault, Fault) and fault.reason == "too_large" and "\n" not in fault.detail
    assert fault.detail == f"{path}: larger than 1000000 bytes" and not any(isinstance(one, Fault) for one in found[:-1])
    assert peak < 16_000_000


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2022-09-13", DAY), ("20220913", DAY), ("2022-09-13T08:00:00+04:00", MOMENT), ("2022-09-13T04:00:00Z", MOMENT), ("2022-09-12T14:00:00-14:00", MOMENT),
     (DAY.date(), DAY), (MOMENT, MOMENT), ("2024-02-29", datetime(2024, 2, 29)), ("1970-01-01", datetime(1970, 1, 1)), ("", None), (None, None)],
)  # fmt: skip
def test_publication_time_is_read_as_utc(value, expected):
    assert parse_time(value) == expected


@pytest.mark.parametrize("value", ["soon", "2022-13-01", "2023-02-29", "13/09/2022", 7, "１２", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00", ["2022-09-13"], {}, 2.5])
def test_what_is_no_time_is_refused(value):
    with pytest.raises(ValueError):
        parse_time(value)


def test_folder_is_walked_in_order_without_hidden_foreign_and_excluded_files(tmp_path):
    for name in ("b/2.txt", "a.jsonl", "b/1.txt.gz", ".hidden.txt", ".git/x.txt", "notes.md", "old/x.txt", "sources.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('exclude = ["old/*"]\nfaults_expected = 3\n' if name == "sources.toml" else "text")
    plan = plan_sources([str(tmp_path), str(tmp_path / "a.jsonl")])
    assert [Path(one).relative_to(tmp_path).as_posix() for one in plan.items] == ["a.jsonl", "b/1.txt.gz", "b/2.txt"]
    assert plan.faults_expected == 3 and not plan.missing


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path):
    inside, outside, sibling = tmp_path / "raw", tmp_path / "elsewhere", tmp_path / "raw-secret"
    for folder in (inside, outside, sibling):
        folder.mkdir()
        (folder / "x.txt").write_text("text")
    (inside / "file.txt").symlink_to(outside / "x.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "sibling.txt").symlink_to(sibling / "x.txt")
    (inside / "fine.txt").symlink_to(inside / "x.txt")
    assert {Path(one).name for one in plan_sources([str(inside)]).items} == {"x.txt", "fine.txt"}


def test_missing_path_is_named_and_the_rest_is_planned(tmp_path):
    (tmp_path / "a.txt").write_text("text")
    plan = plan_sources([str(tmp_path / "gone.txt"), str(tmp_path / "a.txt"), "https://wire.example/feed"])
    assert plan.items == (str(tmp_path / "a.txt"), "https://wire.example/feed")
    assert [str(one) for one in plan.missing] == [f"{tmp_path / 'gone.txt'}: no such file, folder or address"]


@pytest.mark.parametrize("content", [b"exclude = [", b"\xff\xfe\xff", b'faults_expected = "x"', b"faults_expected = -1", b"faults_expected = true", b'exclude = "*"', b"exclude = [1]", b"a = " + b"[" * 100_000])
def test_broken_sources_toml_is_an_error_that_names_it(tmp_path, content):
    (tmp_path / "sources.toml").write_bytes(content)
    with pytest.raises(SourceError, match="sources.toml"):
        plan_sources([str(tmp_path)])


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "a/" * 3000, "\ud800"], ids=["long", "NUL", "deep", "surrogate"])
def test_name_that_no_file_can_have_is_a_missing_source(name):
    (missing,) = plan_sources([name]).missing
    assert "\n" not in str(missing) and str(missing).encode()
