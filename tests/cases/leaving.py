"""Situations of what leaves: reports with people to write to, and a mail server that can be told how to misbehave."""

import socketserver
import threading

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.rules.standing import RESIDENT, SYSTEM, Actor, Command, Contact
from oppidum.services.living_environment.report import Report
from tests.territory.town import IN_AUBANE

ANA = Actor("officer", None, "Ana", frozenset({"act", "assign", "intake"}))
ZOE = Contact("Zoé", "zoe@example.org", "", "fr")
TOM = Contact("Tom", "tom@example.org", "", "en")


def report(contact=ZOE, category="roads.pothole", **known):
    """A filed report in Aubane; returns what `file_case` does."""
    raw = {"category": category, "where": "road", "words": "Un trou devant l'école"}
    defaults = {"lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "commune": "13901", "channel": "portal", "contact": contact}
    return file_case(prepare_case(Report, raw, **defaults | known))


def take(case_id, action, **data):
    """Let whoever may take `action` take it."""
    actor = {"object": RESIDENT, "answer": RESIDENT, "follow": RESIDENT, "no_answer": SYSTEM}.get(action, ANA)
    contact = data.pop("contact", None)
    return act_on(case_id, Command(action, actor, data, contact=contact))


class MailServer(socketserver.ThreadingTCPServer):
    """An SMTP server on a port of its own. `says`: its answers to recipients; `hangs_up`: after a mail's text, unanswered.

    `tells`: it offers notices of delivery (RFC 3461). `envelopes` keeps what it was told of senders and recipients."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, says=None, hangs_up=False, tells=False):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.says, self.hangs_up, self.received, self.greeted = says or {}, hangs_up, [], 0
        self.tells, self.envelopes = tells, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.greeted += 1
        self._say("220 castelmer.example")
        for line in self.rfile:
            verb, rest = line.decode().strip()[:4].upper(), line.decode().strip()[4:]
            if verb == "QUIT":
                return self._say("221 bye")
            if verb == "DATA":
                self._say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                if self.server.hangs_up:
                    return None
                self.server.received.append(text.decode())
                self._say("250 taken")
            elif verb == "EHLO" and self.server.tells:
                self.wfile.write(b"250-castelmer.example\r\n250 DSN\r\n")
            elif verb == "MAIL":
                self.server.envelopes.append(rest)
                self._say("250 ok")
            elif verb == "RCPT":
                self.server.envelopes.append(rest)
                who = rest.partition("<")[2].partition(">")[0]
                self._say(self.server.says.get(who, "250 ok"))
            else:
                self._say("250 castelmer.example")
        return None

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
