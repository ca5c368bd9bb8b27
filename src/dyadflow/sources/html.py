"""A saved web page: text by trafilatura, publication time with its zone from the page's own metadata."""

import json
import re
from contextlib import suppress

from dyadflow.errors import BrokenRecord
from dyadflow.settings import Settings
from dyadflow.sources.contract import RAW_CHARACTERS, Fault, Reader, Record, decode, parse_time

META_DATES = ("article:published_time", "og:published_time", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued", "parsely-pub-date", "datepublished")
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.I)
CHARACTER_SETS = re.compile(r"(?:windows-|cp|iso-?8859-|iso-2022-|latin-?|koi8-|gb|big5|euc-|shift[_-]jis|macintosh|us-ascii|ascii)[\w-]*", re.I)
"""Character sets of the web; Python knows other codecs too (`idna`, `undefined`, `punycode`), which are none."""


def read_html(data: bytes, ref: str, settings: Settings, url: str | None = None) -> Reader:
    """The article of a page; a Fault where it holds none. A charset named by the page is honoured."""
    text = _decoded(data, ref, settings.record_bytes)
    if isinstance(text, Fault):
        yield text
        return
    import trafilatura

    body = trafilatura.extract(text, include_comments=False, include_tables=False, favor_precision=True)
    if not body:
        yield Fault(ref, "no_text", f"{ref}: no article text found in the page", text[:RAW_CHARACTERS], BrokenRecord)
        return
    from lxml import html as lxml_html

    page = lxml_html.fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    facts = trafilatura.extract_metadata(text)
    published, basis = _published(page)
    yield Record(ref, _paragraphs(_without_title(body, facts.title)), _publisher(page) or facts.sitename, url or _canonical(page), facts.title, published, basis, text[:RAW_CHARACTERS])


def _decoded(data: bytes, ref: str, limit: int) -> str | Fault:
    named = CHARSET.search(data[:2048])
    name = named[1].decode("ascii") if named else ""
    if len(data) <= limit and CHARACTER_SETS.fullmatch(name):
        with suppress(LookupError):
            return data.decode(name, "replace")
    return decode(data, ref, limit)


def _without_title(body: str, title: str | None) -> str:
    """The text without a first line that repeats the headline."""
    first, _, rest = body.partition("\n")
    return rest.strip() if title and rest.strip() and first.strip() == title.strip() else body


def _paragraphs(body: str) -> str:
    """The text with a blank line between paragraphs; extraction puts one paragraph a line."""
    return "\n\n".join(line for line in body.splitlines() if line.strip())


def _published(page) -> tuple[object, str]:
    """(UTC time, basis) from JSON-LD, then OpenGraph and meta tags, then a <time> element; (None, none) without."""
    for value in [*_linked_data(page, "datePublished"), *_meta(page), *page.xpath("//article//time/@datetime | //header//time/@datetime")]:
        with suppress(ValueError):
            return parse_time(value), "metadata"
    return None, "none"


def _meta(page) -> list[str]:
    found = {(m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): m.get("content") for m in page.iter("meta")}
    return [found[name] for name in META_DATES if found.get(name)]


def _linked_data(page, field: str) -> list:
    """The values of a field in the page's JSON-LD objects, also inside @graph."""
    return [node[field] for script in page.xpath("//script[@type='application/ld+json']/text()") for node in _nodes(script) if node.get(field)]


def _nodes(script: str) -> list[dict]:
    """The objects of one JSON-LD script; none where it is broken."""
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return []
    graph = data.get("@graph") if isinstance(data, dict) else data
    nodes = graph if isinstance(graph, list) else [data]
    return [node for node in nodes if isinstance(node, dict)]


def _publisher(page) -> str | None:
    for value in _linked_data(page, "publisher"):
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str):
            return name
    names = page.xpath("//meta[@property='og:site_name']/@content")
    return names[0] if names else None


def _canonical(page) -> str | None:
    found = page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return found[0] if found and found[0].startswith(("http://", "https://")) else None
