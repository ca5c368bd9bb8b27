"""What all tests share. Tests that need the reference material find it through `DYADFLOW_SHARED`."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and seed files; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("DYADFLOW_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("set DYADFLOW_SHARED to the folder with gold and seed files")
    return folder


@pytest.fixture(scope="session")
def coder():
    """The coder with the library's own seeds and model."""
    from dyadflow.coding import load_coder

    return load_coder()
