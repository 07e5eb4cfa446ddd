"""What the log may say: no secret of a link and nobody's address, whatever wrote the line; one line of a refusal."""

import logging
import re

# As `mail.one_time` and the signatures of following are, with whatever was typed behind them. A capital letter tells
# them from the long names in addresses.
SECRET = re.compile(r"(?<=[/.:])(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{43,}")
HIDDEN = "…"
# E-mail addresses, as a trace of the database or of a mail server names them.
MAILBOX = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# What would begin another line, or move the terminal of who reads it.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class WithoutSecrets(logging.Formatter):
    """Named in the settings: a line, with its trace if it has one, in which secrets and addresses are unreadable.

    Django logs the path of what it refuses before a page could say that it is a key: what is too large, sent to
    another host, or has a letter too many at its end. A refusal is no error of ours: its trace says nothing.
    """

    def format(self, record):
        line = logging.makeLogRecord(vars(record))
        if 400 <= getattr(line, "status_code", 0) < 500:
            line.exc_info = line.exc_text = line.stack_info = None
        return MAILBOX.sub(HIDDEN, SECRET.sub(HIDDEN, super().format(line)))

    def formatMessage(self, record):
        record.message = CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], record.message)
        return super().formatMessage(record)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": WithoutSecrets, "format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # It warns at each HEAD, to which Django gives a body that is dropped.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # They tell every step of every page of a PDF.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
