"""A proposed activity: the form in which it is written, its values in a proposal, and how it comes into the record."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.utils import build_localized_fieldname

from iscg_portal.bodies import Sector
from iscg_portal.history import save_with_reason
from iscg_portal.importing.cells import split
from iscg_portal.languages import in_a_row, with_semicolons
from iscg_portal.scheduled import read_first_day
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.dates import GENEVA
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedLine, TypedText, TypedWebAddress
from studies.models import Activity, ActivityPartner, ActivitySubject, Interest
from studies.models.activity_words import INTERESTS, REGION_LABELS, REGIONS, SECTORS
from subjects.models import Partner
from workspace.models import ProposedChange

Field = ProposedChange.Field
RECORD = Activity._meta.label_lower
TICKED = {"sectors": SECTORS, "regions": REGIONS, "interests": INTERESTS}
PLAIN = ("kind", "place", "office", "languages", "web_url", "source")


def _several(label, choices):
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget)


class ActivityForm(ShowsTypedBefore, forms.Form):
    """An activity as its proposer knows it; judged as the record would judge it."""

    title = TypedLine(label=gettext_lazy("Title"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Activity.Kind)
    starts_on = TypedLine(
        label=gettext_lazy("First day"), max_length=40, help_text=gettext_lazy("15 March 2026, March 2026 or 2026.")
    )
    ends_on = DayInput(label=gettext_lazy("Last day"), required=False)
    place = TypedLine(label=gettext_lazy("Place"), required=False, max_length=200)
    regions = _several(gettext_lazy("For which region"), list(REGION_LABELS.items()))
    sectors = _several(gettext_lazy("Who holds it"), Sector)
    office = TypedLine(label=gettext_lazy("Regional office"), required=False, max_length=200)
    interests = _several(gettext_lazy("Of interest to"), Interest)
    partners = TypedLine(
        label=gettext_lazy("Partner organizations"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Their abbreviations, with commas."),
    )
    languages = TypedLine(
        label=gettext_lazy("Languages"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("In which it is held: codes of languages, as in en; fr; pt."),
    )
    web_url = TypedWebAddress(label=gettext_lazy("Web page"), required=False, max_length=500, assume_scheme="https")
    source = TypedLine(
        label=gettext_lazy("Where it is announced"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("A document's number or a web address. Public."),
    )
    why = TypedText(
        label=gettext_lazy("Why?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, language, data=None):
        self.language = language
        super().__init__(data)

    def clean(self):
        """The record's own verdict, beside the field that it is about."""
        super().clean()
        if self.errors:
            return
        try:
            activity_of(self.values(), self.language).full_clean()
        except ValidationError as error:
            by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
            for name, errors in by_field.items():
                name = name.rpartition("_")[0] if name.startswith("title_") else name
                self.add_error(name if name in self.fields else None, ValidationError(errors))

    def values(self):
        """{name: text} of what was typed."""
        typed = {name: self.cleaned_data.get(name) for name in KEYS}
        given = {name: "; ".join(value) if isinstance(value, list) else value for name, value in typed.items()}
        return {name: str(value) for name, value in given.items() if value}

    def changes(self):
        """What was typed as the fields of a proposal, unsaved."""
        given = {"field": Field.ACTIVITY, "record": RECORD}
        return [ProposedChange(row=name, new=text, **given) for name, text in self.values().items()]

    def typed(self):
        """(label, text) of what was typed, to give it back where it cannot be taken."""
        bound = (self[name] for name in (*KEYS, "why"))
        given = ((one.label, one.value()) for one in bound if one.value())
        return [(label, with_semicolons(value) if isinstance(value, list) else value) for label, value in given]


KEYS = tuple(name for name in ActivityForm.base_fields if name != "why")


def activity_of(values, language):
    """The activity, unsaved, of {name: text}. Errors: ValidationError for a first day that is none."""
    activity = Activity(original_language=language)
    setattr(activity, build_localized_fieldname("title", language), values.get("title", ""))
    for name in PLAIN:
        setattr(activity, name, values.get(name, "") or activity._meta.get_field(name).get_default())
    for name, columns in TICKED.items():
        for code in split(values.get(name, "")):
            setattr(activity, columns[code], True)
    try:
        activity.starts_on, activity.precision = read_first_day(values.get("starts_on", ""))
        activity.ends_on = read_first_day(values["ends_on"])[0] if values.get("ends_on") else None
    except ValidationError as error:
        raise ValidationError({"starts_on": error.messages}) from None
    return activity


def enter(proposal, reason, by):
    """Enter the proposed activity, about the subject of the proposal; None where it has none.

    Errors: ValidationError; the caller's transaction undoes the rest.
    """
    values = {change.row: change.new for change in proposal.taken if change.field == Field.ACTIVITY}
    if not values:
        return None
    if not values.keys() >= {"title", "starts_on"}:
        raise ValidationError(_("An activity has a title and a first day: tick both, or refuse the whole proposal."))
    activity = activity_of(values, proposal.language)
    activity.source_dated_on = proposal.made_at.astimezone(GENEVA).date()
    activity.full_clean()
    save_with_reason(activity, reason, by)
    links = [ActivitySubject(activity=activity, subject=proposal.subject)] if proposal.subject else []
    links += [ActivityPartner(activity=activity, partner=one) for one in _partners(split(values.get("partners", "")))]
    for link in links:
        link.full_clean()
        save_with_reason(link, reason, by)
    return activity


def _partners(abbreviations):
    known = {partner.abbreviation: partner for partner in Partner.objects.filter(abbreviation__in=abbreviations)}
    unknown = [one for one in abbreviations if one not in known]
    if unknown:
        message = _("Not on record as a partner organization: %(names)s. Enter it first, then accept.")
        raise ValidationError(message % {"names": in_a_row(unknown)})
    return [known[one] for one in dict.fromkeys(abbreviations)]
