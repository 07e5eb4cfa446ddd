"""Subjects in the admin, with everything that belongs to one on its page (A0, A2, A3, F1)."""

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, TranslatedRecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.site import admin_address
from iscg_portal.collation import InOrder
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.languages import with_colon
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.office_on import OfficeState
from subjects.admin.mandate_looks import of_the_subject, print_changes
from subjects.admin.rows import (
    CoordinatorRows,
    FocalPointRecordRows,
    FocalPointRows,
    ListingRows,
    MandateRows,
    PartnershipRows,
)
from subjects.models import Coordinator, FocalPoint, Subject
from subjects.models.listings import STATES

BEFORE_ADDING = gettext_lazy(
    "A new subject is not on the list: give it its time on the list below once the list with it is adopted. The theme"
    " rule is judged by its mandates: a PP resolution that calls for coordination, or a PP resolution and a Sector’s."
)


class ListedFilter(SimpleListFilter):
    """Where the subject stands on the list today."""

    title = gettext_lazy("on the list today")
    parameter_name = "listed"

    def lookups(self, request, model_admin):
        return list(STATES.items())

    def queryset(self, request, queryset):
        return queryset.in_state(self.value(), today()) if self.value() in STATES else queryset


class CoordinatorFilter(OfferedFilter):
    """Subjects without a Coordinator today, as far as the record tells."""

    title = gettext_lazy("Coordinator today")
    parameter_name = "coordinator"
    offered = [
        (state.in_address, state.label, lambda rows, state=state: rows.in_office_state(state, today()))
        for state in OfficeState
    ]


@admin.register(Subject)
class SubjectAdmin(ImportExportPages, TranslatedRecordAdmin):
    """A subject of mutual interest with its Coordinators, Focal Points, listings, mandates and partners."""

    list_display = ["code", "title_in_words", "sectors", "coordinator_today", "recorded_from", "grade"]
    list_filter = [
        ListedFilter,
        CoordinatorFilter,
        "in_r",
        "in_t",
        "in_d",
        "in_gs",
        ("recorded_from", admin.EmptyFieldListFilter),
        ("mandates_recorded_from", admin.EmptyFieldListFilter),
        "grade",
    ]
    help_at_fields = {
        "code": gettext_lazy("A short word in capitals, printed beside the title."),
        "title_en": gettext_lazy("As the list of subjects prints it."),
        "summary_en": gettext_lazy("A few sentences for readers who do not know the subject."),
    }
    search_fields = ["code", "title_en"]
    inlines = [CoordinatorRows, FocalPointRows, FocalPointRecordRows, ListingRows, MandateRows, PartnershipRows]

    @property
    def record_fieldsets(self):
        return [
            (None, {"fields": ["code", "title", "summary", "slug", "original_language", "wikidata"]}),
            (
                gettext_lazy("Concerns"),
                {
                    "description": gettext_lazy("At least two: a subject is of mutual interest."),
                    "fields": [("in_r", "in_t", "in_d", "in_gs")],
                },
            ),
            (gettext_lazy("Coordinator"), {"fields": ["recorded_from"]}),
            (gettext_lazy("Mandates"), {"fields": ["mandates_recorded_from"]}),
            SOURCE,
        ]

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        if obj is not None:
            found.insert(1, (gettext_lazy("Theme rule and list"), {"fields": ["theme_rule", "list_today"]}))
            found.insert(2, (gettext_lazy("Mandates after a conference"), {"fields": ["changed_mandates"]}))
        else:
            found[0] = (None, {**found[0][1], "description": BEFORE_ADDING})
        return found

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        self._say_what_follows(request, obj)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self._say_what_follows(request, obj)
        return response

    def _say_what_follows(self, request, obj):
        """Whether it is on the list, and what the theme rule says."""
        subject = Subject.objects.read_listings(today()).read_mandates(today()).get(pk=obj.pk)
        if not subject.listing.is_on_the_list:
            message = _("%(subject)s is not on the list today. Enter its time on the list once it is adopted.")
            self.message_user(request, message % {"subject": subject.code}, messages.WARNING)
        self.message_user(request, _("Theme rule: %(verdict)s") % {"verdict": self.theme_rule(subject)}, messages.INFO)

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "theme_rule", "list_today", "changed_mandates"] if obj else []

    def get_queryset(self, request):
        found, on = super().get_queryset(request), today()
        is_one = request.resolver_match is not None and "object_id" in request.resolver_match.kwargs
        return found.read_mandates(on).read_listings(on) if is_one else found.read_coordinator(on)

    @admin.display(description=gettext_lazy("today"))
    def theme_rule(self, subject):
        return with_colon(subject.theme.word, subject.theme.sentence)

    @admin.display(description=gettext_lazy("on the list"))
    def list_today(self, subject):
        return subject.listing.full_phrase

    @admin.display(description=gettext_lazy("since the conference"))
    def changed_mandates(self, subject):
        return print_changes(subject, today())

    @admin.display(description=gettext_lazy("title"), ordering=InOrder())
    def title_in_words(self, record):
        return super().title_in_words(record)

    @admin.display(description=gettext_lazy("concerns"))
    def sectors(self, subject):
        return " ".join(subject.scope)

    @admin.display(description=gettext_lazy("Coordinator today"))
    def coordinator_today(self, subject):
        return subject.office.tenure.person if subject.office.tenure else subject.office.label

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        yield from of_the_subject(request, obj)
        coordinators = self.admin_site._registry[Coordinator]
        present = Coordinator.objects.in_office(today()).filter(subject=obj).first()
        if present is not None and coordinators.may_replace(request, present):
            yield _("Replace the Coordinator…"), coordinators.act_url("replace", present)
            yield _("Coordinator falls vacant…"), coordinators.act_url("falls-vacant", present)
        elif present is None and coordinators.may_name(request):
            yield _("Name a Coordinator…"), admin_address(Coordinator, page="name", subject=obj.pk)
        if self.admin_site._registry[FocalPoint].has_add_permission(request):
            yield _("Appoint a Focal Point…"), admin_address(FocalPoint, page="appoint", subject=obj.pk)
