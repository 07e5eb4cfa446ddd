"""What stood when a page of the admin was opened, so that nobody overwrites a colleague unawares."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iscg_portal.adminkit import history

FIELD = "opened_version"
NAMED_AT_MOST = 5


def version_of(sources):
    """A short text that names the newest history row of every table on the page."""
    return ",".join(f"{_label(source)}:{_newest(source)}" for source in sources)


def refusal(sources, opened):
    """The sentence for who saved since the page was opened, as a ValidationError; None if nobody did."""
    then = _read(opened)
    newer = [source.filter(history_id__gt=then[_label(source)]) for source in sources if _label(source) in then]
    rows = history.load(newer)
    if not rows:
        return None
    told = [_told(entry) for entry in history.entries(rows[:NAMED_AT_MOST], history.load(sources))]
    return ValidationError(
        [
            _("Someone saved this record after you opened it. Nothing was saved yet; what you typed is kept below."),
            *told,
            _("Look at what they changed. If you save again, what you typed replaces it."),
        ]
    )


def _told(entry):
    record = entry.record
    when = date_format(timezone.localtime(record.history_date), "DATETIME_FORMAT")
    who = record.history_user or _("a command or a mailed link")
    changes = "; ".join(f"{change.field}: {change.old} → {change.new}" for change in entry.changes)
    told = f"{when}, {who}: {entry.about}, {entry.kind}"
    return f"{told} ({changes})" if changes else told


def _label(source):
    return source.model._meta.label_lower


def _newest(source):
    return source.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def _read(opened):
    pairs = [part.rpartition(":") for part in opened.split(",")]
    return {label: int(number) for label, _colon, number in pairs if number.isascii() and number.isdigit()}
