"""The date of one event: which time expression of a sentence is its own, what interval it means, and its basis."""

from datetime import date, timedelta

import pytest

from dyadflow.coder.dates import When, when
from dyadflow.coder.intervals import View, resolve
from dyadflow.coder.timewords import expressions
from dyadflow.coder.tree import Tree
from dyadflow.text.parse import one_sentence, tree_of

WEDNESDAY = date(2022, 9, 14)
CASES = {
    # absolute
    "on 13 September 2022": ("2022-09-13", "2022-09-13", "day", "text"),
    "on the 13th of September, 2022": ("2022-09-13", "2022-09-13", "day", "text"),
    "on September 13, 2022": ("2022-09-13", "2022-09-13", "day", "text"),
    "on Sept. 13": ("2022-09-13", "2022-09-13", "day", "text"),
    "on 29 February 2024": ("2024-02-29", "2024-02-29", "day", "text"),
    "on December 30": ("2021-12-30", "2021-12-30", "day", "text"),
    "on 12-14 May 2020": ("2020-05-12", "2020-05-14", "week", "text"),
    "on May 12–14, 2020": ("2020-05-12", "2020-05-14", "week", "text"),
    "in August": ("2022-08-01", "2022-08-31", "month", "text"),
    "in December": ("2021-12-01", "2021-12-31", "month", "text"),
    "since February 2020": ("2020-02-01", "2022-09-14", "decade", "text"),
    "in 1998": ("1998-01-01", "1998-12-31", "year", "text"),
    "on 2022-09-12": ("2022-09-12", "2022-09-12", "day", "text"),
    "on Christmas Day": ("2021-12-25", "2021-12-25", "day", "text"),
    "from April 3 to May 5": ("2022-04-03", "2022-05-05", "season", "text"),
    "from 28 December 2021 to 3 January 2022": ("2021-12-28", "2022-01-03", "week", "text"),
    "in the spring of 2022": ("2022-03-01", "2022-05-31", "season", "text"),
    "in the winter of 2020": ("2020-12-01", "2021-02-28", "season", "text"),
    "from 1998 to 2003": ("1998-01-01", "2003-12-31", "decade", "text"),
    "in the 1990s": ("1990-01-01", "1999-12-31", "decade", "text"),
    # relative
    "the day before yesterday": ("2022-09-12", "2022-09-12", "day", "relative"),
    "since Monday": ("2022-09-12", "2022-09-14", "week", "relative"),
    "over the weekend": ("2022-09-10", "2022-09-11", "week", "relative"),
    "last summer": ("2022-06-01", "2022-08-31", "season", "relative"),
    "last winter": ("2021-12-01", "2022-02-28", "season", "relative"),
    "in the past three days": ("2022-09-11", "2022-09-14", "week", "relative"),
    "several days ago": ("2022-09-06", "2022-09-12", "week", "relative"),
    "a couple of years ago": ("2020-01-01", "2020-12-31", "year", "relative"),
    "two decades ago": ("2000-01-01", "2009-12-31", "decade", "relative"),
    "last Wednesday": ("2022-09-07", "2022-09-07", "day", "relative"),
    "on Tuesday": ("2022-09-13", "2022-09-13", "day", "relative"),
    "on Wednesday": ("2022-09-14", "2022-09-14", "day", "relative"),
    "on Thursday": ("2022-09-08", "2022-09-08", "day", "relative"),
    "last Tuesday": ("2022-09-13", "2022-09-13", "day", "relative"),
    "yesterday": ("2022-09-13", "2022-09-13", "day", "relative"),
    "overnight": ("2022-09-13", "2022-09-13", "day", "relative"),
    "today": ("2022-09-14", "2022-09-14", "day", "relative"),
    "last week": ("2022-09-05", "2022-09-11", "week", "relative"),
    "this week": ("2022-09-12", "2022-09-18", "week", "relative"),
    "last month": ("2022-08-01", "2022-08-31", "month", "relative"),
    "earlier this month": ("2022-09-01", "2022-09-30", "month", "relative"),
    "last year": ("2021-01-01", "2021-12-31", "year", "relative"),
    "three days ago": ("2022-09-11", "2022-09-11", "day", "relative"),
    "two weeks ago": ("2022-08-29", "2022-09-04", "week", "relative"),
    "a month ago": ("2022-08-01", "2022-08-31", "month", "relative"),
    "10 years ago": ("2012-01-01", "2012-12-31", "year", "relative"),
    # nothing, or nothing that is a date
    "with rockets": ("2022-09-14", "2022-09-14", "day", "published"),
    "on 31 June": ("2022-09-14", "2022-09-14", "day", "published"),
    "on 29 February 2023": ("2022-09-14", "2022-09-14", "day", "published"),
    "and 1998 tanks": ("2022-09-14", "2022-09-14", "day", "published"),
    "before 1991": ("2022-09-14", "2022-09-14", "day", "published"),
    "on Bloody Sunday": ("2022-09-14", "2022-09-14", "day", "published"),
    "99999999 years ago": ("2022-09-14", "2022-09-14", "day", "published"),
    "and the march went on": ("2022-09-14", "2022-09-14", "day", "published"),
}  # fmt: skip


