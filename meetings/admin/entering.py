"""“Enter a document…” and “Revision, corrigendum, addendum…”: numbers are given when the page is saved."""

from django import forms
from django.contrib import admin
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.plain_fields import SearchOrChoose
from iscg_portal.tenure.dates import today
from iscg_portal.text_fields import TypedLine
from meetings.acts import register
from meetings.admin.parts import SubjectsField
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
        made = fields_for_model(Document, [*OF_THE_DOCUMENT, *OF_THE_RECORD])
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


class NumberForm(ActForm):
    """Which number a paper gets: the next one of a meeting in the register, or one that it has already."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=gettext_lazy("Meeting"),
        required=False,
        help_text=gettext_lazy("The register gives the next number of this meeting."),
    )
    number = TypedLine(label=gettext_lazy("Number it has already"), required=False, max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = Meeting.objects.of_the_group()


class NewDocumentForm(DocumentFields, NumberForm):
    """A document of a meeting: the register gives its number, unless it brings one."""

    lay_out = [
        (None, ["meeting", "number"]),
        (gettext_lazy("What its header says"), [*OF_THE_DOCUMENT]),
        (gettext_lazy("In the register"), ["agenda_item", "about", "visibility", "reason"]),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _(
            "Only where it has one: ISCG/25-1/03, ISCG/25-1/03 (Rev.1), or of the archive ISCT-18/12, TDAG/ISCT/5."
        )
        self.fieldsets = [(title, {"fields": names}) for title, names in self.lay_out]

    def clean(self):
        cleaned = super().clean()
        if not self.names_its_place(cleaned):
            self.add_error("meeting", _("Choose the meeting, or give the number that the document has already."))
        return cleaned

    def names_its_place(self, cleaned):
        """Whether the form says which number the document has or gets."""
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


class VariantForm(DocumentFields):
    """A revision, corrigendum or addendum; it begins with what its document says."""

    variant = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Document.Variant, widget=forms.RadioSelect)

    def __init__(self, document, *args, **kwargs):
        super().__init__(*args, meeting=document.meeting, **kwargs)
        self.fieldsets = [
            (None, {"fields": ["variant"]}),
            (_("What its header says"), {"fields": [*OF_THE_DOCUMENT]}),
            (_("In the register"), {"fields": ["agenda_item", "about", "visibility", "reason"]}),
        ]

    @staticmethod
    def beginning(document):
        """What the form shows at first."""
        same = ("type", "purpose", "original_language", "submitted_by", "contact_role", "visibility")
        return {
            **{name: getattr(document, name) for name in same},
            "title": document.text("title"),
            "agenda_item": document.agenda_item_id,
            "about": [link.subject_id for link in document.subject_links.all()],
            "variant": Document.Variant.REVISION,
            "dated_on": today(),
        }

    def entered_after(self, base, by):
        """The document, in the register after that which it changes."""
        data = self.cleaned_data
        options = {"subjects": data["about"], "reason": data["reason"], "by": by}
        return register.enter_variant(self.document(), base, data["variant"], **options)


class Entering:
    """Mixin of the document's ModelAdmin: documents are entered by an act, which gives the number."""

    acts_of_it = ("variant",)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        too_far = obj.variant == Document.Variant.REVISION or (obj.base_id and obj.base.base_id)
        if self.has_add_permission(request) and not too_far:
            yield _("Revision, corrigendum, addendum…"), self.act_url("variant", obj)

    def add_view(self, request, form_url="", extra_context=None):
        """The form of a new document; one that was removed is restored on the ordinary form."""
        if self.restored_version(request):
            return super().add_view(request, form_url, extra_context)
        self.require(self.has_add_permission(request))
        meeting = meeting_asked(request)
        first = {"meeting": meeting, "dated_on": today(), "original_language": "en"}
        form = NewDocumentForm(request.POST or None, initial=first, meeting=meeting)
        document = attempt(form, lambda: self._entered(form, request.user))
        if document is not None:
            return self.was_entered(request, document)
        lead = _("The number is given when you press the button, and is never given again.")
        return self.act_page(request, None, form, title=_("Enter a document"), act=_("Enter it"), lead=lead)

    def _entered(self, form, by):
        document, data = form.document(), form.cleaned_data
        enter = register.enter if document.number else register.number_and_enter
        return enter(document, subjects=data["about"], reason=data["reason"], by=by)

    def variant_view(self, request, object_id):
        base = self.object_or_404(request, object_id)
        self.require(self.has_add_permission(request))
        form = VariantForm(base, request.POST or None, initial=VariantForm.beginning(base))
        document = attempt(form, lambda: form.entered_after(base, request.user))
        if document is not None:
            return self.was_entered(request, document)
        title = _("Revision, corrigendum or addendum of %(document)s") % {"document": base}
        lead = _("It gets the next number of its kind. What it changes stays on record.")
        return self.act_page(request, base, form, title=title, act=_("Enter it"), lead=lead)

    def was_entered(self, request, document):
        """To the page of a document that has just got its number."""
        self.log_addition(request, document, _("Entered in the register."))
        return self.act_done(request, _("%(document)s is in the register.") % {"document": document}, document)


def meeting_asked(request):
    """The meeting that the address names, as `?meeting=7`, or None."""
    asked = request.GET.get("meeting", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 18
    return Meeting.objects.filter(pk=asked).first() if known else None
