"""The numbers and titles of papers, and what a report says of liaison statements (clause F3)."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.dates import print_date
from iscg_portal.terms import with_initials
from meetings.models import Addressee
from reports.papers import GROUP, names
from reports.prose.sentences import bullets, linked, listed, listed_rows, paragraph, said, together
from reports.renditions.words import value


def paper(document):
    """“ISCG/25-1/03, “Review of the Terms of Reference” (Chair, ISCG)”, with a link to its page."""
    number = linked(document.number, document.get_absolute_url())
    facts = {"number": number, "title": document.text("title"), "source": _source(document)}
    if document.submitted_by:
        return said(_("%(number)s, “%(title)s” (%(source)s)"), **facts)
    return said(_("%(number)s, “%(title)s”"), **facts)


def _source(document):
    """Who submitted it, in the words of the language where there are some."""
    return value(document.submitted_by, PREFIX_OF_LANGUAGE[get_language()])


def numbers(documents):
    """“ISCG/25-1/03 and ISCG/25-1/05”."""
    return listed_rows(documents, lambda one: linked(one.number, one.get_absolute_url()))


def liaison(facts):
    """Which statements came and which went, and what answered each; blank where none is on record."""
    came = [one for one in facts.papers.liaison if is_to_the_group(one)]
    went = [one for one in facts.papers.liaison if one.addressees and not is_to_the_group(one)]
    items = [*(_came(one) for one in came), *(_went(one) for one in went)]
    return bullets(items) if items else paragraph(_("No liaison statement of the period is on record."))


def is_to_the_group(document):
    """Whether the liaison statement is addressed to the group itself."""
    return any(names(addressee, GROUP) for addressee in document.addressees)


def _came(document):
    facts = {"source": _source(document), "statement": _statement(document), "day": _day(document)}
    purposes = [one.get_purpose_display() for one in document.addressees if names(one, GROUP)]
    facts["purpose"] = purposes[0]
    if not document.submitted_by:
        first = said(_("The group received the liaison statement %(statement)s (%(purpose)s; %(day)s)."), **facts)
    else:
        first = said(
            _("%(source)s sent the group the liaison statement %(statement)s (%(purpose)s; %(day)s)."), **facts
        )
    return together(first, _deadline(document), _answered_by_the_group(document))


def _went(document):
    to = listed(f"{with_initials(one.body)} ({one.get_purpose_display()})" for one in document.addressees)
    facts = {"statement": _statement(document), "addressees": to, "day": _day(document)}
    first = said(_("The group sent the liaison statement %(statement)s to %(addressees)s (%(day)s)."), **facts)
    earlier = document.liaison.in_reply_to and document.liaison.in_reply_to.document
    if earlier and earlier.is_out:
        facts["earlier"] = linked(earlier.number, earlier.get_absolute_url())
        first = said(
            _(
                "In answer to %(earlier)s, the group sent the liaison statement %(statement)s to %(addressees)s"
                " (%(day)s)."
            ),
            **facts,
        )
    return together(first, _deadline(document), _answered_to_the_group(document))


def _statement(document):
    number = linked(document.number, document.get_absolute_url())
    return said(_("%(number)s, “%(title)s”"), number=number, title=document.text("title"))


def _day(document):
    return print_date(document.dated_on) if document.dated_on else _("its date is not recorded")


def _deadline(document):
    day = document.liaison.deadline_on
    return said(_("An answer was asked for by %(day)s."), day=print_date(day)) if day else ""


def _answered_by_the_group(document):
    if document.answer_number:
        return said(_("The group answered with %(answer)s."), answer=_answer(document))
    return _("No answer is on record.") if _asks(document) else ""


def _answered_to_the_group(document):
    if document.answer_number:
        return said(_("The answer is %(answer)s."), answer=_answer(document))
    return _("No answer is on record.") if _asks(document) else ""


def _answer(document):
    return linked(document.answer_number, record_address("meetings:document-detail", document.answer_slug))


def _asks(document):
    return any(one.purpose != Addressee.Purpose.INFORMATION for one in document.addressees)
