"""What a reader meets first: home, the group and its words, contact, privacy, the data files, what is to come."""

from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from changes.offices import newest_terms_of_seats
from changes.pages import newest_changes
from front.data_files import DATA_FILES
from front.data_zip import CREDITS, licence
from front.glossary import PARTS
from front.help_us_verify import count_public_grades
from front.sending_picture import draw_sending
from iscg_portal.bodies import GroupCode
from iscg_portal.collation import in_order
from iscg_portal.sourced import Grade
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from meetings.models import Meeting
from members.composition import composition
from members.models import AdvisoryGroup, FormerName
from members.pictures.composition import balance, draw_composition
from reports.pages.annual_reports import newest_report
from secretariat.forecast import forecast
from subjects.models import Edition, Subject
from workspace.access.erasing import (
    MONTHS_OF_CONTACT_DATA,
    MONTHS_OF_INVITATIONS,
    MONTHS_OF_MAILS,
    MONTHS_OF_PARTICIPANTS,
)
from workspace.following.models import DAYS_TO_CONFIRM

NEWEST_CHANGES = 5


@public_page
@takes("on")
def home(request):
    """The management team, the next meeting, what changed last, the subjects in figures, newest edition and report."""
    day = read_day(request)
    terms = newest_terms_of_seats(day.on, NEWEST_CHANGES)
    latest = {term.office: term for term in sorted(terms, key=attrgetter("starts_on"))}
    composed = composition(day.on, latest)
    context = {
        "composition": composed,
        "picture": draw_composition(composed, rtl=get_language_bidi()),
        "announced": Meeting.objects.public().announced(day.on),
        "changes": newest_changes(terms, day.on, NEWEST_CHANGES),
        "subject_counts": Subject.objects.public().counts(day.on),
        "edition": Edition.objects.public().filter(adopted_on__lte=day.on).first(),
        "report": newest_report(day.on),
    }
    return render(request, "front/home.html", context | day.context)


@public_page
def contact(request):
    """The group's mailbox and its list (clause W2), and the advisory groups' own pages (clause W5)."""
    groups = sorted(AdvisoryGroup.objects.public(), key=lambda group: GroupCode.values.index(group.code))
    return render(request, "front/contact.html", {"groups": groups})


@public_page
def accessibility(request):
    """How the portal is made to be used by everyone, and where to say that it is not."""
    return render(request, "front/accessibility.html")


@public_page
def privacy(request):
    """What the portal says about persons, and what it keeps of its readers."""
    kept = {
        "contact_data": MONTHS_OF_CONTACT_DATA,
        "mails": MONTHS_OF_MAILS,
        "requests": DAYS_TO_CONFIRM,
        "participants": MONTHS_OF_PARTICIPANTS,
        "invitations": MONTHS_OF_INVITATIONS,
        "sessions": settings.SESSION_COOKIE_AGE // (24 * 60 * 60),
    }
    return render(request, "front/privacy.html", {"kept": kept})


@public_page
def data(request):
    """Every data file, and which earlier names of States are recorded."""
    former_names = in_order(FormerName.objects.public().join_public("country"), attrgetter("country.name"))
    name, url = licence()
    context = {"files": DATA_FILES, "former_names": former_names, "credits": CREDITS, "licence": name, "text": url}
    return render(request, "front/data.html", context)


@public_page
def forecast_page(request):
    """The public part of the forecast, quarter by quarter, with the regional balance of today."""
    told = forecast()
    counts = balance(told.composed.representatives, told.belonging, told.composed.unrecorded)
    context = {"forecast": told, "by_region": [count for count in counts.by_region if count.count]}
    return render(request, "front/forecast.html", context)


@public_page
def about(request):
    """What the group is, with the picture of who sends whom, and how many facts rest on what; one query."""
    counts = count_public_grades()
    grades = [(capfirst(grade.label), counts[grade.value]) for grade in Grade]
    if counts[""]:
        grades.append((capfirst(_("not stated")), counts[""]))
    context = {"picture": draw_sending(rtl=get_language_bidi()), "grades": grades, "facts": sum(counts.values())}
    return render(request, "front/about.html", context)


@public_page
def glossary(request):
    """The words of the group and of the portal."""
    return render(request, "front/glossary.html", {"parts": PARTS})


@public_page
def data_fields(request):
    """What each field of each data file holds; once for neighbours that have the same ones. No query of its own."""
    lists = [(list(files), fields) for fields, files in groupby(DATA_FILES, attrgetter("fields"))]
    return render(request, "front/data_fields.html", {"lists": lists})
