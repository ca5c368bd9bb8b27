"""Content ids: the same content gives the same id, on any machine, in any order, in any batch."""

import hashlib

SEPARATOR = "\x1f"


def content_id(*parts: object) -> str:
    """The 32 hex digits that stand for these parts, in this order; None counts as an empty part.

    A unit separator stands between the parts so that ("ab", "c") and ("a", "bc") differ.
    Lone surrogates (possible in damaged input) are kept apart by `surrogatepass`.
    """
    text = SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