SENTENCES = [
    ("In the early hours of Tuesday, Russia shelled the port of Odesa.", "shelled", "2022-09-13 day relative"),
    ("They met on 12–13 September 2022 in Minsk.", "met", "2022-09-12..2022-09-13 week text"),
    ("On Sept. 12, 2022 Moscow deployed about 2,000 troops.", "deployed", "2022-09-12 day text"),
    ("Ukraine said on Tuesday that Russia's forces had attacked Kharkiv two days earlier.", 'attacked', '2022-09-11 day'),
    ("Ukraine said on Tuesday that Russia's forces had attacked Kharkiv two days earlier.", 'said', '2022-09-13 day'),
    ("Ukraine said on Tuesday that Russia's forces had attacked Kharkiv.", 'attacked', '2022-09-13 day'),
    ("The U.N. condemned Tuesday's attack, which followed the 2014 annexation.", 'attack', '2022-09-13'),
    ("The U.N. condemned Tuesday's attack, which followed the 2014 annexation.", 'annexation', '2014-01-01..2014-12-31 year text'),
    ("The U.N. condemned Tuesday's attack, which followed the 2014 annexation.", 'condemned', '2022-09-14 day published'),
    ("Police arrested at least 49 protesters and wounded two dozen others from 3 to 5 May.", "wounded", "2022-05-03..2022-05-05 week text"),
    ("Police arrested at least 49 protesters and wounded two dozen others from 3 to 5 May.", "arrested", "2022-05-03..2022-05-05 week text"),
    ("Russia will send a delegation to Minsk on Friday.", "send", "2022-09-16"),
    ("Russia sent a delegation to Minsk on Friday.", "sent", "2022-09-09"),
    ("Iran plans to visit Iraq next week.", "visit", "2022-09-19..2022-09-25"),
    ("Israel bombed Gaza overnight, killing 12 people.", "killing", "2022-09-13"),
    ("Israel bombed Gaza overnight, killing 12 people.", "bombed", "2022-09-13"),
    ("Rebels have attacked the town since Monday.", "attacked", "2022-09-12..2022-09-14 week"),
    ("The army clashed with protesters over the weekend.", "clashed", "2022-09-10..2022-09-11"),
    ("Russia, which invaded Ukraine in February, said it was ready to talk.", "said", "2022-09-14 day published"),
    ("Russia, which invaded Ukraine in February, said it was ready to talk.", "invaded", "2022-02-01..2022-02-28 month"),
    ("Russia annexed Crimea in 2014 and invaded Ukraine in February.", "annexed", "2014"),
    ("Russia annexed Crimea in 2014 and invaded Ukraine in February.", "invaded", "2022-02-01"),
    ("On Monday, Israel attacked Damascus and Syria fired back.", "fired", "2022-09-12"),
    ("The two countries fought a war in the 1990s.", "fought", "1990-01-01..1999-12-31 decade text"),
    ("The two sides signed an agreement in Minsk in February 2015.", "signed", "2015-02-01..2015-02-28"),
    ("Turkey sent troops to Libya two years ago.", "sent", "2020-01-01..2020-12-31 year relative"),
    ("Turkey sent troops to Libya earlier this month.", "sent", "2022-09-01..2022-09-30 month"),
    ("Talks were held between 3 and 5 May in Geneva.", "held", "2022-05-03..2022-05-05"),
    ("Talks were held from April 28 to May 3 in Geneva.", "held", "2022-04-28..2022-05-03"),
    ("In 1991 Iraq invaded Kuwait, and the U.S. condemned it.", "invaded", "1991"),
    ("Russia condemned the 1999 bombing of Belgrade by NATO.", "condemned", "2022-09-14"),
    ("Russia condemned the 1999 bombing of Belgrade by NATO.", "bombing", "1999"),
    ("Ethnic Armenian separatists in Nagorno-Karabakh broke away from Azerbaijan after the collapse of the Soviet Union in 1991.", "broke", "1991"),
    ("Under the 2020 ceasefire, Armenia ceded parts of territory it had controlled for decades and Moscow deployed about 2,000 Russian peacekeepers to oversee the fragile ceasefire.", "deployed", "2020"),
    ("Under the 2020 ceasefire, Armenia ceded parts of territory it had controlled for decades and Moscow deployed about 2,000 Russian peacekeepers to oversee the fragile ceasefire.", "ceded", "2020"),
    ("During EU-mediated talks in Brussels in May and April, Azerbaijani President Ilham Aliyev and Armenian Prime Minister Nikol Pashinyan agreed to “advance talks” on a future peace treaty.", "agreed", "2022-04-01..2022-05-31"),
    ("Azerbaijan has been accused of trying to invade its nemesis Armenia when clashes broke out across the border last night with missiles and drone strikes reported in the former Soviet republic.", "invade", "2022-09-13 day relative"),
    ("Russia, Armenia’s ally, brokered a ceasefire between neighboring countries of the Caucasus earlier in 2020, after six weeks of fighting that left 6,500 dead.", "brokered", "2020"),
    ("In August, Azerbaijan said it had lost one soldier and the Karabakh army said two of its troops had been killed and more than a dozen wounded.", "killed", "2022-08"),
    ("Last week, Armenia accused Azerbaijan of killing one of its soldiers during a border battle.", "killing", "2022-09-05..2022-09-11"),
    ("They may meet in May.", "meet", "2023-05"),
    ("Troops used drones to attack the base on Friday.", "attack", "2022-09-09"),
    ("Protesters clashed with police on Bloody Sunday.", "clashed", "2022-09-14 day published"),
    ("Sanctions were imposed three days later, after an attack on 3 May.", "imposed", "2022-05-06"),
    ("Russia shelled the city on Monday night and again on Tuesday morning.", "shelled", "2022-09-12"),
    ("The attack took place on Monday.", "attack", "2022-09-12"),
    ("The government banned rallies last summer.", "banned", "2022-06-01..2022-08-31 season"),
    ("Russia shelled Kharkiv on 13 September.", "shelled", "2022-09-13 day text"),
    ("The leaders met Tuesday in Paris.", "met", "2022-09-13"),
    ("The ministers held talks on Thursday, Sept 8, in Ankara.", "held", "2022-09-08"),
    ("Officials said Monday that the rebels released two hostages on Sunday.", "released", "2022-09-11"),
    ("Officials said Monday that the rebels released two hostages on Sunday.", "said", "2022-09-12"),
    ("The rebels released two hostages on Sunday, officials said Monday.", "released", "2022-09-11"),
    ("The rebels released two hostages on Sunday, officials said Monday.", "said", "2022-09-12"),
    ("Britain expelled three Russian diplomats a week ago.", "expelled", "2022-09-05..2022-09-11"),
    ("A car bomb killed 12 people in Baghdad on Wednesday, a day after gunmen attacked a mosque.", "killed", "2022-09-14 day relative"),
    ("The EU imposed sanctions on Belarus in June 2021.", "imposed", "2021-06-01"),
    ("Police arrested ten protesters late on Saturday night.", "arrested", "2022-09-10"),
    ("The foreign ministers are due to meet in New York on September 20.", "meet", "2022-09-20"),
    ("Iran will resume talks with the EU next month.", "resume", "2022-10-01"),
    ("Israel and Egypt signed a peace treaty in 1979.", "signed", "1979"),
    ("France, which colonized Algeria in 1830, apologized on Monday.", "apologized", "2022-09-12"),
    ("France, which colonized Algeria in 1830, apologized on Monday.", "colonized", "1830"),
    ("The general was arrested on July 5 for ordering the killing of protesters in 2019.", "arrested", "2022-07-05"),
    ("The general was arrested on July 5 for ordering the killing of protesters in 2019.", "killing", "2019"),
    ("Ukraine accused Russia on Tuesday of bombing a hospital in Mariupol in March.", "accused", "2022-09-13"),
    ("Ukraine accused Russia on Tuesday of bombing a hospital in Mariupol in March.", "bombing", "2022-03-01"),
    ("The U.N. Security Council on Friday condemned the 2021 coup in Myanmar.", "condemned", "2022-09-09"),
    ("The U.N. Security Council on Friday condemned the 2021 coup in Myanmar.", "coup", "2021"),
    ("Pakistan and India have fought three wars since 1947.", "fought", "1947-01-01..2022-09-14"),
    ("The attack on Monday killed six soldiers.", "killed", "2022-09-12"),
    ("The attack on Monday killed six soldiers.", "attack", "2022-09-12"),
    ("The prime minister arrived in Moscow yesterday and will meet Putin today.", "arrived", "2022-09-13"),
    ("The prime minister arrived in Moscow yesterday and will meet Putin today.", "meet", "2022-09-14 day relative"),
    ("Turkey shot down a Russian jet in November 2015 and apologized in June 2016.", "shot", "2015-11"),
    ("Turkey shot down a Russian jet in November 2015 and apologized in June 2016.", "apologized", "2016-06"),
    ("Protests erupted after police killed a student on Friday.", "killed", "2022-09-09"),
    ("The two presidents last met in 2019.", "met", "2019"),
    ("On 3 and 4 May troops raided the village.", "raided", "2022-05-03..2022-05-04"),
    ("Gunmen kidnapped 30 students in the early hours of Sunday, police said.", "kidnapped", "2022-09-11"),
    ("The march on the capital began on Saturday.", "march", "2022-09-10"),
    ("Nine people died in the January 6 riot.", "riot", "2022-01-06"),
    ("The ceasefire has held since late August.", "held", "2022-08-01..2022-09-14"),
    ("Nearly 2000 soldiers attacked the town.", "attacked", "2022-09-14 day published"),
    ("In 2020 soldiers attacked the town.", "attacked", "2020"),
    ("The crackdown began in the mid-1990s.", "began", "1990"),
    ("Talks resumed on the same day that troops withdrew on 5 May.", "withdrew", "2022-05-05"),
    ("The North fired a missile on Sunday, two days after the South held drills.", "fired", "2022-09-11"),
    ("The U.S. bombed Libya in 1986 and again in 2011.", "bombed", "1986"),
    ("The president said Russia must withdraw by Friday.", "withdraw", "2022-09-14..2022-09-16 week"),
    ("China has detained dozens of activists in recent weeks.", "detained", "2022-07-20..2022-09-14 season relative"),
]
"""(sentence of a story of Wednesday 14 September 2022, trigger, how the date reads)."""


