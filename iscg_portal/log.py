"""What the log may say: never the secret of a one-time link, whatever wrote the line."""

import logging
import re

# As `mail.one_time` and the signatures of following are, with whatever was typed behind them. A capital letter tells
# them from the long names in addresses.
SECRET = re.compile(r"(?<=[/.:])(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{43,}")
HIDDEN = "…"


class WithoutSecrets(logging.Formatter):
    """Named in the settings: a line, with its trace if it has one, in which the secrets of links are unreadable.

    Django logs the path of what it refuses before a page could say that it is a key: what is too large, sent to
    another host, or has a letter too many at its end.
    """

    def format(self, record):
        return SECRET.sub(HIDDEN, super().format(record))


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
        # They tell every step of every page of a PDF.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
