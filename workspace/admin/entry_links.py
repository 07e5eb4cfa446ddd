"""Links to confirm entries: who was asked, who has answered, and “send a new link”."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, ActPages, attempt
from iscg_portal.adminkit.base import LookedAt
from iscg_portal.tenure.dates import GENEVA, print_date, today
from members.models import Person
from workspace.asking import ask_again
from workspace.models import EntryLink
from workspace.offices import holders_on


class AskForm(ActForm):
    """Whom to ask."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("Who holds an office today. A link that is open already ends."),
    )
    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = holders_on(today())


class AnswerFilter(SimpleListFilter):
    """Whether it was answered."""

    title = gettext_lazy("answer")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [
            ("open", gettext_lazy("not yet, and can be")),
            ("expired", gettext_lazy("never; it expired")),
            *EntryLink.Answer.choices,
        ]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "open":
            return queryset.open()
        if value == "expired":
            return queryset.filter(answered_at__isnull=True, expires_on__lt=today())
        return queryset.filter(answer=value) if value in EntryLink.Answer.values else queryset


@admin.register(EntryLink)
class EntryLinkAdmin(ActPages, LookedAt):
    """The links as they were sent; what is in them is known to their readers alone."""

    list_display = ["person", "meeting", "made_at", "came_of_it"]
    list_filter = [AnswerFilter, "meeting"]
    list_select_related = ["person", "meeting"]
    search_fields = ["person__name", "person__sort_key"]
    fields = ["person", "meeting", "made_at", "expires_on", "answered_at", "answer"]
    actions = ["send_new_link"]

    def has_add_permission(self, request):
        return request.user.has_perm("workspace.add_entrylink")

    @admin.display(description=gettext_lazy("what came of it"), ordering="answer")
    def came_of_it(self, link):
        """The answer and its day; without one, until when it can be given, or that it never was."""
        if link.answered_at:
            day = print_date(link.answered_at.astimezone(GENEVA).date())
            return _("%(answer)s, %(day)s") % {"answer": link.get_answer_display(), "day": day}
        said = _("no answer; expired on %(day)s") if link.expires_on < today() else _("can be answered until %(day)s")
        return said % {"day": print_date(link.expires_on)}

    def add_view(self, request, form_url="", extra_context=None):
        """A link is added by sending it."""
        self.require(self.has_add_permission(request))
        asked = {"person": request.GET.get("person", "")}
        form = AskForm(request.POST or None, initial=asked)
        if request.method == "POST" and form.is_valid():
            link = attempt(form, lambda: ask_again(form.cleaned_data["person"]))
            if link is not None:
                self.log_addition(request, link, _("Sent."))
                self.act_done(request, _("The mail with the link is in the outbox."))
                return HttpResponseRedirect(reverse("admin:workspace_entrylink_changelist"))
        lead = _("The link shows the person's own offices, and can be answered once, without signing in.")
        return self.act_page(request, None, form, title=_("Ask for a confirmation"), act=_("Send the link"), lead=lead)

    @admin.action(description=gettext_lazy("Send a new link"), permissions=["add"])
    def send_new_link(self, request, queryset):
        """To each person of the links chosen, once."""
        sent, refused = 0, []
        for person in Person.objects.filter(pk__in=queryset.values("person")):
            try:
                ask_again(person)
                sent += 1
            except ValidationError as error:
                refused += error.messages
        if sent:
            messages.success(request, _("Links put into the outbox: %(count)d.") % {"count": sent})
        for sentence in refused:
            messages.error(request, sentence)
