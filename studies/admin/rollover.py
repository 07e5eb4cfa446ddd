"""The pages of the admin on which a study period is rolled over: deciding row by row, then carrying it out (A1)."""

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.act_pages import ActForm, attempt, reason_field
from iscg_portal.adminkit.base import OnlySeen, RecordAdmin
from iscg_portal.adminkit.site import desk_page
from iscg_portal.sourced import Grade
from iscg_portal.tenure.joint_validation import RefusedTogether
from iscg_portal.text_fields import TypedLine
from studies.models import Ending, PlannedEnding, StudyPeriod, StudyUnit
from studies.rollover.acts import RolloverDecision, carry_out, decide, digest_of, endings_of, plans_of, rollover_to
from studies.rollover.links import plan_links
from studies.rollover.rows import ALL, DECIDED, OPEN, RECORDED, plain, read_row, rows_of

ROWS_A_PAGE = 100
SHOWN = {
    OPEN: gettext_lazy("to decide"),
    DECIDED: gettext_lazy("decided, not carried out"),
    RECORDED: gettext_lazy("on record"),
    ALL: gettext_lazy("all units"),
}


class CarryOutForm(ActForm):
    """The decision behind the change, for every row that is put on record."""

    reason = reason_field(required=False)
    decision = TypedLine(
        label=gettext_lazy("Decision"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The number of the document that decided it, if there is one for all of them."),
    )
    source = TypedLine(
        label=gettext_lazy("Source"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Where it stands what became of these units: a document’s number or a web address."),
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Evidence"),
        required=False,
        choices=[("", "---------"), *Grade.choices],
        help_text=Ending._meta.get_field("grade").help_text,
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["decision", "source", "grade", "reason", "shown"]


class RolloverPages:
    """Mixin of the admin of study periods: the change from the period before."""

    acts_of_it = ("rollover", "carry-out")

    def may_roll_over(self, request):
        """Whether the account may put on record what became of units, and enter links."""
        needed = ("studies.add_plannedending", "studies.add_ending", "studies.add_mappinglink")
        return all(map(request.user.has_perm, needed))

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.may_roll_over(request):
            yield _("What became of the units of the period before…"), self.act_url("rollover", obj)

    def rollover_view(self, request, object_id):
        """Each unit of the period before, with what the portal proposes; staff decide row by row."""
        period = self.object_or_404(request, object_id)
        self.require(self.may_roll_over(request))
        rollover, fill = rollover_to(period), request.GET.get("fill", "")
        rows = rows_of(rollover, fill) if rollover else []
        refused = []
        if request.method == "POST" and rollover:
            refused = save_decisions(rollover, rows, request)
            if not refused:
                return HttpResponseRedirect(f"{request.path}?{urlencode(_asked(request))}")
        shown = request.GET.get("show") if request.GET.get("show") in SHOWN else OPEN
        matching = [row for row in rows if row.errors or shown in (ALL, row.state)]
        page = Paginator(matching, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "rollover": rollover,
            "page": page,
            "shown": shown,
            "refused": refused,
            "kinds": Ending.Kind.choices,
            "counts": _counts(rows),
            "query": f"{urlencode({'show': shown, 'fill': fill})}&",
            "fill": fill,
            "sure": sum(row.state == OPEN and row.proposal.is_sure for row in rows),
            "lost": sum(row.state == OPEN and not row.proposal.candidates for row in rows),
            "fresh": _fresh(rollover, rows) if rollover else [],
            "import_url": reverse("admin:studies_studyunit_import"),
            "carry_out_url": self.act_url("carry-out", period),
        }
        return self._page(request, period, "rollover", context)

    def carry_out_view(self, request, object_id):
        """First the whole of what will be written, then the button (rule 18)."""
        period = self.object_or_404(request, object_id)
        self.require(self.may_roll_over(request))
        rollover = rollover_to(period)
        plans = plans_of(rollover.before) if rollover else []
        form = CarryOutForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and rollover:
            before, given = rollover.before, form.cleaned_data
            done = attempt(form, lambda: carry_out(before, by=request.user, **given))
            if done is not None:
                return self.act_done(request, str(done), url=f"{self.act_url('rollover', period)}?show={RECORDED}")
        links = plan_links(endings_of(plans))
        form.show_anew(shown=digest_of(plans, links))
        decided = {plan.unit_id for plan in plans}
        if rollover:
            decided.update(Ending.objects.filter(unit__period=rollover.before).values_list("unit", flat=True))
        context = {
            "rollover": rollover,
            "plans": plans,
            "links": links,
            "undecided": [unit for unit in rollover.old if unit.pk not in decided] if rollover else [],
            "form": form,
            "adminform": form.laid_out(self),
            "rollover_url": self.act_url("rollover", period),
        }
        return self._page(request, period, "rollover_carry_out", context)

    def _page(self, request, period, name, context):
        titles = {
            "rollover": _("What became of the units of the period before"),
            "rollover_carry_out": _("Carry the studies over to %(period)s"),
        }
        title = titles[name] % {"period": period}
        return desk_page(request, f"admin/{name}.html", opts=self.opts, original=period, title=title, **context)


def _asked(request):
    """The list that is shown stays shown; proposals that were put into the form are saved now."""
    return {"show": request.GET["show"]} if request.GET.get("show") in SHOWN else {}


def _counts(rows):
    """[(state, word, number)] for the ways to the rows."""
    return [(state, word, sum(state in (ALL, row.state) for row in rows)) for state, word in SHOWN.items()]


def _fresh(rollover, rows):
    """The units of the new list that follow none of the old ones, as far as that is decided or proposed."""
    taken = {one.successor_id for row in rows for one in row.stands}
    taken |= {unit.pk for row in rows if row.state == OPEN for unit in row.proposal.successors}
    return [unit for unit in rollover.new if unit.pk not in taken]


def save_decisions(rollover, rows, request):
    """Save what was decided, all or nothing; gives the rows that were refused, each with its sentences."""
    by_number = {plain(unit.number): unit for unit in rollover.new}
    posted = [row for row in rows if f"seen-{row.unit.pk}" in request.POST]
    decided, decisions = [], []
    for row in posted:
        successors, seen = read_row(row, request.POST, by_number), request.POST[f"seen-{row.unit.pk}"]
        if not row.errors and (row.kind or seen):
            decided.append(row)
            decisions.append(RolloverDecision(row.unit, row.kind, successors, seen, row.others_unrecorded))
    with transaction.atomic():
        try:
            decide(decisions, rollover.period, by=request.user)
        except RefusedTogether as refusal:
            for place, error in refusal.problems.items():
                decided[place].errors += error.messages
        refused = [row for row in posted if row.errors]
        if refused:
            transaction.set_rollback(True)
    if not refused:
        saved = len(decisions)
        said = ngettext("%(count)d decision is saved.", "%(count)d decisions are saved.", saved)
        messages.success(request, said % {"count": saved} if saved else _("Nothing was decided, so nothing was saved."))
    return refused


@admin.register(PlannedEnding)
class PlannedEndingAdmin(OnlySeen, RecordAdmin):
    """A decision that is not carried out yet; made on the page of the rollover."""

    on_index = False
    list_display = ["unit", "kind", "successor"]
    list_select_related = ["unit__period", "successor__period"]
    list_filter = ["kind"]
    search_fields = ["unit__slug", "successor__slug"]

    def page_of_act(self, version):
        """The rollover in which this was decided, where somebody who undid it goes on."""
        unit = StudyUnit.objects.select_related("period").get(pk=version.unit_id)
        later = StudyPeriod.objects.filter(sector=unit.period.sector, starts_on__gt=unit.period.starts_on)
        period = later.order_by("starts_on").first()
        return self.admin_site.get_model_admin(StudyPeriod).act_url("rollover", period) if period else ""
