"""How fields are asked for in the admin: days as they are printed, lists that are searched, marked languages."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import HTML_LANG, direction_of_language
from iscg_portal.tenure.day_field import DayInput

CHOOSE_AMONG = 300
# What a field asks in whichever form it stands, where neither its model nor its admin class says so.
HELP_ANYWHERE = {
    "person": _("Search by any part of the name."),
    "subject": _("Search by the code or by words of the title."),
    "resolution": _("Search by the number or by words of the title."),
    "original_language": _("Shown where a translation is missing."),
    **dict.fromkeys(("document_url", "decision_url"), _("Where the document can be read.")),
}


class Known:
    """Search as you type: what is chosen and was read with the row is not asked for again; nothing where none is."""

    known = {}  # {key: what it is called}

    def optgroups(self, name, value, attrs=None):
        chosen = [one for one in value if one]
        if not self.known.keys() >= set(chosen):
            try:
                return super().optgroups(name, value, attrs)
            except (ValueError, OverflowError):  # what is no key, which only its field refuses
                return super().optgroups(name, [], attrs)
        options = [self.create_option(name, one, self.known[one], True, number) for number, one in enumerate(chosen, 1)]
        if not (self.is_required or self.allow_multiple_selected):
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class KnownOrSearched(Known, AutocompleteSelect):
    """One record, in a table of rows."""


def tell_what_is_known(form):
    """Give the form's lists the related rows that were loaded with its row."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        related = form.instance._state.fields_cache.get(name)
        if isinstance(widget, Known) and related is not None:
            widget.known = {str(related.pk): str(related)}


class ListIfShort(Known):
    """The same; without JavaScript a plain list, while there are not too many to choose among."""

    is_long = None  # not asked yet

    def optgroups(self, name, value, attrs=None):
        is_long = self.choices.queryset.count() > CHOOSE_AMONG if self.is_long is None else self.is_long
        if is_long:
            return super().optgroups(name, value, attrs)
        return forms.Select.optgroups(self, name, value, attrs)


class SearchOrChoose(ListIfShort, AutocompleteSelect):
    """One record."""


class SearchOrChooseSome(ListIfShort, AutocompleteSelectMultiple):
    """Several records."""


def tell_how_long(forms):
    """Say to the lists of a page which hold too much to choose among. One query; alike rows are offered alike."""
    lists = {}
    for form in forms:
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, ListIfShort):
                lists.setdefault((type(form), name), []).append((field, widget))
    firsts = [field.queryset for (field, _widget), *_others in lists.values()]
    counts = [
        QuerySet(rows.model, rows.query).order_by().values_list(Value(number)).annotate(Count("pk"))
        for number, rows in enumerate(firsts)
    ]
    found = dict(counts[0].union(*counts[1:], all=True)) if counts else {}
    for number, alike in enumerate(lists.values()):
        is_long = found.get(number, 0) > CHOOSE_AMONG
        # `list` would count them once more.
        offered = [choice for choice in alike[0][0].choices] if len(alike) > 1 and not is_long else None  # noqa: C416
        for field, widget in alike:
            widget.is_long = is_long
            if offered is not None:
                field.choices = offered


class PlainFields:
    """Mixin of a ModelAdmin or an inline: fields that work without JavaScript, on a phone too.

    `help_at_fields` says what a field asks, {its name: a sentence}, where its model has no words for it.
    """

    help_at_fields = {}

    def get_field_queryset(self, db, db_field, request):
        """What is offered comes with what its name is printed from."""
        model = db_field.remote_field.model
        offered = super().get_field_queryset(db, db_field, request)
        named_by = getattr(self.admin_site._registry.get(model), "list_select_related", False)
        if not isinstance(named_by, list):
            return offered
        return (model._default_manager.using(db) if offered is None else offered).select_related(*named_by)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kwargs["widget"] = DayInput.widget
        elif isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "cols": 60})
        elif isinstance(db_field, models.BooleanField) and db_field.null:
            kwargs["widget"] = forms.NullBooleanSelect
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A new person can be entered on the way; what is there is changed on its own page.
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.can_add_related &= db_field.name in ("person", "resolution", "partner")
        if field is not None and not field.help_text:
            field.help_text = self.help_at_fields.get(db_field.name, HELP_ANYWHERE.get(db_field.name, ""))
        language = getattr(db_field, "language", None)
        if field is not None and language:
            field.required = False  # the model asks for the text in the original language, whichever that is
            field.widget.attrs |= {"lang": HTML_LANG[language], "dir": direction_of_language(language)}
        return field
