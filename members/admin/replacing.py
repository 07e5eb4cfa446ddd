"""“Replace…” and “Falls vacant…”: the pages on which a term ends, over `members.acts.succession`."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import PublicActForm, attempt
from iscg_portal.adminkit.plain_fields import SearchOrChoose
from iscg_portal.bodies import DecisionBody
from iscg_portal.collation import InOrder
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.tenure.office_on import OfficeState, office_on
from iscg_portal.text_fields import TypedLine, TypedWebAddress
from members.acts.succession import DecisionBehind, succeed, vacate
from members.admin.entering import FOR_WHOM, NEW_STATE, WHO, AddingOffice, EntersPersons, enterable_by
from members.models import Country, Person, Representative

WITHOUT = "without"  # in the address of a search


class SearchOthers(SearchOrChoose):
    """The same, without one record."""

    def __init__(self, field, admin_site, without):
        super().__init__(field, admin_site)
        self.without = without

    def get_url(self):
        return f"{super().get_url()}?{WITHOUT}={self.without.pk}"


def offer(field, name, *, without=None):
    """Let a form's field be searched as one types, among the persons or countries that an office may name.

    They stand in the order of the page's language. `without` is one that is not offered.
    """
    relation = Representative._meta.get_field(name)
    field.queryset = field.queryset.complex_filter(relation.get_limit_choices_to()).order_by(InOrder(), "pk")
    widget = SearchOthers(relation, admin.site, without) if without else SearchOrChoose(relation, admin.site)
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
        return DecisionBehind(data["decision_body"], data["decision_document"], data["decision_url"])


class ReplaceForm(EntersPersons, DecisionForm):
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
        (None, {"fields": [*WHO, *FOR_WHOM, "on", "how_ended"]}),
        (gettext_lazy("Decision"), {"fields": ["decision_body", "decision_document", "decision_url"]}),
        NEW_STATE,
        (None, {"fields": ["reason", "public_reason"]}),
    ]
    facts = ["person", "country", "organization", "how_ended"]

    def __init__(self, tenure, *args, may_enter=frozenset(), **kwargs):
        self.tenure, self.may_enter = tenure, may_enter
        kwargs["initial"] = {"on": today(), "how_ended": "replaced", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["how_ended"].choices = tenure.HowEnded.choices
        self.fields["on"].help_text = _("On this day the successor is in office, and nobody else.")
        offer(self.fields["person"], "person")
        offer(self.fields["country"], "country")
        self.allow_new()

    def act(self, by):
        """Carry it out; returns the successor's row."""
        data = self.cleaned_data
        self.enter(data["reason"], by)
        facts = {name: data[name] for name in self.facts}
        return succeed(
            self.tenure, facts.pop("person"), data["on"], self.decision(), reason=data["reason"], by=by, **facts
        )


class VacateForm(DecisionForm):
    """From which day nobody holds the office, how that came, by which decision."""

    how_ended = forms.ChoiceField(label=gettext_lazy("How the term ends"))
    fieldsets = [
        (None, {"fields": ["on", "how_ended"]}),
        (gettext_lazy("Decision"), {"fields": ["decision_body", "decision_document", "decision_url"]}),
        (None, {"fields": ["reason", "public_reason"]}),
    ]

    def __init__(self, tenure, *args, **kwargs):
        self.tenure = tenure
        kwargs["initial"] = {"on": today(), "how_ended": "resigned", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["how_ended"].choices = [one for one in tenure.HowEnded.choices if one[0] != "replaced"]
        self.fields["on"].help_text = _("The first day on which nobody holds the office.")

    def act(self, by):
        """Carry it out; returns the row."""
        data = self.cleaned_data
        words = {"how_ended": data["how_ended"], "reason": data["reason"], "answers": self.answers}
        return vacate(self.tenure, data["on"], self.decision(), by=by, **words)


class Replaceable(AddingOffice):
    """Mixin of a TenureAdmin: the form for a new one, and the pages `…/replace/` and `…/falls-vacant/`."""

    replace_form = ReplaceForm
    acts_of_it = ("replace", "falls-vacant")

    def may_replace(self, request, obj):
        """Replacing changes one row and adds another."""
        return self.has_change_permission(request, obj) and self.has_add_permission(request)

    def object_acts(self, request, obj):
        return [*super().object_acts(request, obj), *self.row_acts(request, obj)]

    def row_acts(self, request, obj):
        """Of a term that is not over: “Replace…” and “Falls vacant…”, for whoever may."""
        if obj.ends_on and obj.ends_on <= today():
            return []
        acts = [(_("Replace…"), self.act_url("replace", obj))] if self.may_replace(request, obj) else []
        if self.has_change_permission(request, obj):
            acts.append((_("Falls vacant…"), self.act_url("falls-vacant", obj)))
        return acts

    def replace_view(self, request, object_id):
        """The form; with “Show what will be”, the act is rehearsed and undone; else it is done."""
        tenure = self.object_or_404(request, object_id)
        self.require(self.may_replace(request, tenure))
        form = self.replace_form(tenure, request.POST or None, may_enter=enterable_by(request.user))
        successor = attempt(form, lambda: form.act(request.user), rehearse=form.rehearses)
        if successor is not None and not form.rehearses:
            return self._replaced(request, successor)
        preview = successor and [form.tenure, successor]
        title = _("Replace %(person)s") % {"person": tenure.person}
        tenure = self.get_object(request, object_id)
        return self.act_page(request, tenure, form, title=title, act=_("Replace"), preview=preview, can_preview=True)

    def falls_vacant_view(self, request, object_id):
        """Likewise for a term that ends without a successor."""
        tenure = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, tenure))
        form = VacateForm(tenure, request.POST or None)
        ended = attempt(form, lambda: form.act(request.user), rehearse=form.rehearses)
        follows = [_what_follows(ended)] if ended else []
        if ended and not form.rehearses:
            self.log_change(request, ended, _("Ended by “Falls vacant”."))
            return self.act_done(request, follows[0], ended)
        title = _("%(person)s: the office falls vacant") % {"person": tenure.person}
        tenure = self.get_object(request, object_id)
        words = {"title": title, "act": _("Let it fall vacant"), "preview": ended and [ended], "follows": follows}
        return self.act_page(request, tenure, form, can_preview=True, **words)

    def _replaced(self, request, successor):
        self.log_addition(request, successor, _("Succeeded by “Replace”."))
        sentence = _("%(person)s is in office %(since)s.") % {"person": successor.person, "since": successor.since}
        return self.act_done(request, sentence, successor)


def _what_follows(tenure):
    """What pages say of the office from the end of the term on."""
    keeper, names = tenure.record_keeper(), {"office": tenure.office_in_full, "day": print_date(tenure.ends_on)}
    if office_on(tenure.ends_on, keeper.recorded_from if keeper else None, []).state == OfficeState.VACANT:
        return _("From %(day)s on pages say that this office is vacant: %(office)s.") % names
    message = _(
        "From %(day)s on pages say “not recorded” of this office, and not “vacant”, since its record is not said to"
        " be complete: %(office)s."
    )
    return message % names
