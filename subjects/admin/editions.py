"""Editions of the list in the admin: adopted and withdrawn by an act, otherwise only read (clause F1)."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import SOURCE_FIELDS, OnlySeen, RecordAdmin
from iscg_portal.adminkit.inlines import RowsToSee
from iscg_portal.languages import in_a_row, with_semicolons
from iscg_portal.sourced import Grade
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedLine, TypedText, TypedWebAddress
from subjects.acts import adopt_edition, left_out_of_edition, subjects_of_edition, withdraw_edition
from subjects.models import Edition, EditionRow, Subject
from subjects.models.subjects import SECTORS


class AdoptForm(ActForm):
    """On which day, by which document."""

    adopted_on = DayInput(label=gettext_lazy("Adopted on"), has_happened=True)
    document = TypedLine(
        label=gettext_lazy("Document"),
        max_length=200,
        help_text=gettext_lazy("The number of the document that adopted the list."),
    )
    document_url = TypedWebAddress(
        label=gettext_lazy("Link to it"), required=False, max_length=500, assume_scheme="https"
    )
    source = TypedLine(
        label=gettext_lazy("Source"),
        required=False,
        max_length=500,
        help_text=Edition._meta.get_field("source").help_text,
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Evidence"),
        required=False,
        choices=[("", "---------"), *Grade.choices],
        help_text=Edition._meta.get_field("grade").help_text,
    )
    field_order = ["adopted_on", "document", "document_url", "source", "grade", "reason"]


class WithdrawForm(ActForm):
    """Why the edition no longer stands."""

    because = TypedText(
        label=gettext_lazy("Withdrawn because"),
        help_text=gettext_lazy("Public: the page of the edition says it."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )
    field_order = ["because"]


@admin.display(description=gettext_lazy("title"))
def title_as_adopted(row):
    return row.title_shown


@admin.display(description=gettext_lazy("Sectors"))
def sectors_in_words(row):
    return in_a_row(str(Subject._meta.get_field(SECTORS[letter]).verbose_name) for letter in row.scope)


@admin.display(description=gettext_lazy("Mandates"))
def mandates_in_words(row):
    return with_semicolons(mandate["citation"] for mandate in row.mandates)


class EditionRows(RowsToSee):
    """The list as it was adopted."""

    model = EditionRow
    fields = ["position", "code", title_as_adopted, sectors_in_words, "coordinator"]
    show_change_link = False


@admin.register(Edition)
class EditionAdmin(RecordAdmin):
    """The list of subjects as adopted on a day."""

    list_display = ["adopted_on", "document", "withdrawn_because"]
    search_fields = ["document"]
    fields = ["adopted_on", "document", "document_url", *SOURCE_FIELDS, "withdrawn_because"]
    inlines = [EditionRows]
    acts_of_it = ("withdraw",)
    has_change_permission = never
    has_delete_permission = never

    def may_withdraw(self, request):
        """Withdrawing changes an edition, which nothing else does."""
        return request.user.has_perm("subjects.change_edition")

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.may_withdraw(request) and not obj.withdrawn_because:
            yield _("Withdraw…"), self.act_url("withdraw", obj)

    def add_view(self, request, form_url="", extra_context=None):
        """An edition is added by adopting the list as it stands on a day."""
        self.require(self.has_add_permission(request))
        form = AdoptForm(request.POST or None, initial={"adopted_on": today()})
        if form.is_valid() and not form.rehearses:
            edition = attempt(form, lambda: adopt_edition(by=request.user, **form.cleaned_data))
            if edition is not None:
                self.log_addition(request, edition, _("Adopted."))
                day = print_date(edition.adopted_on)
                count = edition.rows.count()
                message = ngettext(
                    "The list of %(day)s is stored as adopted, with %(count)d subject.",
                    "The list of %(day)s is stored as adopted, with %(count)d subjects.",
                    count,
                )
                return self.act_done(request, message % {"day": day, "count": count}, edition)
        lead = _("The list is stored as it stands on that day, and does not follow later changes.")
        on = (form.cleaned_data.get("adopted_on") if form.is_bound else None) or today()
        looked_at = {"day": print_date(on), "taken": subjects_of_edition(on), "left": left_out_of_edition(on)}
        words = {"title": _("Adopt the list of subjects"), "act": _("Adopt"), "lead": lead, "can_preview": True}
        page = self.act_page(request, None, form, **words, **looked_at)
        page.template_name = "admin/adopt_edition.html"
        return page

    def withdraw_view(self, request, object_id):
        edition = self.object_or_404(request, object_id)
        self.require(self.may_withdraw(request))
        form = WithdrawForm(request.POST or None)
        if attempt(form, lambda: withdraw_edition(edition, by=request.user, **form.cleaned_data)):
            self.log_change(request, edition, _("Withdrawn."))
            return self.act_done(
                request,
                _("The edition is withdrawn; its page stays and says so."),
                url=reverse("admin:subjects_edition_changelist"),
            )
        title = _("Withdraw the edition of %(day)s") % {"day": print_date(edition.adopted_on)}
        lead = _("Its page stays, and says from now on that it was withdrawn, and why.")
        return self.act_page(request, edition, form, title=title, act=_("Withdraw"), lead=lead)


@admin.register(EditionRow)
class EditionRowAdmin(OnlySeen, RecordAdmin):
    """A row of an edition; only read."""

    on_index = False
    list_display = ["edition", "position", "code"]
    list_select_related = ["edition"]
    search_fields = ["code"]
    fields = ["edition", *EditionRows.fields, "coordinator_state", mandates_in_words]
    readonly_fields = fields
