"""URL to bytes, carefully: public addresses only, a size, a deadline and a number of redirects that are kept."""

from typing import NamedTuple
from urllib.parse import urlsplit

from dyadflow import __version__
from dyadflow.errors import MissingSource
from dyadflow.unpack import gunzip, within

USER_AGENT = f"dyadflow/{__version__} (open political event data)"
LIMIT = 10 * 2**20
DEADLINE = 30.0
REDIRECTS = 5


class Answer(NamedTuple):
    """What an address answered: the final URL, the media type in lower case, the body."""

    url: str
    content_type: str
    body: bytes


def fetch(url: str, limit: int = LIMIT, deadline: float = DEADLINE, allowed: frozenset = frozenset()) -> Answer:
    """The answer of a public http(s) address.

    `limit` counts bytes, packed and unpacked, `deadline` seconds for everything. `allowed` holds (host, port) pairs that may be
    private, for tests against a server of their own. Raises MissingSource naming the address and the reason.
    """
    import httpx

    try:
        if urlsplit(url).scheme not in ("http", "https"):
            raise MissingSource(f"{url}: only http and https addresses are fetched")
        with _client(allowed, deadline) as client, client.stream("GET", url) as response:
            response.raise_for_status()
            return Answer(str(response.url), response.headers.get("content-type", "").lower(), _body(response, limit))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise MissingSource(f"{url}: {str(error).splitlines()[0] if str(error) else type(error).__name__}") from error


def _client(allowed: frozenset, deadline: float):
    """An httpx client that connects to checked addresses, keeps the deadline and ignores proxies of the environment."""
    import httpcore
    import httpx

    from dyadflow.network import Deadline, PublicNetwork

    transport = httpx.HTTPTransport(trust_env=False)
    transport._pool = httpcore.ConnectionPool(network_backend=PublicNetwork(Deadline(deadline), allowed), ssl_context=httpx.create_ssl_context())
    headers = {"Accept-Encoding": "gzip", "User-Agent": USER_AGENT}
    return httpx.Client(transport=transport, trust_env=False, follow_redirects=True, max_redirects=REDIRECTS, timeout=5, headers=headers)


def _body(response, limit: int) -> bytes:
    """The unpacked body, read piece by piece so that no swelling answer passes the limit. Raises ValueError, OSError."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip"):
        raise ValueError(f"packed as {encoding}, which was not asked for")
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        within(len(body), limit)
    return gunzip(bytes(body), limit) if encoding == "gzip" else bytes(body)
