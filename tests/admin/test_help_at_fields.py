"""Help stands at each field of the admin whose label does not say all."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms import CharField, CheckboxSelectMultiple, RadioSelect
from django.test import RequestFactory
from django.urls import resolve

from iscg_portal.adminkit.act_pages import ActForm
from iscg_portal.adminkit.plain_fields import HELP_ANYWHERE
from iscg_portal.translated import columns_of
from members.models import AdvisoryGroup, TermsOfReference
from studies.models import StudyUnit
from subjects.models import Partner

pytestmark = pytest.mark.django_db
# Labels that say all: what is written there, or the one record to which this one belongs.
SAYS_ALL = {"name", "email", "phone", "place", "year", "note", "code", "abbreviation", "title_en", "name_en"}
SAYS_ALL |= {"language", "members.AdvisoryGroup.url", "studies.StudyUnit.url", "subjects.Partner.url"}
SAYS_ALL |= {"subjects.Revision.url"}
SAYS_ALL |= {"short_name_en", "country", "group", "account", "meeting", "seat", "coordinator", "partner", "report"}
SAYS_ALL |= {"sector", "unit", "activity", "document", "organization", "starts_on", "ends_on", "state", "slug"}
SAYS_ALL |= {"about", "activities", "duplication", "organizations", "results", "next_steps"}
SAYS_ALL |= {"studies.Activity.kind", "subjects.Edition.adopted_on", "subjects.MandateLook.looked_at_on"}
SAYS_ALL |= {"subjects.MandateLook.conference", "studies.Confirmation.link", "workspace.Participant.capacity"}
# In acts also what belongs to the act of the page: its day, its decision, its reason, the file or the number sent.
OF_ACTS = {"on", "decision_body", "how_ended", "reason", "file", "number", "reply", "adopted_on"}
# Boxes of a group of boxes, whose heading says what a tick means.
BOXES = ("in_", "region_", "org_", "for_", "is_")
# Folded or beside another field, which says it: how exactly a day is known, somebody or a State that is new.
BESIDE = ("precision", "new_", "which_", "state_", "_ar", "_es", "_fr", "_ru", "_zh_hans")

# What an act, the sign-in, a number or the finder writes, and what is sent.
_VARIANT = ("base", "variant", "variant_number")
NOT_BY_HAND = {"Account.password", "Account.last_login", "Account.date_joined", "Seat.group", "Seat.number"}
NOT_BY_HAND |= {f"EditionRow.{name}" for name in ("subject", "titles", "scope", "mandates")}
NOT_BY_HAND |= {
    f"{paper}.{name}" for paper in ("AnnualReport", "Document") for name in ("base", "variant", "variant_number")
}
NOT_BY_HAND |= {"AnnualReport.period_from", "AnnualReport.period_to", "DocumentFile.addresses_decision"}
NOT_BY_HAND |= {"StudyFinding.is_recorded", "StudyFinding.score", "Transmission.reply"}
NOT_BY_HAND |= {"Mail.text", "Mail.html", "Mail.unsubscribe_url"}


@pytest.fixture
def asked(chief):
    """A request of somebody with every right."""
    request = RequestFactory().get("/admin/")
    request.user, request.resolver_match = chief, resolve("/admin/")
    return request


def without_help(model, request):
    pages = admin.site._registry[model]
    if pages.has_add_permission(request) or pages.has_change_permission(request):
        fields = pages.get_form(request).base_fields
        yield from lacking_in(model._meta.label, fields, pages.get_fieldsets(request))


def lacking_in(form, fields, fieldsets, says_all=frozenset()):
    heads = {name for _title, options in fieldsets if options.get("description") for name in names(options)}
    for name, field in fields.items():
        label = f"{form}.{name}"
        said = field.help_text or field.widget.is_hidden or {name, label} & {*SAYS_ALL, *says_all, *heads}
        if not (said or name.startswith(BOXES) or any(part in name for part in BESIDE)):
            yield label


def names(options):
    for line in options["fields"]:
        yield from line if isinstance(line, tuple | list) else [line]


def forms_of_acts(form=ActForm):
    for one in form.__subclasses__():
        yield from (one, *forms_of_acts(one))


def test_each_field_whose_label_does_not_say_all_has_help(asked):
    models = [model for model in admin.site._registry if model.__module__.split(".")[0] not in ("django", "allauth")]
    lacking = [one for model in models for one in without_help(model, asked)]
    assert not lacking, "; ".join(lacking)


def test_each_field_of_a_record_stands_in_the_admin(asked):
    forgotten = set()
    for model, pages in admin.site._registry.items():
        shown = {*flatten_fieldsets(pages.get_fieldsets(asked)), *pages.get_readonly_fields(asked)}
        shown |= {column for name in getattr(model, "TRANSLATED", ()) for column in (name, *columns_of(name))}
        fields = {field.name for field in model._meta.fields if field.editable and not field.primary_key}
        forgotten |= {f"{model.__name__}.{name}" for name in fields - shown}
    assert forgotten == NOT_BY_HAND, "Each has its place in the fieldsets of the admin, or no hand fills it in."


def fields_of_act(form):
    """Those that ask, as `ActForm` shows them; choices that all stand on the page say themselves what they are."""
    for name, field in form.base_fields.items():
        if not isinstance(field.widget, RadioSelect | CheckboxSelectMultiple) and name not in HELP_ANYWHERE:
            yield name, field


def test_each_field_of_an_act_whose_label_does_not_say_all_has_help():
    forms = {one for one in forms_of_acts() if not one.__module__.startswith("tests.")}
    told = [lacking_in(one.__qualname__, dict(fields_of_act(one)), one.fieldsets or [], OF_ACTS) for one in forms]
    lacking = [lack for found in told for lack in found]
    assert len(forms) > 40 and not lacking, "; ".join(sorted(lacking))


def test_what_a_record_says_of_a_field_its_acts_say_too():
    class Act(ActForm):
        person, document_url = CharField(), CharField(help_text="Its own")

    assert Act().fields["person"].help_text == HELP_ANYWHERE["person"]
    assert Act().fields["document_url"].help_text == "Its own"


def test_only_the_address_of_a_document_is_called_so(asked):
    said = {
        model._meta.label: str(form.base_fields["url"].help_text)
        for model in (AdvisoryGroup, Partner, StudyUnit, TermsOfReference)
        for form in [admin.site._registry[model].get_form(asked)]
    }
    assert {label for label, text in said.items() if "document" in text} == {"members.TermsOfReference"}
