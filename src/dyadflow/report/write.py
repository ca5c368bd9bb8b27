"""From facts to a page."""

import os
from pathlib import Path

from dyadflow import __version__
from dyadflow.report.facts import gather
from dyadflow.settings import Settings

BAR = 240


def write_report(settings: Settings, run_id: str) -> Path:
    """The path of the run's report; `latest.html` beside it is the same page."""
    settings.reports.mkdir(parents=True, exist_ok=True)
    page = render(gather(settings.published_path, run_id), run_id)
    for path in (settings.reports / f"{run_id}.html", settings.reports / "latest.html"):
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        temporary.write_text(page, encoding="utf-8", errors="replace")
        os.replace(temporary, path)
    return settings.reports / f"{run_id}.html"


def render(facts: dict[str, list[dict]], run_id: str) -> str:
    """The page as HTML. Everything shown is escaped: article text is untrusted."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("dyadflow.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"thousands": lambda n: f"{n or 0:,}", "percent": lambda x: f"{100 * (x or 0):.0f} %"}
    return environment.get_template("report.html.j2").render(
        facts=facts, run_id=run_id, version=__version__, verdict=verdict(facts), root_bars=bars(facts["roots"], "event_count"), month_bars=month_bars(facts["months"])
    )


def verdict(facts: dict[str, list[dict]]) -> tuple[str, str]:
    """(level, sentence): can this run's data be trusted — good, look or bad."""
    failed = [check for check in facts["checks"] if not check["is_passed"]]
    if any(check["severity"] == "critical" for check in failed):
        return "bad", "Critical expectations failed. Do not use this run's data before reading the checks below."
    if failed:
        return "look", f"Usable, with {len(failed)} finding{'s' if len(failed) > 1 else ''}: see the checks below."
    if not facts["checks"]:
        return "good", "Nothing new was read; the data stands as it was."
    return "good", f"All {len(facts['checks'])} expectations hold."


def bars(rows: list[dict], name: str) -> list[tuple[dict, int]]:
    """Each row with the width of its bar, in pixels."""
    top = max((row[name] for row in rows), default=0) or 1
    return [(row, round(BAR * row[name] / top)) for row in rows]


def month_bars(rows: list[dict]) -> list[tuple[dict, int, int]]:
    """Each month, oldest first, with the heights of cooperation and conflict, in pixels."""
    top = max((max(row["cooperation_count"], row["conflict_count"]) for row in rows), default=0) or 1
    return [(row, round(60 * row["cooperation_count"] / top), round(60 * row["conflict_count"] / top)) for row in reversed(rows)]
