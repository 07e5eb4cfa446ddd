"""The page of the whole log, its filters, and its files; the first page of whoever looks and changes nothing."""

from operator import itemgetter

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from iscg_portal.adminkit.site import desk_page
from iscg_portal.collation import InWords, in_order
from iscg_portal.tables import Column, Table, long_file_of
from iscg_portal.tenure.dates import GENEVA
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedLine
from members.models import Account
from secretariat.log.admin_acts import models_without_history
from secretariat.log.entries import NOBODY, Log, LogFilters, writers
from secretariat.log.last_changes import logged_models

PER_PAGE = 25
COLUMNS = [
    Column("when", "", "the moment, in Geneva", lambda entry: _moment(entry.at)),
    Column("who", "", "the account; blank: a command or a mailed link", lambda entry: entry.who),
    Column("kind", "", "the kind of record", lambda entry: entry.kind),
    Column("record", "", "what the record is called", lambda entry: entry.name),
    Column("key", "", "its key in the portal", lambda entry: str(entry.key)),
    Column("did", "", "added, changed or removed", lambda entry: str(entry.did)),
    Column("changes", "", "each field, what it said and what it says", lambda entry: entry.told),
    Column("why", "", "the reason, for staff", lambda entry: entry.row.history_change_reason or ""),
    Column("why_for_the_public", "", "the one for all", lambda entry: entry.row.history_public_reason or ""),
    Column("act", "", "equal marks belong to one act", lambda entry: str(entry.row.history_act or "")),
]


def _moment(at):
    return timezone.localtime(at, GENEVA).isoformat(timespec="seconds")


class NarrowForm(forms.Form):
    """By person, kind, period and import; what stands in the address and cannot be read is said, and finds nothing."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    since = DayInput(label=gettext_lazy("First day"), required=False)
    until = DayInput(label=gettext_lazy("Last day"), required=False)
    imported = TypedLine(
        label=gettext_lazy("Import"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The name of the imported file, or a part of it; it stands in the reason."),
    )
    act = forms.UUIDField(required=False, widget=forms.HiddenInput)
    record = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data, models):
        super().__init__(data)
        accounts = Account.objects.filter(Q(is_staff=True) | Q(pk__in=writers(tuple(models.values()))))
        persons = [(str(one.pk), str(one)) for one in accounts.order_by(InWords("name"), "email")]
        self.fields["who"].choices = [("", _("Everyone")), (NOBODY, _("a command or a mailed link")), *persons]
        kinds = in_order(
            ((capfirst(model._meta.verbose_name), label) for label, model in models.items()), itemgetter(0)
        )
        self.fields["kind"].choices = [("", _("All kinds")), *((label, name) for name, label in kinds)]

        self.models = models

    def clean(self):
        """One record is asked for by its kind and its key."""
        data = super().clean()
        if data.get("record"):
            if not data.get("kind"):
                raise forms.ValidationError(_("Choose the kind of the record too."))
            self.models[data["kind"]]._meta.pk.to_python(data["record"])
        return data

    def narrowed(self):
        """What is asked for; None where it cannot be read."""
        return LogFilters(**self.cleaned_data) if self.is_valid() else None


def _asked(request):
    """The form, and the entries that it asks for. Errors: PermissionDenied for who may see no record."""
    models = logged_models(request.user)
    if not models:
        raise PermissionDenied
    models |= models_without_history(request.user)
    form = NarrowForm(request.GET, models)
    narrowed = form.narrowed()
    return form, Log(models if narrowed else {}, narrowed or LogFilters())


@require_safe
def log_page(request):
    """Every change that the account may see, the newest first, with what it changed."""
    form, log = _asked(request)
    page = Paginator(log, PER_PAGE).get_page(request.GET.get("p"))
    asked = request.GET.copy()
    asked.pop("p", None)
    context = {
        "title": _("The log of changes"),
        "form": form,
        "page": page,
        "entries": page.object_list,
        "asked": asked.urlencode(),
    }
    return desk_page(request, "admin/change_log.html", **context)


@require_safe
def log_file(request, format):
    """All of what the page finds, as CSV or XLSX. Errors: Http404."""
    if format not in ("csv", "xlsx"):
        raise Http404(_("There are files as xlsx and csv only."))
    _form, log = _asked(request)
    return long_file_of(request, Table("changes", COLUMNS, log), format)
