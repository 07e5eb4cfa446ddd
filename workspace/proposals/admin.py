"""Proposed corrections in the admin, with “Accept…” and “Refuse…”, and the links by which entries are confirmed."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, ActPages, PublicActForm, attempt
from iscg_portal.adminkit.base import LookedAt, OnlySeen, RecordAdmin
from iscg_portal.adminkit.filters import BY_SUBJECT, searched_by
from iscg_portal.collation import InOrder
from iscg_portal.languages import with_colon
from iscg_portal.tenure.dates import GENEVA, print_date, today
from iscg_portal.text_fields import TypedText
from members.models import Person
from workspace.access.offices import holders_on
from workspace.models import EntryLink, Proposal
from workspace.proposals.acts import accept, refuse
from workspace.proposals.entries import ask_again
from workspace.proposals.fields import gives_known_name, moved_since


class AcceptForm(PublicActForm):
    """Why, and whether staff have seen that the record has changed since."""

    despite = forms.BooleanField(
        label=gettext_lazy("Accept it although the record has changed since"),
        required=False,
        help_text=gettext_lazy("What is proposed takes the place of what is on record now."),
    )
    is_another = forms.BooleanField(
        label=gettext_lazy("This is another person of the same name"),
        required=False,
        help_text=gettext_lazy(
            "Somebody of the proposed name is on record. Where they are one person, merge the records instead."
        ),
    )
    points = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which parts?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What is not ticked stays as it is on record; the rest is accepted."),
    )
    because = TypedText(
        label=gettext_lazy("The other parts are not accepted because"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Sent to the person by mail, and shown in his or her workspace."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )
    field_order = ["points", "because", "despite", "is_another", "reason", "public_reason"]

    def __init__(self, *args, parts, moved, known_name, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [(part.pk, with_colon(part.label, part.new_shown)) for part in parts]
        self.fields["points"].initial = [part.pk for part in parts]
        if len(parts) < 2:
            del self.fields["points"], self.fields["because"]
        if not moved:
            del self.fields["despite"]
        if not known_name:
            del self.fields["is_another"]


class RefuseForm(ActForm):
    """Why; the person reads it."""

    because = TypedText(
        label=gettext_lazy("Refused because"),
        max_length=1000,
        help_text=gettext_lazy("Sent to the person by mail, and shown in his or her workspace."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )
    reason = None


@admin.register(Proposal)
class ProposalAdmin(OnlySeen, RecordAdmin):
    """What office holders propose. Staff decide it here, once; nobody changes its content."""

    list_display = ["__str__", "state", "made_at", "decided_at", "decided_by"]
    list_filter = ["state", "made_at", BY_SUBJECT]
    list_select_related = ["person", "subject", "decided_by"]
    search_fields = ["person__search_key", "subject__code", "subject__title_en"]
    fields = [
        "person",
        "subject",
        "made_at",
        "difference",
        "why",
        "account",
        "language",
        "state",
        "decided_at",
        "decided_by",
        "answer",
        "activity",
    ]
    readonly_fields = ["difference"]
    acts_of_it = ("accept", "refuse")

    def may_decide(self, request):
        """Deciding needs the right to change proposals, which nothing else uses."""
        return request.user.has_perm("workspace.change_proposal")

    @admin.display(description=gettext_lazy("what is proposed"))
    def difference(self, proposal):
        """Each field's old and new value, and the record's present one where it is neither."""
        rows = list(proposal.changes.all())
        moved = moved_since(proposal) if proposal.state == Proposal.State.WAITING else {}
        for row in rows:
            row.now = moved.get(row.pk)
        return render_to_string("workspace/_difference.html", {"rows": rows})

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.may_decide(request) and obj.state == Proposal.State.WAITING:
            yield _("Accept…"), self.act_url("accept", obj)
            yield _("Refuse…"), self.act_url("refuse", obj)

    def accept_view(self, request, object_id):
        proposal = self._to_decide(request, object_id)
        about = {"moved": moved_since(proposal), "known_name": gives_known_name(proposal)}
        about["parts"] = list(proposal.changes.all())
        form = AcceptForm(request.POST or None, **about)
        lead = _(
            "The parts that are ticked go into the record together. A proposed activity becomes one on record; remarks"
            " are only for you to read."
        )
        words = _("Accept “%(proposal)s”"), _("Accept"), lead

        def act():
            accept(proposal, by=request.user, answers=form.answers, **form.cleaned_data)
            return _("It is accepted, and in the record now.")

        return self._act(request, proposal, form, act, words)

    def refuse_view(self, request, object_id):
        proposal = self._to_decide(request, object_id)
        form = RefuseForm(request.POST or None)
        lead = _("The record stays as it is. The person reads your reason.")
        words = _("Refuse “%(proposal)s”"), _("Refuse"), lead

        def act():
            mailed = refuse(proposal, by=request.user, **form.cleaned_data)
            if mailed:
                return _("It is refused; the mail with the reason is in the outbox.")
            return _("It is refused. No address of the person is known, so no mail goes out.")

        return self._act(request, proposal, form, act, words)

    def _to_decide(self, request, object_id):
        proposal = self.object_or_404(request, object_id)
        self.require(self.may_decide(request))
        return proposal

    def _act(self, request, proposal, form, act, words):
        done = attempt(form, act)
        if done:
            self.log_change(request, proposal, done)
            return self.act_done(request, done, proposal)
        title, button, lead = words
        page = self.act_page(request, proposal, form, title=title % {"proposal": proposal}, act=button, lead=lead)
        page.context_data["difference"] = self.difference(proposal)
        page.template_name = "admin/proposal_act.html"
        return page


class AskForm(ActForm):
    """Whom to ask."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("Somebody who holds an office today. An earlier link that is still open ends."),
    )
    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = holders_on(today()).order_by(InOrder(), "pk")


class AnswerFilter(SimpleListFilter):
    """Whether it was answered."""

    title = gettext_lazy("answer")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [
            ("open", gettext_lazy("open")),
            ("expired", gettext_lazy("expired without an answer")),
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
    """The links that were sent; only their readers know the addresses."""

    list_display = ["person", "meeting", "made_at", "came_of_it"]
    list_filter = [AnswerFilter, searched_by("meeting", gettext_lazy("meeting"))]
    list_select_related = ["person", "meeting"]
    search_fields = ["person__search_key"]
    fields = ["person", "meeting", "made_at", "expires_on", "answered_at", "answer"]
    actions = ["send_new_link"]

    def has_add_permission(self, request):
        return request.user.has_perm("workspace.add_entrylink")

    @admin.display(description=gettext_lazy("outcome"), ordering="answer")
    def came_of_it(self, link):
        """The answer and its day; else the last day for it, or that it expired."""
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
        link = attempt(form, lambda: ask_again(form.cleaned_data["person"]))
        if link is not None:
            self.log_addition(request, link, _("Sent."))
            return self.act_done(
                request,
                _("The mail with the link is in the outbox."),
                url=reverse("admin:workspace_entrylink_changelist"),
            )
        lead = _("The link shows the person's own offices, and can be answered once, without signing in.")
        return self.act_page(request, None, form, title=_("Ask for a confirmation"), act=_("Send the link"), lead=lead)

    @admin.action(description=gettext_lazy("Send a new link"), permissions=["add"])
    def send_new_link(self, request, queryset):
        """One to each person of the chosen links."""
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
