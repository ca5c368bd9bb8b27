"""Addresses are fetched carefully: only public ones, within a size, a time and a number of redirects."""

import gzip
import socket
import threading
import time
from contextlib import contextmanager

import httpcore
import pytest

from dyadflow.errors import MissingSource
from dyadflow.fetch import REDIRECTS, fetch
from dyadflow.network import in_time

HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"


class Server:
    """A loopback server that records connections; `answer` writes to the connection after the request was read."""

    def __init__(self, family, host: str, answer):
        self.connections, self.requests, self.answer = 0, [], answer
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.bind((host, 0))
        self.socket.listen()
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection):
        with connection:
            try:
                self.requests.append(connection.recv(65_536))
                self.answer(connection)
            except OSError:
                pass


@contextmanager
def serving(answer, family=socket.AF_INET, host="127.0.0.1"):
    server = Server(family, host, answer)
    try:
        yield server
    finally:
        server.socket.close()


def says(data: bytes):
    return lambda connection: connection.sendall(data)


def body(content: bytes, headers: bytes = b"") -> bytes:
    return HEAD + headers + b"Content-Length: %d\r\n\r\n" % len(content) + content


def get(server: Server, path: str = "/", **limits):
    return fetch(f"http://127.0.0.1:{server.port}{path}", allowed=frozenset({("127.0.0.1", server.port)}), **limits)


LOOPBACK = ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0", "0.0.0.0", "localhost", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127.0.0.1.", "user:pass@127.0.0.1")


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_is_refused_before_a_byte_is_sent(host):
    with serving(says(body(b"secret"))) as server:
        with pytest.raises(MissingSource):
            fetch(f"http://{host}:{server.port}/")
        assert server.connections == 0


def test_loopback_of_ipv6_is_refused_before_a_byte_is_sent():
    try:
        context = serving(says(body(b"secret")), socket.AF_INET6, "::1")
        with context as server:
            with pytest.raises(MissingSource, match="::1 is not a public address"):
                fetch(f"http://[::1]:{server.port}/")
            assert server.connections == 0
    except OSError:
        pytest.skip("no IPv6 on this machine")


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[fe80::1]", "[fd00::1]", "[::]", "[::ffff:10.0.0.1]"]
)
def test_private_address_is_refused_at_once(host):
    started = time.monotonic()
    with pytest.raises(MissingSource, match="is not a public address"):
        fetch(f"http://{host}/latest/meta-data")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/x", "data:text/plain,x", "gopher://example.org/", "javascript:1", "//example.org/x", "/etc/passwd", ""])
def test_only_http_and_https_are_fetched(url):
    with pytest.raises(MissingSource, match="only http and https"):
        fetch(url)


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://127.0.0.1:99999/", "http://exa mple/", "http://\x00/"])
def test_broken_address_is_a_missing_source(url):
    with pytest.raises(MissingSource):
        fetch(url)


def test_allowed_address_is_fetched():
    with serving(says(body(b"text", b"Content-Type: Text/HTML\r\n"))) as server:
        answer = get(server)
        assert (answer.content_type, answer.body) == ("text/html", b"text")
        assert b"dyadflow/" in server.requests[0]


def test_another_port_of_an_allowed_host_is_refused():
    with serving(says(body(b"text"))) as server, pytest.raises(MissingSource, match="not a public address"):
        fetch(f"http://127.0.0.1:{server.port}/", allowed=frozenset({("127.0.0.1", server.port + 1)}))


def test_proxy_of_the_environment_is_ignored(monkeypatch):
    with serving(says(body(b"proxy"))) as proxy, serving(says(body(b"text"))) as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert get(server).body == b"text" and proxy.connections == 0


def test_gzip_body_is_unpacked():
    with serving(says(body(gzip.compress(b"text"), b"Content-Encoding: gzip\r\n"))) as server:
        assert get(server).body == b"text"


