"""The errors a user can meet, and the exit code of each.

    DyadflowError                 1   anything the library reports on purpose
    ├── UsageError                2   the call's words are off
    ├── SourceError              10   a source of articles could not be read
    │   ├── MissingSource        11   no such path, or an address that answers nothing
    │   ├── EmptySource          12   a file without a single record
    │   ├── BinarySource         13   bytes that are no text
    │   ├── EncodingFault        14   text that is not UTF-8
    │   └── BrokenRecord         15   one record of a file cannot be read
    ├── StoreError               20   the database cannot be opened or is not ours
    │   └── StoreBusy            21   another run holds the store
    ├── GateBlocked              30   a critical expectation failed: nothing was loaded
    ├── Unbalanced               31   the conservation sum of a run does not close
    ├── GoldError                40   a gold file cannot be read
    ├── DictionaryError          41   a seed or dictionary file is wrong
    └── QueryError               50   SQL the published file refuses

A per-record fault is data (a row of `quarantine`) and only then an exit code; a per-run fault is raised.
Every message is one line and names its resource: file, line, article id, sentence.
"""


class DyadflowError(Exception):
    """Base of all errors the library raises on purpose."""

    exit_code = 1


class UsageError(DyadflowError):
    """The call's words are off: an option without sense, a date that is none."""

    exit_code = 2


class SourceError(DyadflowError):
    """A source of articles could not be read."""

    exit_code = 10


class MissingSource(SourceError):
    """No such path, or an address that answers nothing."""

    exit_code = 11


class EmptySource(SourceError):
    """A file without a single record."""

    exit_code = 12


class BinarySource(SourceError):
    """Bytes that are no text."""

    exit_code = 13


class EncodingFault(SourceError):
    """Text that is not UTF-8."""

    exit_code = 14


class BrokenRecord(SourceError):
    """One record of a file cannot be read; the others were."""

    exit_code = 15


class StoreError(DyadflowError):
    """The database cannot be opened, is truncated, or was not written by dyadflow."""

    exit_code = 20


class StoreBusy(StoreError):
    """Another run holds the store; the message names it."""

    exit_code = 21


class GateBlocked(DyadflowError):
    """A critical expectation failed: the batch stays staged, nothing was loaded."""

    exit_code = 30


class Unbalanced(DyadflowError):
    """The conservation sum of a run does not close: a defect of dyadflow, never of the data."""

    exit_code = 31


class GoldError(DyadflowError):
    """A gold file cannot be read."""

    exit_code = 40


class DictionaryError(DyadflowError):
    """A seed or dictionary file is wrong; the message names file and line."""

    exit_code = 41


class QueryError(DyadflowError):
    """SQL that the published file refuses."""

    exit_code = 50
