"""The fields with which a document is entered: what its header says, in one language."""

from django import forms
from django.contrib import admin
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import DAY_WIDGET, ActForm
from iscg_portal.adminkit.plain_fields import SearchOrChoose
from meetings.admin.about_subjects import SubjectsField
from meetings.models import AgendaItem, Document, Meeting

OF_THE_DOCUMENT = ["type", "purpose", "title", "original_language", "submitted_by", "contact_role", "dated_on"]
OF_THE_RECORD = ["visibility"]
RECENT_MEETINGS = 10


class AgendaItemField(forms.ModelChoiceField):
    """A point of an agenda, under its meeting: of the meeting given, else of the last ones."""

    def __init__(self, meeting=None):
        super().__init__(AgendaItem.objects.all(), label=gettext_lazy("Agenda item"), required=False)
        meetings = [meeting] if meeting else list(Meeting.objects.of_the_group()[:RECENT_MEETINGS])
        groups = {}
        for item in AgendaItem.objects.filter(meeting__in=meetings).select_related("meeting"):
            groups.setdefault(str(item.meeting), []).append((item.pk, str(item)))
        self.choices = [("", "—"), *groups.items()]


class DocumentFields(ActForm):
    """A document as it is entered. `facts` are its fields, `subjects` what it is about."""

    about = SubjectsField()

    def __init__(self, *args, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        made = fields_for_model(Document, [*OF_THE_DOCUMENT, *OF_THE_RECORD], widgets={"dated_on": DAY_WIDGET})
        made["title"].widget = forms.Textarea(attrs={"rows": 2, "cols": 60})
        made["submitted_by"].widget.attrs["size"] = made["contact_role"].widget.attrs["size"] = 60
        made["agenda_item"] = AgendaItemField(meeting)
        self.fields = made | self.fields

    def document(self):
        """A new document with these facts, its title in its own language."""
        data = self.cleaned_data
        names = [*OF_THE_DOCUMENT, *OF_THE_RECORD, "agenda_item"]
        facts = {name: data[name] for name in names if name != "title"}
        title = f"title_{data['original_language'].replace('-', '_')}"
        return Document(**facts, **{title: " ".join(data["title"].split())})


class NewDocumentForm(DocumentFields):
    """A document of a meeting: the register gives its number, unless it brings one."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=gettext_lazy("Meeting"),
        required=False,
        help_text=gettext_lazy("The register gives the next number of this meeting."),
    )
    number = forms.CharField(
        label=gettext_lazy("Number it has already"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Only where it has one: ISCG/25-1/03, ISCG/25-1/03 (Rev.1), or of the archive ISCT-18/12, TDAG/ISCT/5."
        ),
    )
    lay_out = [
        (None, ["meeting", "number"]),
        (gettext_lazy("What its header says"), [*OF_THE_DOCUMENT]),
        (gettext_lazy("In the register"), ["agenda_item", "about", "visibility", "reason"]),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = Meeting.objects.of_the_group()
        self.fieldsets = [(title, {"fields": names}) for title, names in self.lay_out]

    def clean(self):
        cleaned = super().clean()
        if not self.names_its_place(cleaned):
            self.add_error("meeting", _("Choose the meeting, or give the number that the document has already."))
        return cleaned

    def names_its_place(self, cleaned):
        """Whether it can be told which number the document has or gets."""
        return bool(cleaned.get("meeting") or cleaned.get("number"))

    def document(self):
        document = super().document()
        document.meeting, document.number = self.cleaned_data["meeting"], self.cleaned_data["number"]
        return document


class DocumentOnRecord(forms.ModelChoiceField):
    """A document of the register, searched while typing."""

    def __init__(self, **options):
        super().__init__(Document.objects.order_by("-sort_key"), required=False, **options)
        self.widget = SearchOrChoose(Document._meta.get_field("base"), admin.site)
        self.widget.choices = self.choices
