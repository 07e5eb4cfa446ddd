"""The numbers and titles of papers, and what a report says of liaison statements (clause F3)."""

from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from iscg_portal.bodies import GroupCode
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.languages import PREFIX_OF_LANGUAGE, in_brackets, with_colon, with_semicolons
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.dates import print_date
from meetings.models import Standing
from reports.papers import GROUP, is_name_of, names, names_body
from reports.prose.sentences import bullets, fact, linked, listed, listed_rows, paragraph, said, together
from reports.renditions.words import value


def paper(document):
    """“ISCG/25-1/03, “Review of the Terms of Reference” (Chair, ISCG)”, with a link to its page."""
    if not document.submitted_by:
        return titled(document)
    number = linked(document.number, document.get_absolute_url())
    facts = {"number": number, "title": document.text("title"), "source": _source(document)}
    return said(_("%(number)s, “%(title)s” (%(source)s)"), **facts)


def _source(document):
    return in_words(document.submitted_by)


def in_words(who):
    """Who submitted a paper, got it or does something, in the words of the language where there are some."""
    return value(who, PREFIX_OF_LANGUAGE[get_language()])


def titled(document):
    """“ISCG/25-1/03, “Review of the Terms of Reference””, with a link to its page."""
    number = linked(document.number, document.get_absolute_url())
    return said(_("%(number)s, “%(title)s”"), number=number, title=document.text("title"))


def numbers(documents):
    """“ISCG/25-1/03 and ISCG/25-1/05”."""
    return listed_rows(documents, lambda one: linked(one.number, one.get_absolute_url()))


def liaison(facts):
    """Which statements came, which went and which were before the group, and what answered each."""
    came, went, others = by_way(facts.papers.liaison)
    items = [*map(_came, came), *map(_went, went), *map(_before_the_group, others)]
    return bullets(items) if items else paragraph(_("No liaison statement of the period is on record."))


def by_way(statements):
    """(those that came to the group, those that it sent, those of others that were before it): three lists.

    The group sent what names it as its source; to it came what is addressed to it.
    """
    ways = [], [], []
    for one in statements:
        is_sent = names_body(one.submitted_by, GROUP)
        ways[1 if is_sent else 0 if any(names(addressee, GROUP) for addressee in one.addressees) else 2].append(one)
    return ways


def told_by_way(statements, came=numbers, went=numbers):
    """A sentence on those that came, on those that went and on the others, each listed by `came` or `went`."""
    to_the_group, of_the_group, others = by_way(statements)
    if to_the_group:
        yield said(came_to_the_group(len(to_the_group)), papers=came(to_the_group))
    if of_the_group:
        yield said(sent_by_the_group(len(of_the_group)), papers=went(of_the_group))
    if others:
        yield said(before_the_group(len(others)), papers=came(others))


def came_to_the_group(count):
    """The sentence on so many statements."""
    return ngettext(
        "The group received the liaison statement %(papers)s.",
        "The group received the liaison statements %(papers)s.",
        count,
    )


def sent_by_the_group(count):
    """The sentence on so many statements."""
    return ngettext(
        "The group sent the liaison statement %(papers)s.", "The group sent the liaison statements %(papers)s.", count
    )


def before_the_group(count):
    """The sentence on so many statements of others to others."""
    return ngettext(
        "The liaison statement %(papers)s was before the group.",
        "The liaison statements %(papers)s were before the group.",
        count,
    )


def _came(document):
    facts = {"source": _source(document), "statement": titled(document), "day": _day(document)}
    facts["purpose"] = next(one.get_purpose_display() for one in document.addressees if names(one, GROUP))
    group = next((one for one in GroupCode if is_name_of(document.submitted_by, one)), None)
    if not document.submitted_by:
        sentence = _("The group received the liaison statement %(statement)s (%(purpose)s; %(day)s).")
    elif group:
        facts["group"] = body_in_words(group.value)
        sentence = _("%(group)s sent the group the liaison statement %(statement)s (%(purpose)s; %(day)s).")
    else:
        sentence = _("%(source)s sent the group the liaison statement %(statement)s (%(purpose)s; %(day)s).")
    return together(said(sentence, **facts), _in_answer(document), *_answered(document))


def _went(document):
    facts = {"statement": titled(document), "addressees": _addressees(document), "day": _day(document)}
    facts["earlier"] = earlier = _earlier(document)
    if not document.addressees:
        first = said(sent_by_the_group(1), papers=_with_facts(document))
        return together(first, _in_answer(document), *_answered(document))
    if earlier:
        sentence = _(
            "In answer to %(earlier)s, the group sent the liaison statement %(statement)s (%(day)s) to %(addressees)s."
        )
    else:
        sentence = _("The group sent the liaison statement %(statement)s (%(day)s) to %(addressees)s.")
    return together(said(sentence, **facts), *_answered(document))


def _before_the_group(document):
    """One of others to others, or of which the record does not say who sent it, or to whom."""
    first = said(before_the_group(1), papers=_with_facts(document))
    return together(first, _in_answer(document), *_answered(document))


def _with_facts(document):
    """“ISCG/25-1/07, “A question” (source: ITU-T SG5; addressees: TSAG (for action); 12 May 2025)”."""
    facts = [_addressees(document) and with_colon(_("addressees"), _addressees(document))]
    if document.submitted_by and not names_body(document.submitted_by, GROUP):
        facts.insert(0, with_colon(_("source"), fact(_source(document))))
    facts += ["" if document.addressees else Standing.NOT_RECORDED.label, _day(document)]
    return mark_safe(f"{titled(document)}{in_brackets(with_semicolons(facts))}")  # each of them is HTML


def _addressees(document):
    return listed(f"{in_words(one.body)}{in_brackets(one.get_purpose_display())}" for one in document.addressees)


def _day(document):
    return print_date(document.dated_on) if document.dated_on else _("its date is not recorded")


def _earlier(document):
    """The public statement to which it replies, as a link; blank where there is none."""
    replied = hasattr(document, "liaison") and document.liaison.public_answered
    return linked(replied.document.number, replied.document.get_absolute_url()) if replied else ""


def _in_answer(document):
    earlier = _earlier(document)
    return said(_("It answers %(earlier)s."), earlier=earlier) if earlier else ""


def _answered(document):
    """By when an answer was asked for, and what answered it.

    That nothing did is said only where the record has no answer that is not public either.
    """
    day = document.liaison.deadline_on if hasattr(document, "liaison") else None
    words = {"day": day and print_date(day)}
    is_open = document.is_open and not document.answer_number and not document.is_answered
    if day and is_open:
        yield said(_("An answer was asked for by %(day)s; none is on record."), **words)
    elif day:
        yield said(_("An answer was asked for by %(day)s."), **words)
    if document.answer_number:
        by_group = names_body(document.answer_submitted_by, GROUP)
        sentence = _("The group answered with %(answer)s.") if by_group else _("The answer is %(answer)s.")
        url = record_address("meetings:document-detail", document.answer_slug)
        yield said(sentence, answer=linked(document.answer_number, url))
    elif document.is_answered:
        yield _("An answer is on record; it is not public.")
    elif is_open and not day:
        yield _("No answer is on record.")
