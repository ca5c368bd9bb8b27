"""Where the files that ship with the library lie, in a checkout as in an installed wheel."""

from pathlib import Path
from typing import NamedTuple

import dyadflow

ADDED_ROWS = "added/"
"""What the names of rows of an added dictionary begin with: “added/regions.csv:12”."""


class Added(NamedTuple):
    """A dictionary folder (`actors/`, `verbs/`) used beside the project's own, or alone: then what it holds replaces the project's."""

    folder: Path
    is_alone: bool = False

    def files(self, part: str, pattern: str = "*.csv") -> list[Path]:
        """The files of one part (“actors”, “verbs”) of the folder, by name."""
        return sorted((self.folder / part).glob(pattern))



def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. `resource("seeds", "cameo", "codes.csv")`.

    Raises FileNotFoundError naming the file where an installation is incomplete.
    """
    for root in dyadflow.__path__:
        path = Path(root, *parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation of dyadflow")
