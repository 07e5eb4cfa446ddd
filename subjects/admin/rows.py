"""What belongs to a subject, as rows on its page (A0, A2, A3, F1)."""

from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE_FIELDS
from iscg_portal.adminkit.inlines import RowsInFull, RowsInTable
from iscg_portal.adminkit.record_form import PeriodForm
from subjects.admin.appointments import AppointmentFields
from subjects.models import Coordinator, FocalPoint, FocalPointRecord, Listing, Mandate, Partnership

PERIOD = [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]


class CoordinatorForm(AppointmentFields, PeriodForm):
    """A Coordinator with the advisory groups' appointments."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.on_record = {}
        if self.instance.pk:
            self.show_appointments(self.instance)

    def save_parts(self, *, reason="", by=None):
        if set(self.changed_data) & set(self.appointment_fields):
            self.save_appointments(self.instance, reason, by)


class CoordinatorRows(RowsInFull):
    """The subject's Coordinators; the record's other fields are on each one's own page."""

    model = Coordinator
    form = CoordinatorForm
    autocomplete_fields = ["person", "country"]
    readonly_fields = ["acts"]
    fieldsets = [
        (None, {"fields": ["acts", ("person", "country"), "organization", ("starts_on", "starts_precision")]}),
        (gettext_lazy("Appointed by"), {"fields": ["rag", "tsag", "tdag"]}),
        (None, {"fields": [("ends_on", "ends_precision"), "how_ended"]}),
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("person", "country")
        return rows.prefetch_related("appointments").order_by("-starts_on")


class FocalPointRows(RowsInTable):
    """The subject's Focal Points, of the advisory groups and of the secretariat."""

    model = FocalPoint
    related = ["person", "country"]
    form = PeriodForm
    fields = [
        "body",
        "person",
        "country",
        *PERIOD,
        "name_is_public",
    ]
    autocomplete_fields = ["person", "country"]


class FocalPointRecordRows(RowsInTable):
    """Since when it is known who stands for each body."""

    model = FocalPointRecord
    verbose_name_plural = gettext_lazy("from when the record of each body’s Focal Points is complete")
    fields = ["body", "recorded_from"]


class ListingRows(RowsInTable):
    """When the subject was on the list."""

    model = Listing
    form = PeriodForm
    fields = [*PERIOD, "document", "source_dated_on"]


class MandateRows(RowsInTable):
    """The resolutions behind the subject."""

    model = Mandate
    related = ["resolution"]
    form = PeriodForm
    fields = ["resolution", *PERIOD]
    autocomplete_fields = ["resolution"]


class PartnershipRows(RowsInTable):
    """The external organizations that work on the same subject."""

    model = Partnership
    related = ["partner"]
    verbose_name = gettext_lazy("partner organization")
    verbose_name_plural = gettext_lazy("partner organizations")
    fields = ["partner", *SOURCE_FIELDS]
    autocomplete_fields = ["partner"]
