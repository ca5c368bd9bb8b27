"""Where the files that ship with the library lie, in a checkout as in an installed wheel."""

from pathlib import Path

import dyadflow


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. `resource("seeds", "cameo", "codes.csv")`.

    Raises FileNotFoundError naming the file where an installation is incomplete.
    """
    for root in dyadflow.__path__:
        path = Path(root, *parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation of dyadflow")
