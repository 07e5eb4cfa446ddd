"""Makes it an error that a public page loads a column which its query left out: what is private stays unread."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model

from iscg_portal.web import public_page

being_made = ContextVar("being_made", default=False)


@contextmanager
def marked():
    """While a public page, file, feed or calendar is made, in this thread."""
    before = being_made.set(True)
    try:
        yield
    finally:
        being_made.reset(before)


def watched(make):
    """`make(request, ...)`, the response of which is made under watch, what it streams included."""

    def made(*args):
        with marked():
            response = make(*args)
        if type(response).__name__ == "StreamingHttpResponse":
            response.streaming_content = streamed(response.streaming_content)
        return response

    return made


def streamed(content):
    parts = iter(content)
    while True:
        with marked():
            part = next(parts, None)
        if part is None:
            return
        yield part


def refusing(refresh):
    """`Model.refresh_from_db`, which Django calls with the name of a deferred field that somebody reads."""

    def refresh_from_db(self, using=None, fields=None, **kwargs):
        if being_made.get() and fields:
            left_out = f"{self._meta.label}.{', '.join(fields)}"
            raise AssertionError(f"A public page reads {left_out}, which its query left out.")
        return refresh(self, using, fields, **kwargs)

    return refresh_from_db


def forbid(patch):
    """Holds until the `pytest.MonkeyPatch` is undone."""
    patch.setattr(public_page, "_as_anyone", watched(public_page._as_anyone))
    patch.setattr(Model, "refresh_from_db", refusing(Model.refresh_from_db))
