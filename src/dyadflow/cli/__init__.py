"""The command line. Importing it loads neither Prefect, Great Expectations, polars nor spaCy; commands do, when called."""

from dyadflow.cli.main import app, main

__all__ = ["app", "main"]
