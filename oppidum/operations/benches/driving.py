"""A client that posts as fast as it is answered, for benchmarks: `python driving.py HOST PORT SECONDS CONNECTIONS FILE`.

Run as a process of its own, so that its work is not the server's, with the standard library alone and prepared requests, so that it
takes as little of the machine as it can. FILE holds one request body a line. Prints one JSON object, with its share of a processor.
"""

import json
import socket
import sys
import threading
import time

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: {length}\r\nConnection: keep-alive\r\n\r\n"
)
_LENGTH = b"content-length: "


def drive(host: str, port: int, path: str, seconds: float, connections: int, bodies: list[bytes]) -> dict:
    """Post from that many connections at once for that long; latencies of accepted requests in milliseconds, others by status."""
    requests = [HEAD.format(path=path, host=host, port=port, length=len(body)).encode() + body for body in bodies]
    taken: list[float] = []
    refused: dict[str, int] = {}
    began, cpu = time.perf_counter(), time.process_time()
    threads = [
        threading.Thread(target=_post, args=(host, port, requests[n::connections], began + seconds, taken, refused))
        for n in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - began
    return {"taken_ms": taken, "refused": refused, "seconds": lasted, "cpu_share": (time.process_time() - cpu) / lasted}


def _post(host: str, port: int, requests: list[bytes], until: float, taken: list[float], refused: dict[str, int]) -> None:
    link = socket.create_connection((host, port))
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    n = 0
    while (began := time.perf_counter()) < until:
        link.sendall(requests[n % len(requests)])
        status = _read_answer(link)
        if status == b"200":
            taken.append((time.perf_counter() - began) * 1000)
        else:
            refused[status.decode()] = refused.get(status.decode(), 0) + 1
        n += 1
    link.close()


def _read_answer(link: socket.socket) -> bytes:
    """The status of one answer, having read its whole body."""
    data = link.recv(65536)
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _more(link)
    at = data.lower().find(_LENGTH, 0, end) + len(_LENGTH)
    whole = end + 4 + int(data[at : data.find(b"\r\n", at)])
    while len(data) < whole:
        data += _more(link)
    return data[9:12]


def _more(link: socket.socket) -> bytes:
    part = link.recv(65536)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


if __name__ == "__main__":
    _host, _port, _path, _seconds, _connections, _file = sys.argv[1:]
    with open(_file, "rb") as _lines:
        _bodies = _lines.read().splitlines()
    json.dump(drive(_host, int(_port), _path, float(_seconds), int(_connections), _bodies), sys.stdout)
