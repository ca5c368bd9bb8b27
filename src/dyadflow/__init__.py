"""dyadflow: news articles in, who did what to whom out.

Start reading at `dyadflow.pipeline`, which holds the whole way of an article on one page.
"""

from pathlib import Path

__version__ = "0.1.0"

# In a checkout `flows/`, `expectations/`, `seeds/` and `sql/` lie beside `src/`; in a wheel they lie in this package.
_checkout = Path(__file__).resolve().parents[2]
if (_checkout / "pyproject.toml").exists() and (_checkout / "seeds").exists():
    __path__.append(str(_checkout))
