"""The page that undoes an act: first what will be put back, then the button (rule 18)."""

from itertools import chain

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from iscg_portal import acts
from iscg_portal.adminkit import history
from iscg_portal.adminkit.act_pages import PublicActForm, attempt, reason_field
from iscg_portal.adminkit.complete_from import questions
from iscg_portal.adminkit.site import admin_address, desk_page
from iscg_portal.undoing import ADDED, CHANGED, REMOVED, Done, undo

ROWS_SHOWN, ROWS_NAMED = 100, 10
WHAT = {
    ADDED: gettext_lazy("was entered, and is to be removed"),
    CHANGED: gettext_lazy("was changed, and is to be put back"),
    REMOVED: gettext_lazy("was removed, and is to be brought back"),
}
DONE = {ADDED: gettext_lazy("entered"), CHANGED: gettext_lazy("changed"), REMOVED: gettext_lazy("removed")}


class UndoForm(PublicActForm):
    """Why the act is undone."""

    reason = reason_field(gettext_lazy("Why is this undone?"))


def undoable(marks, account):
    """Those of the acts that the account can undo now."""
    return {mark for mark in marks if _can_be_undone(Done(mark), account)}


def offer_undoing(request):
    """Say with a link that what this request did can be undone, where it can."""
    act = acts.current()
    if act is not None and act.histories and not act.is_final and undoable([act.mark], request.user):
        link = format_html('<a href="{}">{}</a>', reverse("admin:undo", args=[act.mark]), _("Undo this…"))
        messages.info(request, link)


def newest_marks(loaded):
    """The marks of the acts that wrote the newest history row of a record; `loaded` has the newest first."""
    newest = {}
    for row in loaded:
        newest.setdefault((row.instance_type, getattr(row, row.instance_type._meta.pk.attname)), row.history_act)
    return set(newest.values()) - {None}


def came_with(row, account):
    """The act with which the row was entered, where that touched other rows and can be undone: for the removal page.

    A row that was removed and brought back as it was still came with the act that entered it first.
    """
    if not hasattr(type(row), "history"):
        return None
    versions = type(row).history.filter(**{type(row)._meta.pk.attname: row.pk}, history_type="+")
    marks = versions.exclude(history_act=None).order_by("-history_id").values_list("history_act", flat=True)
    for done in map(Done, dict.fromkeys(marks)):
        others = [one for one in done.to_put_back if (one.model, one.pk) != (type(row), row.pk)]
        if others and _can_be_undone(done, account):
            url = reverse("admin:undo", args=[done.mark])
            return {"rows": others[:ROWS_NAMED], "further": len(others[ROWS_NAMED:]), "url": url}
    return None


def _can_be_undone(done, account):
    return bool(done.rows) and done.may_be_undone_by(account) and not done.refusals()


@require_http_methods(["GET", "HEAD", "POST"])
def undo_page(request, mark):
    """What the act did and what will be put back, with a button."""
    done = Done(mark)
    if not done.rows:
        raise Http404(_("There is no such act, or it cannot be undone."))
    if not done.may_be_undone_by(request.user):
        raise PermissionDenied
    form = UndoForm(request.POST or None)
    if form.is_valid():
        reason, answers = form.cleaned_data["reason"], form.answers
        if attempt(form, lambda: undo(mark, reason=reason, by=request.user, answers=answers)):
            messages.success(request, _("It is undone: every row is again as it was before."))
            return HttpResponseRedirect(_page_after(done))
    rows, refusals = done.to_put_back, [] if form.errors else done.refusals()
    context = {
        "title": _("Undo what was done"),
        "done": done,
        "refusals": refusals,
        "rows": [_as_done(row) if refusals else _as_put_back(row) for row in rows[:ROWS_SHOWN]],
        "further": len(rows[ROWS_SHOWN:]),
        "column": _("What was done") if refusals else _("What becomes of it"),
        "form": form,
        "questions": questions(form.non_field_errors().as_data(), form.sent_answers),
    }
    return desk_page(request, "admin/undo.html", **context)


def _as_put_back(row):
    """What the row is, what becomes of it, and its changes."""
    return str(row), WHAT[row.kind], history.changes_back(row.last, row.before)


def _as_done(row):
    """What the row is, what the act did to it, and its changes."""
    return str(row), DONE[row.kind], history.changes_back(row.before, row.last) if row.was_there else []


def _page_after(done):
    """Where to go on: at a row that is on record again, else at what a row that went belonged to, else at its list."""
    rows = done.to_put_back
    pages = chain(
        (_page_of_its_act(row) for row in rows),
        (admin_address(row.model, row.pk) for row in rows if row.was_there and _has_a_place(row.model)),
        (_page_of_owner(row.last) for row in rows if not row.was_there and not _has_a_place(row.model)),
        (admin_address(row.model) for row in rows if _has_a_place(row.model)),
    )
    return next(filter(None, pages), reverse("admin:index"))


def _page_of_its_act(row):
    """The page on which such rows are made together, where their admin class names it (`page_of_act`)."""
    model_admin = admin.site._registry.get(row.model)
    return model_admin.page_of_act(row.last) if hasattr(model_admin, "page_of_act") else ""


def _has_a_place(model):
    """Whether its rows are looked for in a list of their own, and not on another record's page."""
    return getattr(admin.site._registry.get(model), "on_index", False)


def _page_of_owner(version):
    """The page of the first record that the row named, and that is still there."""
    for field in version.instance_type._meta.concrete_fields:
        if field.is_relation and _has_a_place(field.related_model):
            key = getattr(version, field.attname)
            if key is not None and field.related_model._base_manager.filter(pk=key).exists():
                return admin_address(field.related_model, key)
    return ""