@pytest.mark.parametrize("status", [b"404 Not Found", b"429 Too Many Requests", b"503 Service Unavailable", b"304 Not Modified"])
def test_other_status_is_a_missing_source_that_names_it(status):
    with serving(says(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")) as server, pytest.raises(MissingSource, match=status[:3].decode()) as error:
        get(server)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("answer", [b"", b"no http at all\r\n\r\n", HEAD + b"Content-Length: 100\r\n\r\nshort"], ids=["closed", "no http", "short"])
def test_broken_answer_is_a_missing_source(answer):
    with serving(says(answer)) as server, pytest.raises(MissingSource):
        get(server)


def test_body_over_the_limit_stops():
    with serving(says(body(b"x" * 2_000_000))) as server, pytest.raises(MissingSource, match="larger than 1000 bytes"):
        get(server, limit=1000)


def test_endless_body_without_length_stops():
    def endless(connection):
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    with serving(endless) as server, pytest.raises(MissingSource, match="larger than"):
        get(server, limit=1_000_000)


def test_gzip_bomb_stops_at_the_limit():
    import tracemalloc

    bomb = gzip.compress(b"\0" * 60_000_000)
    tracemalloc.start()
    with serving(says(body(bomb, b"Content-Encoding: gzip\r\n"))) as server, pytest.raises(MissingSource, match="larger than"):
        get(server, limit=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16_000_000


def test_doubly_packed_bomb_is_unpacked_once():
    bomb = gzip.compress(gzip.compress(b"\0" * 10_000_000))
    with serving(says(body(bomb, b"Content-Encoding: gzip\r\n"))) as server:
        assert len(get(server, limit=1_000_000).body) < 20_000


def drip(start: bytes, piece: bytes):
    def answer(connection):
        connection.sendall(start)
        for _ in range(9):
            time.sleep(0.3)
            connection.sendall(piece)

    return answer


def timed(server: Server) -> float:
    started = time.monotonic()
    with pytest.raises(MissingSource):
        get(server, deadline=1)
    return time.monotonic() - started


def test_slow_body_ends_at_the_deadline():
    with serving(drip(HEAD + b"\r\n", b"x")) as server:
        assert timed(server) < 2


SLOW = {
    "status line": drip(b"HTTP/1.1 ", b"2"),
    "headers": drip(HEAD, b"X-More: 1\r\n"),
    "chunks": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "standstill": lambda connection: (connection.sendall(HEAD + b"\r\nx"), time.sleep(2.5)),
    "silence": lambda connection: time.sleep(2.5),
    "slow redirects": lambda connection: (time.sleep(0.3), connection.sendall(redirect("/again"))),
}


@pytest.mark.parametrize("name", SLOW)
def test_slow_answer_of_any_kind_ends_at_the_deadline(name):
    with serving(SLOW[name]) as server:
        assert timed(server) < 2


def test_handshake_that_stands_still_ends_at_the_deadline():
    with serving(lambda connection: time.sleep(2.5)) as server:
        started = time.monotonic()
        with pytest.raises(MissingSource):
            fetch(f"https://127.0.0.1:{server.port}/", allowed=frozenset({("127.0.0.1", server.port)}), deadline=1)
        assert time.monotonic() - started < 2


def test_work_that_knows_no_timeout_is_not_waited_for():
    started = time.monotonic()
    with pytest.raises(httpcore.TimeoutException):
        in_time(0.2, time.sleep, 3)
    assert time.monotonic() - started < 1
    assert in_time(1, max, 1, 2) == 2
    with pytest.raises(socket.gaierror):
        in_time(5, socket.getaddrinfo, "no such host", 80)


@pytest.mark.parametrize("content", [b"not gzip at all", b"\x1f\x8b\x08\x00broken", gzip.compress(b"text" * 99)[:-9], gzip.compress(b"text") + b"more"], ids=["no gzip", "no body", "cut", "trailing"])
def test_lie_about_the_encoding_is_a_missing_source(content):
    with serving(says(body(content, b"Content-Encoding: gzip\r\n"))) as server, pytest.raises(MissingSource):
        get(server)


def test_packing_that_was_not_asked_for_is_a_missing_source():
    with serving(says(body(b"text", b"Content-Encoding: br\r\n"))) as server, pytest.raises(MissingSource, match="packed as br"):
        get(server)


def redirect(place: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


def test_redirect_to_a_private_address_is_refused():
    with serving(says(body(b"secret"))) as inner, serving(says(redirect(f"http://127.0.0.1:{inner.port}/"))) as server:
        with pytest.raises(MissingSource, match="not a public address"):
            get(server)
        assert server.connections == 1 and inner.connections == 0


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://example.org/x", "http://169.254.169.254/", "http://2130706433/"])
def test_redirect_out_of_the_public_web_is_refused(place):
    with serving(says(redirect(place))) as server, pytest.raises(MissingSource):
        get(server)


def test_redirects_end():
    with serving(says(redirect("/again"))) as server:
        with pytest.raises(MissingSource, match="redirect"):
            get(server)
        assert server.connections == REDIRECTS + 1
