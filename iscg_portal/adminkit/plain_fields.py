"""How fields are asked for in the admin: the browser's own calendar, short texts, marked languages."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
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


class SearchOrChoose(AutocompleteSelect):
    """Search as you type; without JavaScript a plain list, while there are not too many to choose among."""

    def optgroups(self, name, value, attrs=None):
        if self.choices.queryset.count() > CHOOSE_AMONG:
            return super().optgroups(name, value, attrs)
        return forms.Select.optgroups(self, name, value, attrs)


class KnownOrSearched(AutocompleteSelect):
    """Search as you type, in a table of rows: what a row has is known with the row, and not asked again."""

    known = None

    def optgroups(self, name, value, attrs=None):
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        nothing = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*nothing, self.create_option(name, value[0], str(self.known), True, 1)], 0)]


def tell_what_is_known(form):
    """Give the form's lists the related rows that were loaded with its row."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, KnownOrSearched):
            widget.known = form.instance._state.fields_cache.get(name)


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
