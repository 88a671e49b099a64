"""A partner's machine: a real HTTP server in a thread, which answers as it is told and keeps what it heard."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Machine:
    """`answers`: (status, headers) of the next calls, the last one for ever. `heard`: (method, path, headers, body)."""

    url: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=lambda: [(200, {})])
    heard: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    says: bytes = b"{}"

    def bodies(self) -> list[dict]:
        return [json.loads(body) for *_rest, body in self.heard]


@contextmanager
def run_machine() -> Iterator[Machine]:
    """The machine, on a free port of this one."""
    machine = Machine()

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            machine.heard.append((self.command, self.path, dict(self.headers), body))
            status, headers = machine.answers.pop(0) if len(machine.answers) > 1 else machine.answers[0]
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(machine.says))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(machine.says)

        do_GET = do_POST = answer

        def log_message(self, *_args):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    machine.url = f"http://127.0.0.1:{server.server_port}/hook?x=1"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield machine
    finally:
        server.shutdown()
        server.server_close()
