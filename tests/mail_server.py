"""A real mail server on the loopback for the tests: keeps what it gets, refuses what it is told to, or hangs."""

import socket
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Kept:
    """Keeps each mail. `refusals` maps an address to the answer that it gets."""

    def __init__(self):
        self.mails = []
        self.refusals = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def receivers(self):
        return sorted(mail["To"] for mail in self.mails)


class AnyPort(Controller):
    """Listens on a port that the system gives, and knows which."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(settings):
    """A server to which the portal sends while it is open."""
    kept = Kept()
    controller = AnyPort(kept, hostname="127.0.0.1", port=0)
    controller.start()
    send_to(controller.port, settings)
    try:
        yield kept
    finally:
        controller.stop()


@contextmanager
def no_mail_server(settings):
    """While it is open the portal sends to a port at which nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        send_to(unused.getsockname()[1], settings)
        yield


class Hanging:
    """Accepts and never answers; or says `greeting`, one letter each half second, which no single wait notices."""

    def __init__(self, greeting=b""):
        self.greeting, self.callers = greeting, []
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                self.callers.append(self.listening.accept()[0])
            except OSError:  # closed
                return
            threading.Thread(target=self._greet, args=[self.callers[-1]], daemon=True).start()

    def _greet(self, caller):
        for place in range(len(self.greeting)):
            try:
                caller.send(self.greeting[place : place + 1])
            except OSError:  # the caller has gone
                return
            time.sleep(0.5)

    def close(self):
        for one in (self.listening, *self.callers):
            one.close()


@contextmanager
def hanging_mail_server(settings, greeting=b""):
    """While it is open the portal sends to a server that accepts and never answers."""
    hanging = Hanging(greeting)
    send_to(hanging.port, settings)
    try:
        yield hanging
    finally:
        hanging.close()


def send_to(port, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
