"""Overlaps and gaps in the admin: the facts of each, and “Accept…”, “Assign…”, “Dismiss…” (A1)."""

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.base import OnlySeen, RecordAdmin
from iscg_portal.adminkit.filters import searched_by
from iscg_portal.adminkit.word_order import WordOrder
from iscg_portal.collation import InOrder
from iscg_portal.languages import with_colon
from iscg_portal.tenure.dates import print_date, print_moment, today
from iscg_portal.text_fields import TypedText
from members.models import Account, Person
from studies.acts.findings import accept, assign, dismiss, in_office
from studies.models import FinderRun, FindingDecision, StudyFinding
from studies.models.findings import MOST_TEXT, FindingState
from studies.overlaps.printing import print_findings

DECIDE = ["studies.add_findingdecision", "studies.change_findingdecision"]
NOT_SHOWN = gettext_lazy("What it is about is not on record any more, or not public.")


class _DecisionForm(ActForm):
    """What all three have: the facts that were looked at, by their fingerprint."""

    seen = forms.CharField(widget=forms.HiddenInput())


class AcceptForm(_DecisionForm):
    """What comes of it."""

    outcome = TypedText(
        label=pgettext_lazy("of an overlap or gap", "What comes of it"),
        required=False,
        max_length=MOST_TEXT,
        help_text=gettext_lazy("Public: the annual report prints it, in the language in which you write it."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )
    field_order = ["outcome", "reason"]


class AssignForm(_DecisionForm):
    """To whom."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        required=False,
        label=gettext_lazy("Person with an office"),
        help_text=gettext_lazy("It stands in the workspace of this person."),
    )
    account = forms.ModelChoiceField(
        Account.objects.none(),
        required=False,
        label=gettext_lazy("Or an account"),
        help_text=gettext_lazy("Of the secretariat, for instance."),
    )
    field_order = ["person", "account", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = in_office(today()).order_by(InOrder(), "pk")
        self.fields["account"].queryset = Account.objects.filter(is_active=True).order_by("email")


class DismissForm(_DecisionForm):
    """Why."""

    because = TypedText(
        label=gettext_lazy("Dismissed because"),
        max_length=MOST_TEXT,
        help_text=gettext_lazy("For staff. It holds until the facts change; then this stands on the desk again."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )
    reason = None
    field_order = ["because"]


class FindingStateFilter(SimpleListFilter):
    """Where it stands today; what is to be decided or is assigned, where nothing is chosen."""

    title = gettext_lazy("state")
    parameter_name = "state"
    EVERY = "every"

    def lookups(self, request, model_admin):
        return [*FindingState.choices, (self.EVERY, gettext_lazy("every state"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("to be decided, or assigned")}, *others]

    def queryset(self, request, queryset):
        if self.value() in FindingState.values:
            return queryset.filter(state=self.value())
        return (
            queryset
            if self.value() == self.EVERY
            else queryset.filter(state__in=[FindingState.OPEN, FindingState.ASSIGNED])
        )


class PrintedList(WordOrder):
    """The list, each row of it with what it says."""

    def get_results(self, request):
        super().get_results(request)
        printed = {one.finding.pk: one for one in print_findings(self.result_list)}
        for finding in self.result_list:
            finding.printed = printed.get(finding.pk)


@admin.register(StudyFinding)
class StudyFindingAdmin(OnlySeen, RecordAdmin):
    """What the finder found. Nobody enters or changes it; it is decided here."""

    list_display = ["sentence", "kind", "state_today", "assigned_to", "found_on"]
    list_filter = [FindingStateFilter, "kind", "is_recorded", searched_by("subjects", gettext_lazy("subject"))]
    list_select_related = ["decision__person", "decision__account"]
    ordering = ["-is_recorded", "kind", "-score", "found_on", "pk"]
    search_fields = ["subjects__code", "subjects__title_en"]
    search_help_text = gettext_lazy("By the code or words of the title of a subject.")
    fields = ["kind", "facts_in_words", "certainty", "found_on", "gone_on", "state_today", "decided"]
    readonly_fields = ["facts_in_words", "certainty", "state_today", "decided"]
    acts_of_it = ("accept", "assign", "dismiss")

    def get_changelist(self, request, **kwargs):
        return PrintedList

    def get_queryset(self, request):
        return super().get_queryset(request).with_state(today()).select_related("decision__person", "decision__account")

    def changelist_view(self, request, extra_context=None):
        run = FinderRun.objects.first()
        last = print_moment(run.finished_at) if run and run.finished_at else ""
        subtitle = _("Last looked for on %(when)s") % {"when": last} if last else _("Not looked for yet")
        return super().changelist_view(request, {"subtitle": subtitle} | (extra_context or {}))

    def has_history(self):
        return True

    def history_sources(self, request, obj):
        """What was decided about it, whatever became of the decision."""
        return [FindingDecision.history.filter(finding=obj.pk)]

    def is_restorable(self):
        return False

    @admin.display(description=gettext_lazy("overlap or gap"), ordering="kind")
    def sentence(self, finding):
        return finding.printed.sentence if finding.printed else NOT_SHOWN

    @admin.display(description=gettext_lazy("certainty"))
    def certainty(self, finding):
        """Rule 16: a missing row is no negative fact."""
        return _("known") if finding.is_recorded else _("not recorded: the record is not known to be complete")

    @admin.display(description=gettext_lazy("facts"))
    def facts_in_words(self, finding):
        return render_to_string("studies/_finding_facts.html", {"printed": self._printed(finding)})

    @admin.display(description=gettext_lazy("state"))
    def state_today(self, finding):
        return FindingState(finding.state).label

    @admin.display(description=gettext_lazy("assigned to"))
    def assigned_to(self, finding):
        return finding.decided.assigned_to if finding.decided else None

    @admin.display(description=gettext_lazy("decision"))
    def decided(self, finding):
        return render_to_string("studies/_finding_decision.html", {"finding": finding, "decision": finding.decided})

    def _name_on_record(self, request, finding):
        """The heading of its page says what is so."""
        return self._printed(finding).sentence if self._printed(finding) else NOT_SHOWN

    def _printed(self, finding):
        if not hasattr(finding, "printed"):
            finding.printed = next(iter(print_findings([finding])), None)
        return finding.printed

    def may_decide(self, request):
        """Deciding is all that the rights on decisions are for."""
        return all(request.user.has_perm(right) for right in DECIDE)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.may_decide(request) and obj.gone_on is None:
            yield _("Accept…"), self.act_url("accept", obj)
            yield _("Assign…"), self.act_url("assign", obj)
            yield _("Dismiss…"), self.act_url("dismiss", obj)

    def accept_view(self, request, object_id):
        lead = _("It is so, and the secretariat knows it. It leaves the desk.")
        words = _("Accept"), lead, _("It is accepted.")
        return self._act(request, object_id, AcceptForm, accept, words)

    def assign_view(self, request, object_id):
        lead = _("Somebody looks at it. It stays on the desk until it is accepted or dismissed.")
        words = _("Assign"), lead, _("It is assigned.")
        return self._act(request, object_id, AssignForm, assign, words)

    def dismiss_view(self, request, object_id):
        lead = _("It is none, or none that needs anything. It leaves the desk until the facts change.")
        words = _("Dismiss"), lead, _("It is dismissed.")
        return self._act(request, object_id, DismissForm, dismiss, words)

    def _act(self, request, object_id, form_class, carry_out, words):
        button, lead, done = words
        finding = self.object_or_404(request, object_id)
        self.require(self.may_decide(request))
        form = form_class(request.POST or None, initial={"seen": finding.fingerprint})
        decision = None
        if request.method == "POST" and form.is_valid():
            before = FindingDecision.objects.filter(finding=finding).first()
            decision = attempt(
                form, lambda: carry_out(finding, **form.cleaned_data, by=request.user), rehearse=form.rehearses
            )
            if decision and not form.rehearses:
                self.log_change(request, finding, done)
                return self.act_done(request, done, finding)
            finding.printed, decision = self._printed(finding), decision and _becomes(before, decision)
        if form.is_bound and not form.is_valid():
            form.show_anew(seen=finding.fingerprint)
        page = self.act_page(
            request,
            finding,
            form,
            title=with_colon(button, finding.get_kind_display()),
            act=button,
            lead=lead,
            can_preview=True,
            printed=self._printed(finding),
            becomes=decision,
        )
        page.template_name = "admin/finding_act.html"
        return page


@admin.register(FindingDecision)
class FindingDecisionAdmin(OnlySeen, RecordAdmin):
    """What was decided; decided anew, and undone, from the page of the overlap or gap."""

    on_index = False
    list_display = ["finding", "act", "decided_on", "person", "account"]
    list_filter = ["act"]
    list_select_related = ["finding", "person", "account"]
    search_fields = ["because", "outcome"]
    fields = ["finding", "act", "decided_on", "person", "account", "because", "outcome"]


def _becomes(before, after):
    """(label, old value, new value) of each thing that the decision would change."""
    names = ("act", "decided_on", "person", "account", "because", "outcome")
    rows = []
    for field in (FindingDecision._meta.get_field(name) for name in names):
        values = [_value(decision, field.name) for decision in (before, after)]
        if values[0] != values[1]:
            rows.append((field.verbose_name, *values))
    return rows


def _value(decision, name):
    if decision is None:
        return FindingState.OPEN.label if name == "act" else ""
    value = getattr(decision, name)
    if name == "act":
        return decision.get_act_display()
    return print_date(value) if name == "decided_on" else str(value or "")
