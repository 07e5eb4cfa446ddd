"""Asking to take part (clause C5), for whoever has no account. A form, so no public page: it has a cookie."""

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iscg_portal.mail.one_time import one_time_page
from iscg_portal.signing_in.limits import TOO_MANY_MAILS, attempt, is_asked_often
from iscg_portal.text_fields import TypedLine
from members.models import Country
from workspace.access.rights import Act, asks
from workspace.joining import acts as joining
from workspace.joining.models import CHOOSE_THE_STATE
from workspace.models import JoinRequest


@asks(Act.JOIN)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """The form. The answer is the same whether or not the address is known, and for robots too."""
    form, status = JoinForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        if attempt(request, "join", form.cleaned_data["email"]):
            if not form.by_a_robot:
                _ask(request, form)
            return HttpResponseRedirect(reverse("workspace:join-asked"))
        form.add_error(None, TOO_MANY_MAILS)
        status = 429
    return render(request, "workspace/join.html", {"form": form}, status=status)


def _ask(request, form):
    asked = form.save(commit=False)
    asked.language = get_language()
    joining.ask(asked, asked_often=is_asked_often(request, asked.email))


@asks(Act.JOIN)
@require_http_methods(["GET", "HEAD"])
def join_asked(request):
    """What happens next, in the same words for everyone."""
    return render(request, "workspace/join_asked.html")


@asks(Act.JOIN)
@one_time_page
def join_confirm(request, token):
    """The link of the mail: GET only shows, the button confirms the address."""
    asked = JoinRequest.objects.at(token)
    if asked is None:
        raise Http404(_("This link does not exist. It may be incomplete: copy the whole address from the mail."))
    if request.method == "POST" and joining.confirm_address(asked):
        return render(request, "workspace/join_confirmed.html")
    status = 200 if request.method != "POST" and asked.is_open else 410
    return render(request, "workspace/join_confirm.html", {"is_open": status == 200}, status=status)


def choice_of_states(db_field):
    """A field for the State: those in the Union's list, under the headings of their standing, in the order of names."""
    return forms.ChoiceField(
        label=capfirst(db_field.verbose_name),
        help_text=db_field.help_text,
        choices=[("", "—"), *Country.objects.groups_to_choose()],
        required=False,
        error_messages={"invalid_choice": CHOOSE_THE_STATE},
    )


class EachSentenceOnce:
    """Mixin of a form: what the field refused, the record does not refuse again in the same words (rule 20)."""

    def add_error(self, field, error):
        super().add_error(field, error)
        for name, errors in self.errors.items():
            once = {str(message): each for message, each in zip(errors, errors.as_data(), strict=True)}
            self.errors[name].data = list(once.values())


class JoinForm(EachSentenceOnce, forms.ModelForm):
    """What a delegate says, and a field that only robots fill in."""

    website = TypedLine(required=False, label=gettext_lazy("Leave this blank"))

    class Meta:
        model = JoinRequest
        fields = ["name", "capacity", "country", "affiliation", "email", "message"]
        help_texts = {
            "email": gettext_lazy("You get a link there, and open it once."),
            "message": gettext_lazy("What the secretariat should know, if anything."),
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 4}), "capacity": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"] = choice_of_states(JoinRequest._meta.get_field("country"))
        self.fields["capacity"].choices = JoinRequest.Capacity.choices
        for name, filled_by in {"name": "name", "email": "email", "affiliation": "organization"}.items():
            self.fields[name].widget.attrs["autocomplete"] = filled_by
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    @property
    def said(self):
        """The fields that a reader sees."""
        return [field for field in self if field.name != "website"]

    @property
    def by_a_robot(self):
        """Whether the field that nobody sees was filled in. Ask it after `is_valid`."""
        return bool(self.cleaned_data["website"])