def read(start, end, precision, basis) -> When:
    return When(start and date.fromisoformat(start), end and date.fromisoformat(end), precision, basis)


def flat(text: str) -> Tree:
    """A tree without a parser: every word hangs on the second one, the verb."""
    words = text.replace(",", " ,").replace(".", " .").replace("Sept .", "Sept.").split()
    tags = ["PROPN|NNP" if word[0].isupper() else "NOUN|NN" for word in words]
    tags[1] = "VERB|VBD"
    deps = ["nsubj", "root", "obj", *["obl"] * (len(words) - 3)]
    return Tree(words, [word.lower() for word in words], tags, deps, [1] * len(words))


def dated(words: str, published: date | None) -> When:
    return when(flat(f"Russia shelled Ukraine {words}."), 1, published)


@pytest.mark.parametrize("words", CASES)
def test_date_of_a_story_of_wednesday_14_september_2022(words):
    assert dated(words, WEDNESDAY) == read(*CASES[words])


@pytest.mark.parametrize(("text", "trigger", "expected"), SENTENCES, ids=[f"{text[:30]} {trigger}" for text, trigger, _ in SENTENCES])
def test_each_event_of_a_sentence_has_its_own_date(coder, text, trigger, expected):
    tree = parsed(coder, text)
    found = when(tree, tree.words.index(trigger), WEDNESDAY)
    days = str(found.start) if found.start == found.end else f"{found.start}..{found.end}"
    assert f"{days} {found.precision} {found.basis}".startswith(expected)


