"""A record's page in the admin, from opening to saving: all or nothing, and every refusal a sentence.

A page that a colleague overtook is shown again: with what was typed, and with theirs where nothing was typed. So two
editors of one record, as of two of its languages, both keep what they wrote. So does who had the page open when the
record was frozen.
"""

import datetime

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.adminkit import history
from iscg_portal.adminkit.complete_from import answers_of, questions, refuse_unclear, sent_answers
from iscg_portal.adminkit.formsets import FormPage
from iscg_portal.adminkit.history_pages import Restorable, pk_of
from iscg_portal.adminkit.plain_fields import tell_how_long, tell_what_is_known
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.adminkit.saving import PageRefused, save_page, wait_for_turn
from iscg_portal.history import Reason
from iscg_portal.search.following import made_anew_together
from iscg_portal.tenure.constraints import sentence_for
from iscg_portal.tenure.models import Period

REASON, PUBLIC_REASON = "change_reason", "change_public_reason"


class RecordPage(Restorable):
    """Mixin of a ModelAdmin: saves a page as one act, with a reason, and never over a colleague unawares."""

    form = RecordForm
    change_form_template = "admin/record_form.html"

    def frozen_because(self, obj):
        """Why the record can no longer be changed, as a sentence; blank while it can."""
        return ""

    def has_change_permission(self, request, obj=None):
        """Whoever sends a page that was open before the record was frozen is told so, and keeps what was typed."""
        is_closed = obj and request.method != "POST" and self.frozen_because(obj)
        return super().has_change_permission(request, obj) and not is_closed

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusals = refusals_of(request)
        # What depends on other rows is judged when the page is saved, with all its rows and answers.
        form.judged_as_page = bool(self.get_inlines(request, obj)) or issubclass(self.model, Period)
        form.restored = self.restored_version(request, obj)
        return form

    def history_sources(self, request, obj):
        """The histories of the record and of the rows on its page, as far as the account may see them."""
        own = [self.model.history.filter(pk_of(self.model, obj.pk))] if hasattr(self.model, "history") else []
        inlines = [inline.history_of(obj) for inline in self.get_inline_instances(request, obj)]
        return own + [source for source in inlines if source is not None]

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if request.method == "POST":
            page = FormPage(formsets, request.POST.get(REASON, "").strip())
            for formset in formsets:
                formset.page = page
        return formsets, inlines

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method != "POST":
            return super()._changeform_view(request, object_id, form_url, extra_context)
        wait_for_turn()
        request.page_refusals = self._colleague_refusal(request, object_id)
        request.sent_answers = sent_answers(request.POST)
        try:
            refuse_unclear(request.sent_answers)
        except ValidationError as unclear:
            request.page_refusals = {None: unclear} | request.page_refusals
        try:
            with transaction.atomic(), made_anew_together():
                return super()._changeform_view(request, object_id, form_url, extra_context)
        except PageRefused as refused:
            request.page_refusals = refused.refusals
        except IntegrityError as error:
            request.page_refusals = {None: ValidationError(str(sentence_for(error)))}
        # The same page again: the refusals make it invalid, so that it is shown and not saved.
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _colleague_refusal(self, request, object_id):
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if obj and (frozen := self.frozen_because(obj)):
            return {None: ValidationError(frozen)}
        if obj is None or history.OPENED not in request.POST:
            return {}
        refusal = history.refusal(self.history_sources(request, obj), request.POST[history.OPENED])
        request.colleague_was_named = refusal is not None
        if refusal and hasattr(self.model, "history"):
            own = self.history_sources(request, obj)[0]
            before = opened_row(own, request.POST[history.OPENED])
            if before is not None:
                form_class = self.get_form(request, obj, change=True)
                request.POST = with_newer_values(form_class, before, obj, request.POST)
        return {None: refusal} if refusal else {}

    def construct_change_message(self, request, form, formsets, add=False):
        said = super().construct_change_message(request, form, formsets, add)
        request.changed_nothing = not said and form.restored is None  # an old version is sent as it was shown
        return said

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        """Django says “changed” also of a page that was sent as it was (rule 20)."""
        if level == messages.SUCCESS and getattr(request, "changed_nothing", False):
            level, message = messages.INFO, _("Nothing was changed.")
        super().message_user(request, message, level, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """Saved in `save_related`, with the rows on the page."""

    def save_related(self, request, form, formsets, change):
        words = [request.POST.get(name, "").strip() for name in (REASON, PUBLIC_REASON)]
        answers = answers_of(request.sent_answers)
        try:
            reason = Reason(*words)
        except ValidationError as refused:
            raise PageRefused({None: refused}) from refused
        save_page(form, formsets, reason=reason, by=request.user, answers=answers)
        form.save_m2m()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form, rows = context["adminform"].form, [one.formset for one in context["inline_admin_formsets"]]
        tell_what_is_known(form)
        tell_how_long([form, *(row for one in rows for row in (*one.forms, one.empty_form))])
        posted = request.POST.get(history.OPENED)
        if change and (posted is None or getattr(request, "colleague_was_named", False)):
            posted = history.version_of(self.history_sources(request, obj))
        context |= {
            "opened_version": posted,
            "change_reason": request.POST.get(REASON, self.reason_of_restoring(request, obj)),
            "change_public_reason": request.POST.get(PUBLIC_REASON, ""),
            "questions": questions(refusals_of(request).values(), getattr(request, "sent_answers", {})),
            "object_acts": list(self.object_acts(request, obj)) if change else [],
            "restored": self.restored_version(request, obj),
            "has_editable_form": self.has_change_permission(request, obj) if change else True,
            **({"title": self._name_on_record(request, obj)} if change else {}),
            **({"subtitle": capfirst(self.opts.verbose_name)} if change else {}),
            "show_delete": False,  # “Remove as entered by mistake…” stands among the acts
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _name_on_record(self, request, obj):
        """The heading of a page that is refused names the record as it stands, not as it was typed."""
        stored = self.model._default_manager.filter(pk=obj.pk).first() if request.method == "POST" else obj
        return str(stored or obj)

    def object_acts(self, request, obj):
        """What can be done with this record beside editing it, as (label, address) pairs."""
        return []


def refusals_of(request):
    """The sentences with which the page was refused, by form prefix."""
    return getattr(request, "page_refusals", {})


def opened_row(source, opened):
    """The record as it stood when the page was opened, of its own history; None where that is not known."""
    row = source.filter(history_id=history.number_at_opening(source, opened)).first()
    return row and row.instance


def with_newer_values(form_class, before, now, posted):
    """The posted data, with the value of the record `now` in each field that only a colleague changed since `before`.

    It is for the page that is shown again; nothing is saved of it.
    """
    data = posted.copy()
    then, today = form_class(instance=before), form_class(instance=now)
    for name, field in then.fields.items():
        old, new = then.get_initial_for_field(field, name), today.get_initial_for_field(field, name)
        typed = field.widget.value_from_datadict(posted, {}, name)
        if old != new and not field.disabled and not field.has_changed(old, typed):
            _put(data, name, field, new)
    return data


def _put(data, name, field, value):
    if isinstance(field.widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        data.setlist(name, [str(one) for one in field.prepare_value(value) or ()])
    else:
        shown = field.prepare_value(value)
        shown = field.widget.format_value(shown) if isinstance(shown, datetime.date) else shown
        data[name] = "" if shown is None else str(shown)
