"""Packed bytes unpacked within a limit: a bomb ends in one line, not in a full memory."""

import gzip
import io
import zlib

PIECE = 1 << 20
GZIP, ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class TooLarge(ValueError):
    """More bytes than the limit allows."""


def within(size: int, limit: int) -> int:
    """The size. Raises TooLarge where it passes the limit."""
    if size > limit:
        raise TooLarge(f"larger than {limit} bytes")
    return size


def read_within(stream, limit: int) -> bytes:
    """All bytes of a stream. Raises TooLarge as soon as they pass the limit, whatever is still to come."""
    found = bytearray()
    while piece := stream.read(PIECE):
        found += piece
        within(len(found), limit)
    return bytes(found)


def unpack(data: bytes, limit: int) -> bytes:
    """The bytes of a gzip or zstandard file unpacked, all its members or frames; any other bytes as they are.

    Raises OSError where the file is damaged or cut off, TooLarge over the limit.
    """
    if data[:2] == GZIP:
        return gunzip(data, limit)
    if data[:4] == ZSTANDARD:
        import pyarrow

        return read_within(pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd"), limit)
    return data


def gunzip(data: bytes, limit: int) -> bytes:
    """The bytes of a gzip file unpacked. Raises OSError where it is none, damaged or cut off, TooLarge over the limit."""
    try:
        return read_within(gzip.GzipFile(fileobj=io.BytesIO(data)), limit)
    except (EOFError, zlib.error) as error:
        raise OSError(str(error)) from error
