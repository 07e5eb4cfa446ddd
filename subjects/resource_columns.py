"""Columns of subjects, resolutions and their Coordinators that no other table has."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import GroupCode
from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.importing.cells import Day, Reference, Text, Words
from iscg_portal.importing.columns import CellRefused, FileColumn, Links

DETAILS = {
    "decided_on": (Day, gettext_lazy("When this group appointed the Coordinator.")),
    "document": (Text, gettext_lazy("The number of this group's decision.")),
    "document_url": (Text, gettext_lazy("The web address of this group's decision.")),
}


def appointments_of(coordinator):
    """The appointments by group: as the file wants them, else as they are saved."""
    if "wanted_appointments" not in coordinator.__dict__:
        saved = coordinator.appointments.all() if coordinator.pk else []
        coordinator.wanted_appointments = {appointment.group: appointment for appointment in saved}
    return coordinator.wanted_appointments


class AppointedBy(FileColumn):
    """Which groups appointed the Coordinator; the columns after it say how."""

    is_child = True

    def __init__(self):
        explanation = gettext_lazy("The advisory groups that appointed the Coordinator, with semicolons between them.")
        super().__init__("appointed_by", Words(GroupCode), explanation, example="RAG; TSAG")

    def get_value(self, instance):
        return [group for group in GroupCode.values if group in appointments_of(instance)]

    def save(self, instance, row, is_m2m=False, **kwargs):
        there, wanted = appointments_of(instance), self.value_in(row)
        instance.wanted_appointments = {
            group: there.get(group) or instance.appointments.model(group=group) for group in wanted
        }

    def write(self, instance, reason, by):
        for appointment in instance.appointments.all():
            if appointment.group not in instance.wanted_appointments:
                remove_with_reason(appointment, reason, by)
        for appointment in instance.wanted_appointments.values():
            if appointment.pk is None:
                _save(appointment, instance, reason, by)


class AppointmentDetail(FileColumn):
    """One fact of one group's appointment, as in `rag_document`."""

    is_child = True

    def __init__(self, group, detail, cell, explanation):
        super().__init__(f"{group.lower()}_{detail}", cell, explanation)
        self.group, self.detail = group, detail

    def get_value(self, instance):
        return getattr(appointments_of(instance).get(self.group), self.detail, None)

    def save(self, instance, row, is_m2m=False, **kwargs):
        value = self.value_in(row)
        appointment = appointments_of(instance).get(self.group)
        if appointment is not None:
            setattr(appointment, self.detail, value)
        elif value:
            message = _("%(group)s is not in the column “appointed_by”.")
            raise CellRefused(self.column_name, message % {"group": self.group})

    def write(self, instance, reason, by):
        appointment = instance.wanted_appointments.get(self.group)
        if appointment is not None:
            _save(appointment, instance, reason, by)


def _save(appointment, coordinator, reason, by):
    appointment.coordinator = coordinator
    appointment.full_clean()
    save_with_reason(appointment, reason, by)


def appointment_columns():
    """Day, document and address for each of the three groups, by the columns' names."""
    columns = {}
    for group in GroupCode.values:
        for detail, (cell, explanation) in DETAILS.items():
            column = AppointmentDetail(group, detail, cell(), explanation)
            columns[column.column_name] = column
    return columns


def resolution_cell():
    """A resolution by its address, as in pp-191."""
    return Reference("subjects.Resolution", "slug", lambda each: [each.citation, each.short_citation])


def subjects_column():
    """The subjects that a row is about, by their codes."""
    cell = Reference("subjects.Subject", "code", lambda subject: [subject.title_en or ""])
    explanation = gettext_lazy("The codes of the subjects it is about, with semicolons between them.")
    return Links("subjects", cell, "subject_links", "subject", explanation, example="EMF; IOT")


def subject_column():
    """The subject of a row, by its code."""
    cell = Reference("subjects.Subject", "code", lambda subject: [subject.title_en or ""])
    return FileColumn("subject", cell, gettext_lazy("The subject's code."), required=True, example="EMF")
