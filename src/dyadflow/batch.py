"""A batch on disk: the folder in which one run's articles wait between reading and loading.

Stages hand each other a `Batch`, which is a path; so they can be tasks of an orchestrator, run in other processes, and be
looked at after a failure.

    staging/<run_id>/  batch.json  articles.parquet  refusals.parquet  prints.parquet  demoted.parquet  batch.duckdb
    staging/shards/    <content id>.parquet, and what coding made of it
"""

import json
from pathlib import Path
from typing import NamedTuple

import polars as pl

from dyadflow.schema import ARTICLES, FINGERPRINTS, QUARANTINE, polars_schema

DEMOTED_SCHEMA = {"article_id": pl.String, "duplicate_of": pl.String}


class Batch(NamedTuple):
    """The files of one batch."""

    folder: Path

    @property
    def run_id(self) -> str:
        """The run that reads it."""
        return self.folder.name

    @property
    def staged(self) -> Path:
        """The database the gate judges."""
        return self.folder / "batch.duckdb"

    def facts(self) -> dict:
        """What is known of the batch: run_id, started_at, sources, read_count, unchanged_count, faults, versions."""
        return json.loads((self.folder / "batch.json").read_text(encoding="utf-8"))

    def note(self, **facts) -> None:
        """Add to what is known."""
        path = self.folder / "batch.json"
        known = self.facts() if path.exists() else {}
        path.write_text(json.dumps(known | facts, ensure_ascii=False, default=str, indent=1), encoding="utf-8")

    def write(self, name: str, frame: pl.DataFrame) -> None:
        """Keep a frame under a name."""
        frame.write_parquet(self.folder / f"{name}.parquet", compression="zstd")

    def read(self, name: str) -> pl.DataFrame:
        """The frame of that name."""
        return pl.read_parquet(self.folder / f"{name}.parquet")


def article_frame(rows: list[dict]) -> pl.DataFrame:
    """Article rows as a frame with the columns of table `articles`; what is not known yet is null."""
    return pl.DataFrame(rows, schema=polars_schema(ARTICLES), infer_schema_length=None)


def refusal_frame(rows: list[dict]) -> pl.DataFrame:
    """Quarantine rows as a frame."""
    return pl.DataFrame(rows, schema=polars_schema(QUARANTINE), infer_schema_length=None)


def print_frame(rows: list[dict]) -> pl.DataFrame:
    """Fingerprint rows as a frame."""
    return pl.DataFrame(rows, schema=polars_schema(FINGERPRINTS), infer_schema_length=None)


def demoted_frame(rows: list[dict]) -> pl.DataFrame:
    """Stored articles that turn out to repeat an earlier one: (article_id, duplicate_of)."""
    return pl.DataFrame(rows, schema=DEMOTED_SCHEMA)
