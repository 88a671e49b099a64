"""A scanner for tests: ClamAV's own daemon with one handmade signature where it is installed, else a small server that speaks INSTREAM."""

import contextlib
import shutil
import socketserver
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from oppidum.core import clamd

# Harmless words that the test's only signature takes for a virus, and the name that ClamAV gives to what its owner's own signatures find.
HARM = b"OPPIDUM-HARMLESS-TEST-STRING-7KQ2MXA4RH"
NAME = "Oppidum.Test.UNOFFICIAL"
DAEMON = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


class _Line(socketserver.StreamRequestHandler):
    """zPING and zINSTREAM, as the manual describes them."""

    def handle(self):
        word = b""
        while not word.endswith(b"\0"):
            word += self.rfile.read(1)
        if word == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.examined += 1
        self.wfile.write(f"stream: {NAME} FOUND\0".encode() if HARM in content else b"stream: OK\0")


@contextlib.contextmanager
def small_scanner():
    """The address of a server of our own."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Line) as server:
        server.examined = 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextlib.contextmanager
def real_scanner():
    """The address of a ClamAV daemon that this process started, with a database of one signature."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        base = Path(folder)
        (base / "db").mkdir()
        (base / "db" / "test.ndb").write_text(f"Oppidum.Test:0:*:{HARM.hex()}\n")
        conf = base / "clamd.conf"
        conf.write_text(f"LocalSocket {base}/clamd.ctl\nDatabaseDirectory {base}/db\nForeground yes\nStreamMaxLength 1M\n")
        with (base / "log").open("wb") as log:
            daemon = subprocess.Popen([DAEMON, "--config-file", str(conf)], stdout=log, stderr=log)
        try:
            address, until = f"unix://{base}/clamd.ctl", time.monotonic() + 60
            while not clamd.is_there(address):
                assert daemon.poll() is None and time.monotonic() < until, (base / "log").read_text()
                time.sleep(0.1)
            yield address
        finally:
            daemon.terminate()
            daemon.wait(20)


def a_scanner():
    return real_scanner() if DAEMON else small_scanner()
