"""The advisory groups' decisions to appoint a Coordinator, as fields of a form (clause A0)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import GroupCode
from iscg_portal.fixed_terms import lazy_initials
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.day_field import DATE_ATTRS, DayInput, PrintedDay
from iscg_portal.text_fields import TypedLine
from subjects.acts import appoint, appointment

APPOINTED_BY = (
    _("Appointed by"),
    {
        "description": _("One to three advisory groups appoint a Coordinator, each by its own decision."),
        "fields": ["rag", "tsag", "tdag"],
    },
)


class AppointmentWidget(forms.MultiWidget):
    """A box to tick, the day and the document of one group's decision."""

    def __init__(self, group):
        name = lazy_initials(group)
        of_document, of_day = (
            {"aria-label": lazy(with_colon, str)(name, words)} for words in (_("its document"), _("decided on"))
        )
        box = forms.CheckboxInput(attrs={"aria-label": format_lazy("{} {}", _("appointed by"), name)})
        text = forms.TextInput(attrs={"size": 20, "placeholder": _("document"), **of_document})
        day = PrintedDay({**DATE_ATTRS, **of_day})
        super().__init__({"appointed": box, "decided_on": day, "document": text})

    def decompress(self, value):
        return [True, value.decided_on, value.document] if value else [False, None, ""]


class AppointmentField(forms.MultiValueField):
    """One group's appointment: a new one, unsaved, or None."""

    def __init__(self, group, **options):
        self.group = group
        options["widget"] = AppointmentWidget(group)
        parts = [
            forms.BooleanField(required=False),
            DayInput(required=False, has_happened=True),
            TypedLine(required=False, max_length=200),
        ]
        super().__init__(parts, required=False, require_all_fields=False, label=lazy_initials(group), **options)

    def compress(self, values):
        appointed, decided_on, document = values or [False, None, ""]
        if not appointed and (decided_on or document):
            raise ValidationError(_("Tick the group as well, or leave its day and document blank."))
        return appointment(self.group, document, decided_on) if appointed else None

    def in_words(self, one):
        """The document and the day of the decision."""
        decided = _("decided on %(day)s") % {"day": print_date(one.decided_on)} if one.decided_on else ""
        return with_commas(part for part in (one.document, decided) if part) or gettext("yes")

    def has_changed(self, initial, data):
        before = self.widget.decompress(initial)
        try:
            now = self.clean(data)
        except ValidationError:
            return True
        return before != self.widget.decompress(now)


class AppointmentFields(forms.Form):
    """Mixin of a form: the three groups, RAG, TSAG and TDAG."""

    rag = AppointmentField(GroupCode.RAG.value)
    tsag = AppointmentField(GroupCode.TSAG.value)
    tdag = AppointmentField(GroupCode.TDAG.value)
    appointment_fields = ["rag", "tsag", "tdag"]

    def appointments(self):
        """The appointments as entered."""
        return [self.cleaned_data[name] for name in self.appointment_fields if self.cleaned_data.get(name)]

    def show_appointments(self, coordinator):
        """Fill the fields with what is on record."""
        self.on_record = {row.group: row for row in coordinator.appointments.all()}
        for name in self.appointment_fields:
            self.initial.setdefault(name, self.on_record.get(name.upper()))

    def save_appointments(self, coordinator, reason, by):
        """Save them; a link that is on record and not shown here stays."""
        wanted = self.appointments()
        for one in wanted:
            one.document_url = one.document_url or getattr(self.on_record.get(one.group), "document_url", "")
        appoint(coordinator, wanted, reason=reason, by=by)
