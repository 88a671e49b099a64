"""An operator of text messages on a port of its own, as `texting/gateway.py` describes it; it can be told how to misbehave."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "operator-key"


class Operator(ThreadingHTTPServer):
    """`says`: numbers -> (status, body) instead of taking the message; `hangs_up`: it takes it and says nothing."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.jobs, self.says, self.hangs_up = [], {}, False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/sms/jobs"


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        job = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {KEY}":
            return self._answer(401, {"message": "no key"})
        (number,) = job["receivers"]
        if number in self.server.says:
            return self._answer(*self.server.says[number])
        self.server.jobs.append(job | {"key": self.headers["Idempotency-Key"]})
        if self.server.hangs_up:
            self.close_connection = True
            return None
        return self._answer(200, {"ids": [f"r{len(self.server.jobs)}"], "validReceivers": [number], "invalidReceivers": []})

    def _answer(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
