"""Meetings in the admin: a whole meeting on one page, with its agenda, deadlines, attendance and documents (W3, W4)."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, TranslatedRecordAdmin
from iscg_portal.adminkit.inlines import RowsInTable, RowsToSee
from iscg_portal.adminkit.scheduled import ScheduledForm, WhenFilter
from iscg_portal.adminkit.site import admin_address
from iscg_portal.bodies import MeetingBody
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.tenure.dates import print_date
from meetings.admin.decisions import DecisionRows, PresenceRows
from meetings.admin.files import languages_of
from meetings.admin.meeting_acts import MeetingActs
from meetings.admin.parts import AboutSubjectsForm
from meetings.models import AgendaItem, AgendaSubject, Attendance, Deadline, Document, Meeting


class AgendaForm(AboutSubjectsForm):
    """A point of the agenda, in English here; its other languages are on its own page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title_en" in self.fields:
            self.fields["title_en"].label = gettext_lazy("Title")


class AgendaRows(RowsInTable):
    """The agenda."""

    model = AgendaItem
    form = AgendaForm
    fields = ["number", "title_en", "about"]

    def get_queryset(self, request):
        links = AgendaSubject.objects.select_related("subject")
        return super().get_queryset(request).prefetch_related(Prefetch("subject_links", links))


class DeadlineRows(RowsInTable):
    """The deadlines, each with the moment on which it falls."""

    model = Deadline
    fields = ["kind", "days_before", "hour", "falls_on"]
    readonly_fields = ["falls_on"]

    @admin.display(description=gettext_lazy("falls on"))
    def falls_on(self, deadline):
        if not deadline.pk or deadline.due_on is None:
            return "—"
        return _("%(day)s, %(hour)s Geneva time") % {
            "day": print_date(deadline.due_on),
            "hour": f"{deadline.hour:%H:%M}",
        }


class AttendanceRows(RowsInTable):
    """How many took part."""

    model = Attendance
    fields = ["country", "capacity", "count"]
    autocomplete_fields = ["country"]
    related = ("country",)


class DocumentRows(RowsToSee):
    """The first documents of the meeting, and the way to the list of all; each is edited on its own page."""

    most = 10

    model = Document
    fields = ["number_with_link", "title_in_words", "type", "visibility", "languages"]
    ordering = ["sort_key"]
    show_change_link = False

    def get_queryset(self, request):
        meeting = unquote(request.resolver_match.kwargs.get("object_id", ""))
        every = format_html('<a href="{}">{}</a>', admin_address(Document, meeting=meeting), _("show all"))
        self.verbose_name_plural = format_html("{} ({})", Document._meta.verbose_name_plural, every)
        first = Document.objects.filter(meeting=meeting or None).order_by(*self.ordering)[: self.most]
        return super().get_queryset(request).filter(pk__in=first.values("pk")).prefetch_related("files")

    @admin.display(description=gettext_lazy("number"))
    def number_with_link(self, document):
        address = reverse("admin:meetings_document_change", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, document.number)

    @admin.display(description=gettext_lazy("title"))
    def title_in_words(self, document):
        return document.text("title")

    @admin.display(description=gettext_lazy("files"))
    def languages(self, document):
        return languages_of(document.files.all())


@admin.register(Meeting)
class MeetingAdmin(ImportExportPages, MeetingActs, TranslatedRecordAdmin):
    """A meeting of the group, of the Coordinators of a subject, or of a body around it."""

    form = ScheduledForm
    list_display = ["name_in_list", "title_in_words", "dates", "place", "state"]
    list_filter = [WhenFilter, "body", "state", "mode"]
    search_fields = ["code", "title_en", "place", "unit", "subject__code", "subject__title_en"]
    search_help_text = gettext_lazy("By code, title, place, study group or subject.")
    autocomplete_fields = ["subject", "together_with"]
    list_select_related = ["subject"]
    inlines = [AgendaRows, DeadlineRows, DecisionRows, PresenceRows, AttendanceRows, DocumentRows]
    help_at_fields = {
        "body": gettext_lazy("Whose meeting it is."),
        "title_en": gettext_lazy("As the invitation prints it."),
        "ends_on": gettext_lazy("Blank for a meeting of one day."),
        "closes_at": gettext_lazy("On the last day, in the meeting’s own time zone."),
        "place": gettext_lazy("The city, and the building where it is known."),
        "mode": gettext_lazy("Whether people meet in a room, online, or both."),
        "web_url": gettext_lazy("The page of the meeting on the site of its own body."),
        "state": gettext_lazy("A meeting is held only once it has taken place."),
        "result_en": gettext_lazy("What came of it, in a few sentences."),
    }
    record_fieldsets = [
        (None, {"fields": ["body", "title", "subject", "unit", "code", "original_language"]}),
        (
            gettext_lazy("When"),
            {"fields": [("starts_on", "precision"), "ends_on", ("opens_at", "closes_at"), "time_zone"]},
        ),
        (
            gettext_lazy("Where and how"),
            {
                "fields": [
                    "place",
                    "mode",
                    "together_with",
                    "web_url",
                    "registration_url",
                    "webcast_url",
                    "captions_url",
                    "remote_url",
                ]
            },
        ),
        (gettext_lazy("Whether it takes place"), {"fields": ["state", "state_note"]}),
        (gettext_lazy("Afterwards"), {"fields": ["result"]}),
        SOURCE,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("subject", "together_with")

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_inlines(self, request, obj):
        """What a meeting has before it is held; decisions and presence once it has begun."""
        later = set()
        if obj is None or not obj.has_begun:
            later |= {DecisionRows, PresenceRows}
        if obj is None:
            later |= {AttendanceRows, DocumentRows}
        elif obj.body != MeetingBody.ISCG:
            later.add(PresenceRows)
        return [rows for rows in self.inlines if rows not in later]

    def get_view_on_site_url(self, obj=None):
        return obj and obj.get_absolute_url()

    @admin.display(description=gettext_lazy("meeting"), ordering="code")
    def name_in_list(self, meeting):
        return meeting.name

    @admin.display(description=gettext_lazy("dates"), ordering="starts_on")
    def dates(self, meeting):
        return meeting.dates
