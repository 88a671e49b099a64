"""Asking a ClamAV daemon what it thinks of a file: clamd's INSTREAM command (man 8 clamd), over TCP or a Unix socket.

The content goes in pieces, each behind its length in four bytes, network order; a length of zero ends it. The answer is one line:
`stream: OK`, `stream: NAME FOUND`, or what went wrong, with `ERROR`. One connection a file, as the manual shows it.
"""

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

PIECE = 64 * 1024
SECONDS = 60  # the daemon loads an archive's parts before it answers


class ScannerAway(OSError):
    """Nobody answers at the scanner's address: nothing was examined."""


class NotExamined(Exception):
    """The scanner answered, and could not examine this file (too large for its limits, broken archive)."""


def examine(file: BinaryIO, address: str) -> str:
    """The name of the harmful content found in `file`, "" when it is clean.

    `address`: `tcp://host:port` or `unix:///path/of/the/socket`. Raises `ScannerAway`, `NotExamined`.
    """
    with _connect(address) as line:
        try:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # It hangs up on a file beyond its limit, after saying so: the answer tells.
        said = _answer(line)
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND").rpartition(": ")[2]
    if said == "stream: OK":
        return ""
    raise NotExamined(said or "the scanner hung up without a word")


def is_there(address: str) -> bool:
    """Whether a scanner answers there (its command PING)."""
    try:
        with _connect(address) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _answer(line: socket.socket) -> str:
    said = b""
    try:
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    except ConnectionResetError:
        pass
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    try:
        if parts.scheme == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(SECONDS)
            line.connect(parts.path)
            return line
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
    except OSError as error:
        raise ScannerAway(str(error)) from error
