"""What may be wrong with an installation or a store, and what to do about it."""

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from dyadflow import __version__
from dyadflow.errors import DyadflowError
from dyadflow.resources import resource
from dyadflow.settings import Settings
from dyadflow.store import connect, hold

LIBRARIES = ("duckdb", "great_expectations", "polars", "prefect", "spacy")
LEAST_FREE = 2 * 2**30


class Finding(NamedTuple):
    """One thing looked at: what, whether it is well, and what was seen or is to be done."""

    subject: str
    is_ok: bool
    text: str


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order of a first-aid list."""
    return [*_versions(), _model(), *_disk(settings), *_store(settings)]


def _versions() -> Iterator[Finding]:
    yield Finding("versions", True, f"dyadflow {__version__}, " + ", ".join(f"{name} {version(name)}" for name in LIBRARIES))


def _model() -> Finding:
    """Whether the shipped model's files are the ones that were released."""
    folder = resource("seeds", "model")
    listed = json.loads((folder / "checksums.json").read_text(encoding="utf-8"))
    wrong = [name for name, digest in listed.items() if not (folder / name).is_file() or sha256((folder / name).read_bytes()).hexdigest() != digest]
    return Finding("model", not wrong, f"damaged: {', '.join(wrong[:3])}; install dyadflow again" if wrong else f"{len(listed)} files as released")


def _disk(settings: Settings) -> Iterator[Finding]:
    place = settings.data if settings.data.exists() else Path(".")
    free = shutil.disk_usage(place).free
    yield Finding("disk", free > LEAST_FREE, f"{free / 2**30:.1f} GB free at {place}" + ("" if free > LEAST_FREE else "; make room before a run"))
    staged = [path for path in settings.staging.glob("*T*") if path.is_dir()]
    if staged:
        yield Finding("staging", False, f"{len(staged)} unfinished batches in {settings.staging}; `dyadflow publish --accept` or remove them")


def _store(settings: Settings) -> Iterator[Finding]:
    if not settings.work_path.exists():
        yield Finding("store", not settings.published_path.exists(), f"none at {settings.work_path} yet; `dyadflow run` makes one")
        return
    try:
        with hold(settings.model_copy(update={"lock_wait": 0.0}), "doctor"), connect(settings.work_path, read_only=True) as connection:
            runs = connection.execute("SELECT run_id, state FROM runs ORDER BY run_id DESC LIMIT 1").fetchall()
            count = connection.execute("SELECT count(*) FROM events").fetchall()[0][0]
    except DyadflowError as error:
        yield Finding("store", False, str(error))
        return
    yield Finding("store", True, f"{count:,} events, {settings.work_path.stat().st_size / 2**20:.0f} MB at {settings.work_path}")
    yield Finding("last run", bool(runs) and runs[0][1] != "blocked", f"{runs[0][0]} {runs[0][1]}" if runs else "none yet")
