"""What became of the editions of the list of subjects: adopted, withdrawn (F1)."""

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from changes.events import Event, first_said, moment_of, written_last
from iscg_portal.tenure.dates import GENEVA, print_date
from subjects.models import Edition


class EditionEvent(Event):
    """An edition was adopted, or withdrawn; `on` is the day of it, of a withdrawal that of its record."""

    TITLES = {
        "adopted": _("The list of subjects of %(day)s is adopted"),
        "withdrawn": _("The list of subjects of %(day)s is withdrawn"),
    }

    @property
    def title(self):
        return self.TITLES[self.kind] % {"day": print_date(self.about.adopted_on)}

    @property
    def details(self):
        return self.about.document, self.about.withdrawn_because if self.kind == "withdrawn" else ""

    @property
    def url(self):
        return self.about.get_absolute_url()


def newest_of_editions(_on):
    """The newest editions that were adopted, and the newest that were withdrawn. One query."""
    found = Edition.objects.public().filter(pk__in=written_last(Edition))
    for edition in found.annotate(
        stored_at=first_said(Edition, "adopted_on"),
        withdrawn_at=first_said(Edition, "adopted_on", withdrawn_because=OuterRef("withdrawn_because")),
    ):
        key, adopted_on = f"edition/{edition.pk}", edition.adopted_on
        yield EditionEvent(
            f"{key}/adopted", "adopted", edition, adopted_on, at=moment_of(edition.stored_at, adopted_on)
        )
        if edition.withdrawn_because:
            at = moment_of(edition.withdrawn_at, adopted_on)
            yield EditionEvent(f"{key}/withdrawn", "withdrawn", edition, at.astimezone(GENEVA).date(), at=at)
