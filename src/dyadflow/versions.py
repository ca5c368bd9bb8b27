"""The versions every coded row carries."""

from typing import NamedTuple

CODER_VERSION = "3"
"""Raised by hand whenever the coding code changes what is coded; seed files and the model are covered by the hash."""


class Versions(NamedTuple):
    """What a row was made by: the coder's version and the content id of all seed files and the model."""

    coder_version: str
    dictionary_hash: str
