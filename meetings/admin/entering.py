"""“Enter a document…” and “Revision, corrigendum, addendum…”: numbers are given when the page is saved."""

from django import forms
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import attempt
from iscg_portal.tenure.dates import today
from meetings import register
from meetings.admin.document_fields import OF_THE_DOCUMENT, DocumentFields, NewDocumentForm
from meetings.models import Document, Meeting


class VariantForm(DocumentFields):
    """A revision, corrigendum or addendum; it begins with what its document says."""

    variant = forms.ChoiceField(label=gettext_lazy("It is a"), choices=Document.Variant, widget=forms.RadioSelect)

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


class Entering:
    """Mixin of the document's ModelAdmin: documents are entered by an act, which gives the number."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.variant_view)
        return [path("<path:object_id>/variant/", view, name="meetings_document_variant"), *super().get_urls()]

    def object_acts(self, request, obj):
        acts = super().object_acts(request, obj)
        too_far = obj.variant == Document.Variant.REVISION or (obj.base_id and obj.base.base_id)
        if self.has_add_permission(request) and not too_far:
            acts.append((_("Revision, corrigendum, addendum…"), self.act_url("variant", obj)))
        return acts

    def add_view(self, request, form_url="", extra_context=None):
        """The form of a new document; one that was removed is restored on the ordinary form."""
        if self.restored_version(request):
            return super().add_view(request, form_url, extra_context)
        self.require(self.has_add_permission(request))
        meeting = meeting_asked(request)
        first = {"meeting": meeting, "dated_on": today(), "original_language": "en"}
        form = NewDocumentForm(request.POST or None, initial=first, meeting=meeting)
        if request.method == "POST" and form.is_valid():
            document = attempt(form, lambda: self._entered(form, request.user))
            if document is not None:
                return self.was_entered(request, document)
        lead = _("The number is given when you press the button, and is never given again.")
        return self.act_page(request, None, form, title=_("Enter a document"), act=_("Enter it"), lead=lead)

    def _entered(self, form, by):
        document, data = form.document(), form.cleaned_data
        enter = register.enter if document.number else register.register
        return enter(document, subjects=data["about"], reason=data["reason"], by=by)

    def variant_view(self, request, object_id):
        base = self.object_or_404(request, object_id)
        self.require(self.has_add_permission(request))
        form = VariantForm(base, request.POST or None, initial=VariantForm.beginning(base))
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            options = {"subjects": data["about"], "reason": data["reason"], "by": request.user}
            document = attempt(form, lambda: register.enter_variant(form.document(), base, data["variant"], **options))
            if document is not None:
                return self.was_entered(request, document)
        title = _("Revision, corrigendum or addendum of %(document)s") % {"document": base}
        lead = _("It gets the next number of its kind. What it changes stays on record.")
        return self.act_page(request, base, form, title=title, act=_("Enter it"), lead=lead)

    def was_entered(self, request, document):
        """To the page of a document that has just got its number."""
        self.log_addition(request, document, _("Entered in the register."))
        self.act_done(request, _("%(document)s is in the register.") % {"document": document})
        return HttpResponseRedirect(self.change_url(document))


def meeting_asked(request):
    """The meeting that the address names, as `?meeting=7`, or None."""
    asked = request.GET.get("meeting", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 18
    return Meeting.objects.filter(pk=asked).first() if known else None
