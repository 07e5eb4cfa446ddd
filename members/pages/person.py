"""A person's offices, in the management team and for the subjects, past, present and to come."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.models import Tenure
from iscg_portal.web.public_page import public_page, takes
from members.models import FormerAddress, Person
from members.models.people import kinds_of_office
from members.tables import offices_table

STATES = ("in office", "upcoming", "ended")


@public_page
@takes("on", "page")
def person_detail(request, slug):
    """A person's offices. Errors: 404 where the public knows no office of theirs."""
    day = read_day(request)
    person = Person.objects.public().filter(slug=slug).first()
    if person is None:
        return moved(slug)
    table = shown(request, offices_table(offices_of(person, day.on), day.on))
    return render(request, "members/person_detail.html", {"person": person, "table": table} | day.context)


def offices_of(person, on) -> list[Tenure]:
    """The offices whose holder the public may know: those of the day first, then the newest.

    One query for each kind of office, read through the relations of the model: `subjects` is an app above this one.
    """
    rows = [row for kind in kinds_of_office() for row in _of(person, kind, on)]
    return sorted(rows, key=lambda row: (STATES.index(row.state_on(on)), -row.starts_on.toordinal()))


def _of(person, kind, on):
    rows = kind.objects.public().with_public_name().filter(person=person).named_on(on)
    return rows.join_public("subject") if hasattr(kind, "subject") else rows


def moved(slug, address=""):
    """To the person into whom the one at this address was merged, if the public may see that one.

    `address` is another than that of the page, with “%s” for the slug.
    """
    seen = Person.objects.visible_to(AnonymousUser())
    former = FormerAddress.objects.filter(slug=slug, person__in=seen).select_related("person").first()
    if former is None:
        raise Http404(_("No office of a person with this address is on record."))
    to = address % former.person.slug if address else former.person.get_absolute_url()
    return HttpResponsePermanentRedirect(to)