def parsed(coder, text: str) -> Tree:
    doc = one_sentence(coder.nlp, text)
    for _, stage in coder.nlp.pipeline:
        doc = stage(doc)
    return tree_of(doc)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on 13 September 2022", ("2022-09-13", "2022-09-13", "day", "text")),
        ("in May 2020", ("2020-05-01", "2020-05-31", "month", "text")),
        ("in 1998", ("1998-01-01", "1998-12-31", "year", "text")),
        ("on 13 September", (None, None, "none", "none")),
        ("in August", (None, None, "none", "none")),
        ("on Tuesday", (None, None, "none", "none")),
        ("last week", (None, None, "none", "none")),
        ("yesterday", (None, None, "none", "none")),
    ],
)
def test_story_without_a_day_has_only_dates_written_in_full(words, expected):
    assert dated(words, None) == read(*expected)


LENGTHS = {"day": range(1, 2), "week": range(2, 15), "month": range(28, 32), "season": range(15, 101), "year": range(101, 367), "decade": range(367, 9999)}


@pytest.mark.parametrize("published", [date(2022, 1, 1), date(2022, 3, 31), date(2024, 2, 29), date(2020, 12, 31)])
@pytest.mark.parametrize("words", CASES)
def test_interval_is_ordered_and_fits_its_precision(words, published):
    found = dated(words, published)
    length = (found.end - found.start).days + 1
    assert length in LENGTHS[found.precision]


