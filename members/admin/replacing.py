"""“Replace…”: the page on which an office holder's successor is entered, over `members.acts.succession.succeed`."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import PublicActForm, attempt
from iscg_portal.adminkit.plain_fields import SearchOrChoose
from iscg_portal.bodies import DecisionBody
from iscg_portal.collation import InOrder
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedLine, TypedWebAddress
from members.acts.succession import Decision, succeed
from members.models import Country, Person, Representative


def offer(field, name, *, new=False):
    """Let a form's field be searched as one types, among the persons or countries that an office may name.

    They stand in the order of the page's language; `new` ones may be entered.
    """
    relation = Representative._meta.get_field(name)
    field.queryset = field.queryset.complex_filter(relation.get_limit_choices_to()).order_by(InOrder(), "pk")
    widget = SearchOrChoose(relation, admin.site)
    if new:
        widget = RelatedFieldWidgetWrapper(widget, relation.remote_field, admin.site, can_add_related=True)
    field.widget = widget
    widget.choices = field.choices


class DecisionForm(PublicActForm):
    """From which day, and by which decision."""

    on = DayInput(label=gettext_lazy("From"))
    decision_body = forms.ChoiceField(
        label=gettext_lazy("Decided by"), required=False, choices=[("", "—"), *DecisionBody.choices]
    )
    decision_document = TypedLine(
        label=gettext_lazy("Document"), required=False, max_length=200, help_text=gettext_lazy("Its number.")
    )
    decision_url = TypedWebAddress(
        label=gettext_lazy("Link to it"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"size": 60}),
    )

    def decision(self):
        """What was entered on the decision."""
        data = self.cleaned_data
        return Decision(data["decision_body"], data["decision_document"], data["decision_url"])


class ReplaceForm(DecisionForm):
    """Who comes, for whom, from when, by which decision."""

    person = forms.ModelChoiceField(Person.objects, label=gettext_lazy("Successor"))
    country = forms.ModelChoiceField(
        Country.objects,
        label=gettext_lazy("Country"),
        required=False,
        help_text=gettext_lazy("The country for which the successor sits."),
    )
    organization = TypedLine(
        label=gettext_lazy("Organization"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only where the successor does not sit for a country."),
    )
    how_ended = forms.ChoiceField(label=gettext_lazy("How the present term ends"))
    fieldsets = [
        (None, {"fields": ["person", "country", "organization", "on", "how_ended"]}),
        (gettext_lazy("Decision"), {"fields": ["decision_body", "decision_document", "decision_url"]}),
        (None, {"fields": ["reason", "public_reason"]}),
    ]
    facts = ["person", "country", "organization", "how_ended"]

    def __init__(self, tenure, *args, may_enter=False, **kwargs):
        self.tenure = tenure
        kwargs["initial"] = {"on": today(), "how_ended": "replaced", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["how_ended"].choices = tenure.HowEnded.choices
        self.fields["on"].help_text = _("On this day the successor is in office, and nobody else.")
        offer(self.fields["person"], "person", new=may_enter)
        offer(self.fields["country"], "country")

    def act(self, by):
        """Carry it out; returns the successor's row."""
        data = self.cleaned_data
        facts = {name: data[name] for name in self.facts}
        return succeed(
            self.tenure, facts.pop("person"), data["on"], self.decision(), reason=data["reason"], by=by, **facts
        )


class Replaceable:
    """Mixin of a TenureAdmin: the page `…/replace/`, and the button that leads to it."""

    replace_form = ReplaceForm

    def get_urls(self):
        return [*self.act_paths("replace"), *super().get_urls()]

    def may_replace(self, request, obj):
        """Replacing changes one row and adds another."""
        return self.has_change_permission(request, obj) and self.has_add_permission(request)

    def object_acts(self, request, obj):
        acts = super().object_acts(request, obj)
        open_still = obj.ends_on is None or obj.ends_on > today()
        if open_still and self.may_replace(request, obj):
            acts.append((_("Replace…"), self.act_url("replace", obj)))
        return acts

    def replace_view(self, request, object_id):
        """The form; with “Show what will be”, the act is rehearsed and undone; else it is done."""
        tenure = self.object_or_404(request, object_id)
        self.require(self.may_replace(request, tenure))
        may_enter = request.user.has_perm("members.add_person")
        form = self.replace_form(tenure, request.POST or None, may_enter=may_enter)
        preview = None
        if request.method == "POST" and form.is_valid():
            rehearse = "_preview" in request.POST
            successor = attempt(form, lambda: form.act(request.user), rehearse=rehearse)
            if successor is not None and not rehearse:
                return self._replaced(request, successor)
            preview = successor and [form.tenure, successor]
        title = _("Replace %(person)s") % {"person": tenure.person}
        tenure = self.get_object(request, object_id)
        return self.act_page(request, tenure, form, title=title, act=_("Replace"), preview=preview, can_preview=True)

    def _replaced(self, request, successor):
        self.log_addition(request, successor, _("Succeeded by “Replace”."))
        sentence = _("%(person)s is in office %(since)s.") % {"person": successor.person, "since": successor.since}
        self.act_done(request, sentence)
        return HttpResponseRedirect(self.change_url(successor))
