"""URL to bytes, carefully: public addresses only, a size, a deadline and a number of redirects that are kept.

The name is resolved once, every address it gives is checked, and the connection goes to an address that was checked: a
name that changes its answer gains nothing.
"""

import time
import zlib
from typing import NamedTuple
from urllib.parse import urlsplit

from dyadflow import __version__
from dyadflow.errors import MissingSource

USER_AGENT = f"dyadflow/{__version__} (open political event data)"
LIMIT = 10 * 2**20
DEADLINE = 30.0
REDIRECTS = 5
PIECE = 65_536


class Answer(NamedTuple):
    """What an address answered: the final URL, the media type in lower case, the body."""

    url: str
    content_type: str
    body: bytes


def fetch(url: str, limit: int = LIMIT, deadline: float = DEADLINE, allowed: frozenset = frozenset()) -> Answer:
    """The answer of a public http(s) address.

    `limit` counts bytes after unpacking, `deadline` seconds for everything. `allowed` holds (host, port) pairs that may be
    private, for tests against a server of their own. Raises MissingSource naming the address and the reason.
    """
    import httpx

    if urlsplit(url).scheme not in ("http", "https"):
        raise MissingSource(f"{url}: only http and https addresses are fetched")
    start = time.monotonic()
    try:
        with _client(allowed) as client, client.stream("GET", url) as response:
            response.raise_for_status()
            body = _body(response, url, limit, start + deadline)
            return Answer(str(response.url), response.headers.get("content-type", "").lower(), body)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise MissingSource(f"{url}: {str(error).splitlines()[0] if str(error) else type(error).__name__}") from error


def _client(allowed: frozenset):
    """An httpx client that connects to checked addresses and ignores proxies of the environment."""
    import httpcore
    import httpx

    transport = httpx.HTTPTransport(trust_env=False)
    transport._pool = httpcore.ConnectionPool(network_backend=_public_only(allowed), ssl_context=httpx.create_ssl_context())
    headers = {"Accept-Encoding": "gzip", "User-Agent": USER_AGENT}
    return httpx.Client(transport=transport, trust_env=False, follow_redirects=True, max_redirects=REDIRECTS, timeout=5, headers=headers)


def _public_only(allowed: frozenset):
    """A network backend that refuses every address that is not public, before a byte is sent."""
    import ipaddress
    import socket

    import httpcore

    class PublicOnly(httpcore.SyncBackend):
        def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
            addresses = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
            for address in addresses:
                ip = ipaddress.ip_address(address.partition("%")[0])
                ip = getattr(ip, "ipv4_mapped", None) or ip
                if (not ip.is_global or ip.is_multicast) and (host, port) not in allowed:
                    raise MissingSource(f"{host}: {ip} is not a public address")
            return super().connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    return PublicOnly()


def _body(response, url: str, limit: int, until: float) -> bytes:
    """The unpacked body, read piece by piece so that neither a slow nor a swelling answer passes the limits."""
    inflate = zlib.decompressobj(31) if response.headers.get("content-encoding") == "gzip" else None
    body = bytearray()
    for raw in response.iter_raw():
        while raw:
            if time.monotonic() > until:
                raise MissingSource(f"{url}: took longer than the deadline")
            piece = inflate.decompress(raw, PIECE) if inflate else raw
            raw = inflate.unconsumed_tail if inflate else b""
            body += piece
            if len(body) > limit:
                raise MissingSource(f"{url}: larger than {limit} bytes")
    return bytes(body)
