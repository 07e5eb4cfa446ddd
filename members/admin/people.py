"""Persons (their contact data, merging two records of one, addresses that redirect) in the admin."""

from operator import attrgetter

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit import admin_rights
from iscg_portal.adminkit.act_pages import PublicActForm, attempt, reason_field
from iscg_portal.adminkit.base import SOURCE, OnlySeen, RecordAdmin
from iscg_portal.adminkit.inlines import RowsInFull
from iscg_portal.adminkit.record_form import NearForm
from iscg_portal.collation import InOrder, collated
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.languages import in_a_row, with_colon
from members.acts.merging import merge_persons, rows_that_move
from members.admin.replacing import WITHOUT, offer
from members.models import ContactData, FormerAddress, Person
from members.models.people import ANOTHER, kinds_of_office


class ContactDataRows(RowsInFull):
    """How staff reach the person: shown to who may see contact data."""

    model = ContactData
    max_num = 1
    can_delete = False
    show_change_link = False


class PersonForm(NearForm):
    """A person; whether another one has the same name is asked where that is so."""

    said_by = "slug"
    is_another = forms.BooleanField(
        label=_("This is another person of the same name"),
        required=False,
        help_text=_("Both keep their records. Where they are one person, merge the records instead."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = self.instance.pk and Person.objects.filter(pk=self.instance.pk).not_told_apart()
        self.asks_whether_another(bool(known))

    def asks_whether_another(self, asks):
        self.fields["is_another"].widget = forms.CheckboxInput() if asks else forms.HiddenInput()

    def clean(self):
        data = super().clean()
        self.instance.is_another = data.get("is_another", False)
        return data

    def _post_clean(self):
        super()._post_clean()
        if self.has_error("name", ANOTHER):
            self.asks_whether_another(True)


class MergeForm(PublicActForm):
    """Which record is the duplicate, and why."""

    duplicate = forms.ModelChoiceField(
        Person.objects,
        label=_("The other record"),
        help_text=_("It is removed; its address goes on leading to the record that is kept."),
    )
    reason = reason_field(_("Why are they one person?"))
    field_order = ["duplicate", "reason", "public_reason"]

    def __init__(self, keep, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["duplicate"]
        field.queryset = Person.objects.exclude(pk=keep.pk)
        field.error_messages["invalid_choice"] = gettext("Choose two different records.")
        offer(field, "person", without=keep)


class Mergeable:
    """Mixin of the person's ModelAdmin: the page `…/merge/` and its button."""

    acts_of_it = ("merge",)

    def may_merge(self, request, obj=None):
        """Merging changes one person and removes another."""
        return self.has_change_permission(request, obj) and self.has_delete_permission(request)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.may_merge(request, obj):
            yield gettext("Merge…"), self.act_url("merge", obj)

    def merge_view(self, request, object_id):
        keep = self.object_or_404(request, object_id)
        self.require(self.may_merge(request, keep))
        form, follows = MergeForm(keep, request.POST or None), []
        if request.method == "POST" and form.is_valid():
            duplicate, reason = form.cleaned_data["duplicate"], form.cleaned_data["reason"]
            words = {"duplicate": str(duplicate), "keep": str(keep)}
            moves = _what_moves(keep, duplicate, request.user)
            follows = [gettext("“%(duplicate)s” is merged into “%(keep)s”.") % words, *moves]
            done = attempt(
                form, lambda: merge_persons(keep, duplicate, reason=reason, by=request.user), rehearse=form.rehearses
            )
            if done and not form.rehearses:
                self.log_change(request, keep, gettext("Merged with “%(duplicate)s”.") % words)
                answer = self.act_done(request, follows[0], keep)
                for sentence in follows[1:]:
                    messages.info(request, sentence)
                return answer
            follows = follows if done else []
        lead = gettext(
            "“%(person)s” takes over everything of the other record: offices, nominations, account and contact data."
        )
        words = {"title": gettext("Merge another record into %(person)s") % {"person": keep}, "act": gettext("Merge")}
        words |= {"lead": lead % {"person": keep}, "follows": follows, "can_preview": True}
        return self.act_page(request, keep, form, **words)


def _what_moves(keep, duplicate, account):
    """Sentences on each row that the other record has, and on contact data that are joined for good.

    Rows of kinds that the account may not see are only counted, all together: a kind tells who has an account.
    """
    rows = rows_that_move(duplicate)
    seen = [row for row in rows if admin_rights.may_name(account, row)]
    moving = [with_colon(capfirst(row._meta.verbose_name), row) for row in seen]
    if hidden := len(rows) - len(seen):
        message = ngettext("%(number)s more is not shown.", "%(number)s more are not shown.", hidden)
        moving.append(message % {"number": hidden})
    if ContactData.objects.filter(person__in=[keep, duplicate]).count() < 2:
        return moving
    message = gettext("The history keeps no values of “%(row)s”, so they cannot be put back.")
    return [*moving, message % {"row": capfirst(ContactData._meta.verbose_name)}]


@admin.register(Person)
class PersonAdmin(ImportExportPages, Mergeable, RecordAdmin):
    """A person who holds or held an office."""

    form = PersonForm
    list_display = ["printed", "honorific", "sort_key", "slug", "grade"]
    list_filter = ["grade", ("source", admin.EmptyFieldListFilter)]
    search_fields = ["search_key", "slug"]
    search_help_text = _("By any part of the name, or by the web address.")
    inlines = [ContactDataRows]
    sortable_by = ["printed", "honorific", "slug"]

    def get_ordering(self, request):
        return [collated(), "pk"]

    def get_search_results(self, request, queryset, search_term):
        """A merge does not offer the person itself."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        itself = request.GET.get(WITHOUT, "")
        return (found.exclude(pk=itself) if itself.isascii() and itself.isdigit() else found), doubled

    @admin.display(description=_("name"), ordering=InOrder())
    def printed(self, person):
        return person.name

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "offices", "addresses"] if obj else []

    def get_view_on_site_url(self, obj=None):
        """Only of those who have a public page."""
        is_public = obj is not None and Person.objects.public().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if is_public else None

    def get_fieldsets(self, request, obj=None):
        named = ["honorific", "name", "name_in_own_script", "sort_key", "slug", "wikidata"]
        if obj is None:
            return [(None, {"fields": [*named[:2], "is_new", *named[2:]]}), SOURCE]
        return [
            (None, {"fields": [*named[:2], "is_another", *named[2:]]}),
            (_("Offices"), {"fields": ["offices"]}),
            SOURCE,
            (_("Former addresses"), {"fields": ["addresses"]}),
        ]

    @admin.display(description=_("past and present"))
    def offices(self, person):
        rows = sorted(_offices_of(person), key=lambda row: row.starts_on, reverse=True)
        kind = attrgetter("_meta.verbose_name")
        lines = ((kind(row), self.change_url(row), row, row.until, self._acts(person, row)) for row in rows)
        return format_html_join("", '<p>{}: <a href="{}">{}</a> {} {}</p>', lines) or _("None.")

    def _acts(self, person, row):
        acts = self.admin_site._registry[type(row)].row_acts(person.seen_by, row)
        return format_html_join("", ' · <a href="{1}" aria-label="{0} {2}">{0}</a>', ((*act, row) for act in acts))

    def get_object(self, request, object_id, from_field=None):
        """What can be done with the offices depends on who sees them."""
        person = super().get_object(request, object_id, from_field)
        if person is not None:
            person.seen_by = request
        return person

    @admin.display(description=_("redirect here"))
    def addresses(self, person):
        return in_a_row(person.former_addresses.values_list("slug", flat=True)) or _("None.")


def _offices_of(person):
    for kind in kinds_of_office():
        to_name = [name for name in ("seat", "subject") if hasattr(kind, name)]
        yield from kind.objects.filter(person=person).select_related("person", *to_name)


@admin.register(ContactData)
class ContactDataAdmin(RecordAdmin):
    """Only for staff with the right to see it; the history keeps who changed it and when, not the values."""

    list_display = ["person", "email", "phone", "language"]
    list_select_related = ["person"]
    search_fields = ["person__search_key", "email"]
    autocomplete_fields = ["person"]
    fieldsets = [
        (
            None,
            {
                "description": _("Never public. The history keeps who changed this and when, not the values."),
                "fields": ["person", "email", "phone", "language", "note"],
            },
        )
    ]


@admin.register(FormerAddress)
class FormerAddressAdmin(OnlySeen, RecordAdmin):
    """Web addresses of persons who were merged into others: made by “Merge…”, kept for ever."""

    list_display = ["slug", "person"]
    list_select_related = ["person"]
    search_fields = ["slug", "person__search_key"]
