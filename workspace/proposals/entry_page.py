"""The page behind a one-time link: an office holder's own entry, to be confirmed or corrected without signing in."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from iscg_portal.mail.one_time import one_time_page
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedLine, TypedText
from iscg_portal.web.errors import gone
from workspace.access.offices import held_by
from workspace.access.rights import Act, asks
from workspace.models import EntryLink
from workspace.proposals import entries
from workspace.proposals.entries import seen_of

CHANGED_AND_RIGHT = gettext_lazy(
    "You changed something below and said that everything is right. Nothing was sent yet. Send the change to the"
    " secretariat, or undo it and confirm."
)


class EntryForm(forms.Form):
    """A person's name and offices as on record, for correction; for each office the first day without it."""

    honorific = TypedLine(label=gettext_lazy("Honorific"), required=False, max_length=30)
    name = TypedLine(label=gettext_lazy("Name, as printed"), max_length=200)
    remark = TypedText(
        label=gettext_lazy("Anything else"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, person, held, data=None):
        self.person, self.held, self.seen_now = person, held, seen_of(person, held)
        initial = {"honorific": person.honorific, "name": person.name, "seen": self.seen_now}
        super().__init__(data, initial=initial)
        for number, office in enumerate(held):
            self.fields[f"sits_for_{number}"] = TypedLine(
                label=_("Country or organization for which I hold it"),
                required=False,
                max_length=200,
                initial=office.term.sits_for,
            )
            self.fields[f"ends_on_{number}"] = DayInput(
                label=_("I no longer hold it: the first day without it"),
                required=False,
            )

    def clean(self):
        """An office cannot be over before it began."""
        cleaned = super().clean()
        for number, office in enumerate(self.held):
            day = cleaned.get(f"ends_on_{number}")
            if day and day <= office.term.starts_on:
                begun = print_date(office.term.starts_on, office.term.starts_precision)
                message = _("It began on %(day)s; the first day without it must be later.")
                self.add_error(f"ends_on_{number}", message % {"day": begun})
        return cleaned

    def identity(self):
        """The fields of the person, for the page."""
        return [self["honorific"], self["name"]]

    def offices(self):
        """(the office, its fields) for the page."""
        return [
            (office, [self[f"sits_for_{number}"], self[f"ends_on_{number}"]]) for number, office in enumerate(self.held)
        ]


@asks(Act.READ)
@one_time_page
def confirm(request, token):
    """GET only shows; POST answers, once."""
    link = EntryLink.objects.of_token(token)
    now = today()
    if link is None:
        raise Http404(_("This link does not exist. It may be incomplete: copy the whole address from the mail."))
    if link.answered_at:
        return gone(request, _("This link was already answered. It can be answered once."))
    if link.expires_on < now:
        return gone(request, _("This link has expired. Ask the secretariat for a new one: iscg@itu.int."))
    held = held_by(link.person_id, now)
    if not held:
        return gone(request, _("You hold no office today; there is nothing to confirm."))
    form = EntryForm(link.person, held, _typed(request, link.person, held) if request.POST.get("answer") else None)
    refusals, status = [], 200
    if request.method == "POST":
        try:
            if _answer(request, link, form):
                context = {"answer": request.POST["answer"], "remark": form.cleaned_data["remark"]}
                return render(request, "workspace/entry_answered.html", context)
        except entries.LinkSpent:
            return gone(request, _("This link was already answered. It can be answered once."))
        except ValidationError as error:
            refusals, status = error.messages, 409 if getattr(error, "code", "") == "moved" else 200
            form = EntryForm(link.person, held, _with_seen(form))
    context = {"person": link.person, "held": held, "form": form, "refusals": refusals, "as_on": now}
    return render(request, "workspace/entry.html", context, status=status)


def _answer(request, link, form):
    """Whether the answer was accepted; False if the form has errors."""
    if not (form.is_bound and form.is_valid()):
        return False
    typed, language = form.cleaned_data, get_language()
    if request.POST["answer"] != "confirm":
        entries.correct(link, typed["seen"], typed, language=language)
        return True
    if set(form.changed_data) - {"remark", "seen"}:
        form.add_error(None, CHANGED_AND_RIGHT)
        return False
    entries.confirm(link, typed["seen"], remark=typed["remark"], language=language)
    return True


def _typed(request, person, held):
    """What was sent; a field that was not sent says what is on record."""
    on_record = EntryForm(person, held)
    data = {name: on_record[name].value() or "" for name in on_record.fields} | request.POST.dict()
    return QueryDict(urlencode(data))


def _with_seen(form):
    """What was typed, over the entry as the page shows it now."""
    if not form.is_bound:
        return None
    data = form.data.copy()
    data["seen"] = form.seen_now
    return data
