"""Pages for an act on one record: a small form, a look at what will be, and the act."""

import datetime

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import flatten, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.complete_from import answers_of, questions, refuse_unclear, sent_answers
from iscg_portal.adminkit.plain_fields import HELP_ANYWHERE
from iscg_portal.adminkit.site import admin_address, desk_page
from iscg_portal.history import Reason, public_part
from iscg_portal.languages import in_a_row
from iscg_portal.search.following import made_anew_together
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.completeness import leaves
from iscg_portal.tenure.constraints import sentence_for
from iscg_portal.tenure.dates import print_date, print_since
from iscg_portal.text_fields import WideLine

WHY = gettext_lazy("Why?")
FOR_STAFF = gettext_lazy("Goes into the history of every row that changes; only staff read it.")


def reason_field(label=WHY, help_text=FOR_STAFF, *, required=True):
    """The reason of an act, for staff."""
    return WideLine(label=label, required=required, max_length=1000, help_text=help_text)


class ActForm(ShowsTypedBefore, forms.Form):
    """The form of an act; `fieldsets` as in a ModelAdmin. Refusals of the act are shown in it."""

    reason = reason_field(required=False)
    required_css_class = "required"
    fieldsets = None

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        for name, field in self.fields.items():
            field.help_text = field.help_text or HELP_ANYWHERE.get(name, "")
        self.sent_answers = sent_answers(data or {})

    @property
    def rehearses(self):
        """Whether it was sent with “Show what will be”."""
        return "_preview" in self.data

    @property
    def answers(self):
        """From when records are complete now (`tenure.completeness`), where the act asked that."""
        return answers_of(self.sent_answers)

    def clean(self):
        """The two reasons as one `Reason`, which every act passes on."""
        data = super().clean()
        refuse_unclear(self.sent_answers)
        if "reason" in data:
            try:
                data["reason"] = Reason(data["reason"], data.pop("public_reason", ""))
            except ValidationError as refused:
                self.add_error("public_reason", refused)
        return data

    def show_anew(self, **values):
        """Keep what was typed, with what the page shows now."""
        self.initial |= values
        if self.is_bound:
            self.data = self.data.copy()
            self.data.update(values)

    def entered(self):
        """(label, what was entered in words) of each field that says something, in the order of the form."""
        fieldsets = self.fieldsets or [(None, {"fields": list(self.fields)})]
        names = [name for _title, options in self._that_it_has(fieldsets) for name in flatten(options["fields"])]
        data = {"public_reason": public_part(self.cleaned_data.get("reason")), **self.cleaned_data}
        said = ((self[name].label, in_words(self.fields[name], data.get(name))) for name in names)
        return [(label, words) for label, words in said if words]

    def laid_out(self, model_admin):
        """The form in the admin's own fieldsets."""
        fieldsets = self.fieldsets or [(None, {"fields": list(self.fields)})]
        return helpers.AdminForm(self, list(self._that_it_has(fieldsets)), {}, model_admin=model_admin)

    def _that_it_has(self, fieldsets):
        """Without fields that an account does not get."""
        for title, options in fieldsets:
            lines = [line if isinstance(line, tuple) else (line,) for line in options["fields"]]
            if lines := [kept for line in lines if (kept := tuple(name for name in line if name in self.fields))]:
                yield title, {**options, "fields": lines}


def in_words(field, value):
    """What a cleaned value of a form's field says, as people read it; blank where it says nothing, or is hidden."""
    if field.widget.is_hidden or value in (None, "", False) or (hasattr(value, "__len__") and not len(value)):
        return ""
    if hasattr(field, "in_words"):
        return field.in_words(value)
    if value is True:
        return _("yes")
    if isinstance(value, datetime.date):
        return print_date(value)
    if isinstance(value, tuple):  # a day, and how exactly it is known
        return print_since(*value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        labels = {str(key): label for key, label in flatten_choices(field.choices)}
        return in_a_row(str(labels.get(str(one), one)) for one in (value if isinstance(value, list) else [value]))
    return in_a_row(map(str, value)) if isinstance(value, QuerySet | list) else str(value)


class PublicActForm(ActForm):
    """The form of an act that changes what was published: why, for staff and for the public."""

    public_reason = WideLine(
        label=gettext_lazy("Why, for the public?"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Printed everywhere with the correction. Write nothing that only staff may know."),
    )


def attempt(form, act, *, rehearse=False):
    """What the act gave, True for nothing; or None with its refusals in the form. A rehearsal is undone again.

    None too where the form was not sent, or is not valid.
    """
    if not form.is_valid():
        return None
    try:
        with transaction.atomic(), made_anew_together():
            given = act()
            if rehearse:
                transaction.set_rollback(True)
            return True if given is None else given
    except ValidationError as error:
        form.add_error(None, leaves(error))
    except IntegrityError as error:
        form.add_error(None, str(sentence_for(error)))
    return None


class ActPages:
    """Mixin of a ModelAdmin for pages that carry out an act on one record."""

    act_template = "admin/act.html"
    acts_of_it = ()  # by the last words of their addresses, in each mixin and class those that it brings

    def get_urls(self):
        """`…/usual-deadlines/` is answered by `usual_deadlines_view`."""
        acts = [act for kind in type(self).__mro__ for act in vars(kind).get("acts_of_it", ())]
        name, wrap = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        views = {act: wrap(getattr(self, f"{act.replace('-', '_')}_view")) for act in acts}
        pages = [path(f"<path:object_id>/{act}/", view, name=f"{name}_{act}") for act, view in views.items()]
        return [*pages, *super().get_urls()]

    def object_or_404(self, request, object_id):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise self.not_here(request, unquote(object_id))
        return obj

    def not_here(self, request, pk):
        """What to raise where there is no record with this key."""
        return Http404(_("There is no such record."))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Django leads to the desk, and what was typed is lost."""
        raise self.not_here(request, unquote(object_id))

    def require(self, allowed):
        """Stop with 403 unless allowed."""
        if not allowed:
            raise PermissionDenied

    def act_url(self, act, obj):
        """The address of an act on a record, by its name in `acts_of_it`."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{act}", args=[obj.pk])

    def row_acts(self, request, obj):
        """What can be done with this record where it is a row on another one's page, as (label, address) pairs."""
        return []

    def change_url(self, obj):
        """The admin's page of any record."""
        return admin_address(type(obj), obj.pk)

    def act_done(self, request, sentence, record=None, *, url=""):
        """Say what was done, and lead to the record, or to another page."""
        messages.success(request, sentence)
        return HttpResponseRedirect(url or self.change_url(record))

    def act_page(self, request, obj, form, *, asked=(), **context):
        """The page with the form; `context` gives `title`, `act` (the button's word), `lead`, `preview`.

        `asked` are ValidationErrors that the act would meet.
        """
        laid_out = form.laid_out(self)
        context = {
            "opts": self.opts,
            "original": obj,
            "adminform": laid_out,
            "media": self.media + laid_out.media,
            "errors": form.errors,
            "entered": form.entered() if form.rehearses and form.is_valid() else [],
            "questions": questions([*form.non_field_errors().as_data(), *asked], form.sent_answers),
            **context,
        }
        return desk_page(request, self.act_template, **context)
