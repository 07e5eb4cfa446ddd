"""The forms of a side: what it says of a link, and a new link that it claims."""

from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.languages import with_colon
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.text_fields import TypedLine
from studies.models import Confirmation, MappingLink, StudyUnit
from subjects.models import Subject

Stance = Confirmation.Stance


class SayingForm(ShowsTypedBefore, forms.Form):
    """Whether the link stands, and why it does not."""

    stance = forms.ChoiceField(
        label=gettext_lazy("What your side says"),
        choices=[
            (Stance.CONFIRMED.value, gettext_lazy("The link stands: confirm it")),
            (Stance.CONTESTED.value, gettext_lazy("The link does not stand: contest it")),
        ],
        widget=forms.RadioSelect,
    )
    because = TypedLine(
        label=gettext_lazy("Reason, or answer"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Public, in the language of this page. Needed where you contest the link."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, newest, data=None):
        super().__init__(data, initial={"seen": newest})

    def clean(self):
        super().clean()
        if self.cleaned_data.get("stance") == Stance.CONTESTED and not self.cleaned_data.get("because"):
            self.add_error("because", ValidationError(_("Say why the link does not stand.")))

    def see(self, newest):
        """Show the statements up to this one: what is sent next has seen them."""
        self.data = self.data.copy()
        self.data["seen"] = newest


class ClaimForm(ShowsTypedBefore, forms.Form):
    """A link between a unit of the own Sector and one of another, or of the unit to a subject of the Focal Point."""

    subject = forms.ModelChoiceField(Subject.objects.none(), label=gettext_lazy("Subject"))
    unit = forms.ModelChoiceField(StudyUnit.objects.none(), label=gettext_lazy("Unit of your Sector"))
    other = forms.ModelChoiceField(
        StudyUnit.objects.none(),
        label=gettext_lazy("Unit of another Sector"),
        required=False,
        help_text=gettext_lazy("Blank: your unit studies the subject, and no other unit is meant."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("The relation of your unit to the other"),
        choices=MappingLink.Kind.choices,
        initial=MappingLink.Kind.RELATED,
    )
    topic = TypedLine(
        label=gettext_lazy("Topic"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("In words, in the language of this page. Public. Needed between two units."),
    )

    def __init__(self, sides, units, data=None):
        super().__init__(data)
        self.sides = sides
        sectors = {side.sector for side in sides}
        own = [unit for unit in units if unit.sector in sectors]
        others = [unit for unit in units if sectors != {unit.sector}]
        subjects = Subject.objects.filter(pk__in=[side.subject for side in sides]).order_by("code")
        for name, rows in (("unit", own), ("other", others)):
            self.fields[name].queryset = StudyUnit.objects.filter(pk__in=[unit.pk for unit in rows])
            self.fields[name].widget.choices = _by_sector(rows)
        self.fields["subject"].queryset = subjects
        self.fields["subject"].empty_label = None if len(sides) == 1 else "---------"

    def clean(self):
        """The side is that of the subject: its unit is of that Sector, and the other is not."""
        super().clean()
        subject, unit, other = (self.cleaned_data.get(name) for name in ("subject", "unit", "other"))
        if not (subject and unit):
            return
        self.side = next((one for one in self.sides if (one.subject, one.sector) == (subject.pk, unit.sector)), None)
        if self.side is None:
            self.add_error("unit", ValidationError(_("For this subject you speak for another Sector.")))
        elif other and other.sector == unit.sector:
            self.add_error("other", ValidationError(_("A link joins units of different Sectors.")))
        elif other and not self.cleaned_data.get("topic"):
            self.add_error("topic", ValidationError(_("Say in words what both study.")))

    def link(self, language):
        """The link as it is claimed, unsaved."""
        said = self.cleaned_data
        return MappingLink(
            first=said["unit"],
            second=said["other"],
            subject=said["subject"],
            kind=said["kind"],
            topic=said["topic"],
            original_language=language,
            source=self.side.said_by,
        )


def _by_sector(units):
    """Choices in groups by Sector and period."""
    grouped = groupby(units, key=lambda unit: str(unit.period or _("Joint groups")))
    return [
        ("", "---------"),
        *((name, [(u.pk, with_colon(u.number, u.title_shown)[:90]) for u in of]) for name, of in grouped),
    ]
