"""The network as a fetch may use it: public addresses only, and no wait that outlasts the deadline.

The name is resolved once, every address it gives is checked, and the connection goes to an address that was checked: a
name that changes its answer gains nothing. Every single wait (name, connection, handshake, headers, body) is cut to what is
left until the deadline, so that nothing that drips or stands still outlasts it.
"""

import ipaddress
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

import httpcore

from dyadflow.errors import MissingSource


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float):
        self.seconds, self.until = seconds, time.monotonic() + seconds

    def cut(self, timeout: float | None = None) -> float:
        """The timeout, or less where less is left. Raises TimeoutException where nothing is."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.TimeoutException(f"took longer than the deadline of {self.seconds:g} seconds")
        return left if timeout is None else min(timeout, left)


class Stream(httpcore.NetworkStream):
    """A connection whose every wait is cut to the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline):
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes, timeout=None):
        """Some bytes, at most so many."""
        return self.inner.read(max_bytes, self.deadline.cut(timeout))

    def write(self, buffer, timeout=None):
        """Send all bytes."""
        self.inner.write(buffer, self.deadline.cut(timeout))

    def close(self):
        """End the connection."""
        self.inner.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        """The same connection, encrypted."""
        return Stream(self.inner.start_tls(ssl_context, server_hostname, self.deadline.cut(timeout)), self.deadline)

    def get_extra_info(self, info):
        """What the inner connection knows under this name."""
        return self.inner.get_extra_info(info)


class PublicNetwork(httpcore.SyncBackend):
    """Connections to public addresses, and to the (host, port) pairs that are allowed besides."""

    def __init__(self, deadline: Deadline, allowed: frozenset):
        self.deadline, self.allowed = deadline, allowed

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        """A connection to the first address of the host. Raises MissingSource before a byte is sent where any is not public."""
        found = in_time(self.deadline.cut(), socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
        addresses = [info[4][0] for info in found]
        inner = [one for one in addresses if not is_public(one)]
        if inner and (host, port) not in self.allowed:
            raise MissingSource(f"{host}: {inner[0]} is not a public address")
        return Stream(super().connect_tcp(addresses[0], port, self.deadline.cut(timeout), local_address, socket_options), self.deadline)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network; of an IPv4 address in IPv6 form the former counts."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast


def in_time(seconds: float, work: Callable, *arguments):
    """What the work returns or raises. Raises TimeoutException where it takes longer.

    For the resolver of names, which knows no timeout; the thread it waits in is left behind.
    """
    result: Future = Future()

    def wait() -> None:
        try:
            result.set_result(work(*arguments))
        except Exception as error:  # handed on to who asked
            result.set_exception(error)

    Thread(target=wait, daemon=True).start()
    try:
        return result.result(seconds)
    except TimeoutError as error:
        if result.done():
            raise
        raise httpcore.TimeoutException(f"no answer to {arguments[0]} in {seconds:.1f} seconds") from error
