"""Settings of a run: defaults, overridden by environment variables `DYADFLOW_…` and by the command line."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dyadflow.errors import DictionaryError
from dyadflow.resources import Added


class Settings(BaseSettings):
    """Where data lies and the limits a run keeps. Sizes are characters or bytes, times are seconds."""

    model_config = SettingsConfigDict(env_prefix="DYADFLOW_", extra="ignore")

    data: Path = Field(Path("data"), description="folder of work.duckdb, events.duckdb, staging and reports")
    model: Path | None = Field(None, description="folder of another spaCy model with UD labels")
    dictionary: Path | None = Field(None, description="dictionary folder used beside the library's own, whose rows win")
    instead: bool = Field(False, description="what the dictionary folder holds replaces the library's own")
    shard_articles: int = Field(1500, gt=0, description="articles coded in one shard")
    workers: int = Field(0, ge=0, description="coding processes; 0 = one per core")
    lock_wait: float = Field(5.0, ge=0, description="seconds a run waits for a store that another run holds")
    article_characters: int = Field(200_000, gt=0, description="longer articles are quarantined")
    minimum_characters: int = Field(20, ge=0, description="shorter articles are quarantined")
    record_bytes: int = Field(10_000_000, gt=0, description="longer records of a file are quarantined unread")
    file_bytes: int = Field(2_000_000_000, gt=0, description="larger files, also after unpacking, are quarantined unread")
    sentence_tokens: int = Field(400, gt=0, description="longer sentences are not coded")
    duplicate_days: int = Field(3, ge=0, description="near-duplicates are looked for within this many days")
    duplicate_similarity: float = Field(0.7, gt=0, le=1, description="least estimated Jaccard similarity of near-duplicates")

    @property
    def added(self) -> Added | None:
        """The dictionary folder that is added, None without one. Raises DictionaryError where it is no such folder."""
        if self.dictionary is None:
            return None
        added = Added(self.dictionary, self.instead)
        if not added.files("actors") and not added.files("verbs"):
            raise DictionaryError(f"{self.dictionary}: no dictionary there: it needs CSV files in actors/ or verbs/")
        return added

    @property
    def work_path(self) -> Path:
        """The flows' own database."""
        return self.data / "work.duckdb"

    @property
    def published_path(self) -> Path:
        """The database analysts open."""
        return self.data / "events.duckdb"

    @property
    def staging(self) -> Path:
        """Shards and staged batches."""
        return self.data / "staging"

    @property
    def reports(self) -> Path:
        """One HTML report per run."""
        return self.data / "reports"