@pytest.mark.parametrize("weekday", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
def test_weekday_is_the_last_one_up_to_the_day_of_publication(weekday):
    found = dated(f"on {weekday}", WEDNESDAY)
    assert 0 <= (WEDNESDAY - found.start).days < 7 and f"{found.start:%A}" == weekday


PAST = [("yesterday", date(1, 1, 1)), ("last week", date(1, 1, 1)), ("5 months ago", date(1, 1, 1)), ("3 December", date(1, 1, 1)), ("in December", date(1, 1, 1)),
        ("9" * 5000 + " days ago", WEDNESDAY), ("999999 days ago", WEDNESDAY), ("999999 years ago", WEDNESDAY)]  # fmt: skip


@pytest.mark.parametrize(("words", "published"), PAST, ids=[words[:20] for words, _ in PAST])
def test_date_out_of_range_never_raises(words, published):
    assert dated(words, published).basis == "published"


@pytest.mark.parametrize("published", [date.min, date.max, None, WEDNESDAY])
@pytest.mark.parametrize("words", [*CASES, "next week", "next year", "in the coming decades", "tomorrow", "three days later", "by Friday", "the next day", "next weekend"])
def test_any_day_of_publication_gives_an_answer(words, published):
    found = dated(words, published)
    assert (found.start is None) == (found.precision == "none") and (found.start or date.min) <= (found.end or date.max)


def test_what_has_happened_is_not_dated_after_its_news(coder):
    tree = parsed(coder, "Russia will send a delegation to Minsk on Friday.")
    assert when(tree, tree.words.index("send"), WEDNESDAY).start == date(2022, 9, 16)
    assert when(tree, tree.words.index("send"), WEDNESDAY, has_happened=True) == When(WEDNESDAY, WEDNESDAY, "day", "published")


@pytest.mark.parametrize(("words", "days"), [("on Wednesday", 0), ("on Thursday", 1), ("next Wednesday", 7), ("this weekend", 3), ("tomorrow", 1)])
def test_what_lies_ahead_is_dated_forwards(words, days):
    (one,) = expressions(flat(f"Russia shelled Ukraine {words}."))
    assert resolve(one.kind, one.parts, View(WEDNESDAY, is_future=True)).start == WEDNESDAY + timedelta(days=days)


def test_conjunct_with_a_subject_of_its_own_keeps_its_date():
    """“Macron visited Kyiv on Monday and Scholz followed”: Monday dates the visit alone."""
    words = "Macron visited Kyiv on Monday and Scholz followed .".split()
    tree = Tree(words, [w.lower() for w in words], "PROPN|NNP VERB|VBD PROPN|NNP ADP|IN PROPN|NNP CCONJ|CC PROPN|NNP VERB|VBD PUNCT|.".split(),
                "nsubj root obj case obl cc nsubj conj punct".split(), [1, 1, 1, 4, 1, 7, 7, 1, 1])  # fmt: skip
    assert when(tree, 1, WEDNESDAY).start == date(2022, 9, 12)
    assert when(tree, 7, WEDNESDAY).basis == "published"


def test_damaged_tree_gives_an_answer():
    """Heads in a circle."""
    tree = Tree(["Russia", "shelled", "on", "Monday"], ["russia", "shell", "on", "monday"], ["X|X"] * 4, ["conj"] * 4, [1, 2, 3, 0])
    assert {when(tree, token, WEDNESDAY).precision for token in range(4)} == {"day"}


@pytest.mark.parametrize("unit", ["on Monday and ", "12 - ", "May 3 ", "three days ", "since 1991 , ", "the "])
def test_time_grows_with_the_length_alone(unit):
    import time

    def seconds(count: int) -> float:
        words = (unit * count).split()
        tree = Tree(words, words, ["NOUN|NN"] * len(words), ["nmod"] * len(words), [max(0, n - 1) for n in range(len(words))])
        started = time.process_time()
        when(tree, len(words) // 2, WEDNESDAY)
        return time.process_time() - started

    seconds(10)
    assert seconds(4000) < max(0.5, 2.6 * 2 * seconds(2000))


def test_dates_of_the_seed_article(coder, shared):
    """Of the events that are met at least 85 in a hundred have the day that a reader gives them."""
    figures = seed_dates(coder, shared)
    assert sum(figures) >= 0.85 * len(figures) and len(figures) >= 15


def seed_dates(coder, shared) -> list[bool]:
    import json

    from dyadflow.coder.code import mention_rows
    from dyadflow.coding import Source
    from dyadflow.sources import read_source
    from dyadflow.text.clean import clean_text

    day = date(2022, 9, 13)
    (raw,) = read_source(str(next((shared / "seed").glob("*.txt"))))
    rows = [row for _, coded in coder.code([Source("seed", clean_text(raw.text), day)]) for one in coded for row in mention_rows("seed", one, day)]
    lines = (shared / "seed" / "expected_events.jsonl").read_text(encoding="utf-8").splitlines()
    return [bool(days) and is_day(days[0], want["event_date"]) for want in map(json.loads, lines) for days in (met(rows, want),) if days]


def met(rows: list[dict], want: dict) -> list[dict]:
    """The mentions of a quotation that agree in both countries and in the root of an accepted code."""
    here = [row for row in rows if want["quote"][:30] in row["sentence_text"] or want["quote"][-30:] in row["sentence_text"]]
    roots = {code[:2] for code in (want["code"], *want.get("alt", []))}
    sources, targets = ({code[:3] for code in (want[side], *want.get(f"{side}_alt", []))} for side in ("source", "target"))
    return [row for row in here if row["source_actor_code"][:3] in sources and row["target_actor_code"][:3] in targets and row["action_code"][:2] in roots]


def is_day(row: dict, expected: str) -> bool:
    first, _, last = expected.partition("/")
    return str(row["event_date_start"]).startswith(first) and str(row["event_date_end"]).startswith(last or first)
