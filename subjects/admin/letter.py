"""“Coordinators for a letter”: those of today in a file for people, headed in words, beside the file for machines."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.tables.files import CONTENT_TYPES, guarded, xlsx_of
from iscg_portal.tenure.dates import today
from members.models import ContactData
from subjects.models import Coordinator

EXPORT, SEES_ADDRESSES = "subjects.export_coordinator", "members.view_contactdata"


class ForALetter:
    """Mixin of the Coordinator's ModelAdmin: the file, and its button on the list."""

    def get_urls(self):
        return [*self.named_paths([("for-a-letter/", self.letter_view, "for-a-letter")]), *super().get_urls()]

    def list_buttons(self, request):
        address = reverse("admin:subjects_coordinator_for-a-letter")
        letter = [(_("Coordinators for a letter"), address)] if request.user.has_perm(EXPORT) else []
        return [*super().list_buttons(request), *letter]

    def letter_view(self, request):
        """An XLSX of today's Coordinators in the order of their subjects; addresses for who may see them."""
        self.require(request.user.has_perm(EXPORT))
        lines = [[guarded(str(cell)) for cell in line] for line in _lines(request.user.has_perm(SEES_ADDRESSES))]
        response = HttpResponse(xlsx_of(_("Coordinators"), lines), content_type=CONTENT_TYPES["xlsx"])
        response["Content-Disposition"] = f'attachment; filename="coordinators-{today().isoformat()}.xlsx"'
        return response


def _lines(with_addresses):
    """The heads in words, then a line a Coordinator. Two queries at most, one more for former names of countries."""
    heads = [_("Title"), _("Name"), _("Country or organization"), _("Subject"), _("Title of the subject")]
    yield [*heads, _("E-mail address")] if with_addresses else heads
    rows = Coordinator.objects.in_office(today()).select_related("person", "country", "subject")
    addresses = dict(ContactData.objects.values_list("person_id", "email")) if with_addresses else {}
    for row in rows.order_by("subject__code"):
        person, subject = row.person, row.subject
        line = [person.honorific, person.name, row.for_whom, subject.code, capfirst(subject.text("title"))]
        yield [*line, addresses.get(person.pk, "")] if with_addresses else line
