"""What the record owes itself: what `office_care` asks of offices, official lists, names and texts that can be read."""

from django.apps import apps
from django.db.models import CharField, Count, QuerySet, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.adminkit.site import admin_address
from iscg_portal.collation import collated
from iscg_portal.languages import with_colon, with_semicolons
from iscg_portal.models import ShippedRow
from iscg_portal.odd_rows import has_odd_words, odd_values
from iscg_portal.old_texts import LEFT, left_over
from iscg_portal.sourced import INDICATIVE as INDICATIVE_GRADES
from iscg_portal.sourced import Sourced
from iscg_portal.visibility import PublicQuerySet
from members.models import Country, Person
from members.models.countries import LISTED
from secretariat.checks import office_care
from secretariat.findings import CARE, REMARK, Finding, topic

UNLISTED = topic(
    "",
    REMARK,
    "%(count)d country outside the list of those who may take part",
    "%(count)d countries outside the list of those who may take part",
)
ONE_NAME = topic(
    "",
    CARE,
    "%(count)d person of a name that another record has",
    "%(count)d persons of a name that another record has",
)
UNCLEAN = topic(
    "",
    CARE,
    "%(count)d entry with a text that could not be cleaned",
    "%(count)d entries with a text that could not be cleaned",
)
ODD = topic("", CARE, "%(count)d entry that pages cannot print", "%(count)d entries that pages cannot print")
INDICATIVE = topic("", CARE, "Indicative entries of %(count)d kind", "Indicative entries of %(count)d kinds")


def count_grades():
    """{model: {grade: how many rows}} of everything that has a source; one query. A blank grade is not stated."""
    models = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Sourced)}
    first, *others = (
        QuerySet(model)
        .order_by()
        .values_list(Value(label, output_field=CharField()), "grade")
        .annotate(found=Count("pk"))
        for label, model in models.items()
    )
    counts = {model: {} for model in models.values()}
    for label, grade, found in first.union(*others, all=True):
        counts[models[label]][grade] = found
    return counts


def to_count():
    """The rows that the checks below want counted (see `secretariat.findings`)."""
    found = {"unlisted countries": Country.objects.exclude(**LISTED), "one name": Person.objects.not_told_apart()}
    found["unclean"] = ShippedRow.objects.filter(key__startswith=LEFT)
    return found | _odd_rows()


def counted(on):
    """(topic, queryset) of what the database counts alone, of offices and of all else."""
    yield from office_care.counted(on)
    wanted = to_count()
    del wanted["unlisted countries"]  # a remark
    topics = {"one name": ONE_NAME, "unclean": UNCLEAN}
    yield from ((topics.get(name, ODD), rows) for name, rows in wanted.items())


def ask_names(count):
    """A finding for each person whose name another record has too; no query where there is none."""
    if count["one name"]:
        for person in Person.objects.not_told_apart().order_by(collated(), "pk"):
            sentence = _("%(person)s (%(slug)s): merge the records, or say that they are two persons.")
            named = {"person": person, "slug": person.slug}
            yield Finding(ONE_NAME, sentence % named, admin_address(Person, person.pk))


def ask_countries(count):
    """A remark on each country that nobody can choose (rule 21); no query where there is none."""
    if count["unlisted countries"]:
        for country in Country.objects.exclude(**LISTED):
            sentence = _("%(code)s (%(country)s): without a standing, so nobody can choose it.")
            named = {"code": country.pk, "country": country.name}
            yield Finding(UNLISTED, sentence % named, admin_address(Country, country.pk))


def ask_unclean(count):
    """A finding for each row that `clean_texts` could not clean; no query where there is none."""
    for row in left_over() if count["unclean"] else ():
        sentence = _(
            "%(kind)s “%(row)s”: an invisible mark or an odd space in a text; another entry has the clean text."
        )
        named = {"kind": capfirst(row._meta.verbose_name), "row": row}
        yield Finding(UNCLEAN, sentence % named, admin_address(type(row), row.pk))


ODD_ROWS = "odd "  # begins the name under which those of a kind are counted


def _odd_rows():
    """Rows with a word that no page knows."""
    public = (
        model
        for model in apps.get_models()
        if issubclass(model, Sourced) or isinstance(model._default_manager.all(), PublicQuerySet)
    )
    conditions = ((model, has_odd_words(model)) for model in public)
    return {f"{ODD_ROWS}{model._meta.label_lower}": model._base_manager.filter(odd) for model, odd in conditions if odd}


def ask_odd_rows(count):
    """A finding for each row that pages may not be able to print; a query for each kind that has any."""
    there = [name for name, number in count.items() if number and name.startswith(ODD_ROWS)]
    of_kinds = _odd_rows() if there else {}
    for name in there:
        for row in of_kinds[name]:
            odd = with_semicolons(with_colon(field.verbose_name, value) for field, value in odd_values(row).items())
            named = {"kind": capfirst(row._meta.verbose_name), "key": row.pk, "odd": odd}
            sentence = _("%(kind)s %(key)s (%(odd)s): pages that cannot print this leave the entry out.") % named
            yield Finding(ODD, sentence, admin_address(type(row), row.pk))


def ask_records(count):
    """What the record says in an odd way; no query where there is nothing."""
    for ask in (ask_countries, ask_names, ask_unclean, ask_odd_rows):
        yield from ask(count)


def ask_care(on):
    """Findings on what the record owes itself. Two queries."""
    yield from office_care.ask_offices(on, office_care.offices_to_care_for(on))
    for model, counted in count_grades().items():
        entries = sum(counted.get(grade, 0) for grade in INDICATIVE_GRADES)
        if entries:
            sentence = ngettext("%(kind)s: %(count)d entry.", "%(kind)s: %(count)d entries.", entries)
            names = {"kind": capfirst(model._meta.verbose_name_plural), "count": entries}
            yield Finding(INDICATIVE, sentence % names, admin_address(model, grade__in=",".join(INDICATIVE_GRADES)))
