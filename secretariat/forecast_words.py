"""What the forecast says, each a whole sentence, so that every language can put its words in order."""

from django.utils.translation import gettext as _

from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.tenure.dates import print_date
from members.models.groups import CHAIR, group_of

OF_CHAIR = {
    "begins": in_forms("%(next)s takes office as Chair."),
    "followed": in_forms("The term of %(who)s as Chair ends, and %(next)s follows."),
    "later": in_forms("The term of %(who)s as Chair ends; the next Chair on record is %(next)s, from %(day)s."),
    "alone": in_forms(
        "The term of %(who)s as Chair ends; no successor is on record. Clause C2 asks the group to appoint one."
    ),
}
OF_REPRESENTATIVE = {
    "begins": in_forms("%(next)s takes office as a representative of %(group)s."),
    "followed": in_forms("The term of %(who)s as a representative of %(group)s ends, and %(next)s follows."),
    "later": in_forms(
        "The term of %(who)s as a representative of %(group)s ends; the next one on record is %(next)s, from %(day)s."
    ),
    "alone": in_forms(
        "The term of %(who)s as a representative of %(group)s ends; no successor is on record."
        " Clause C1 asks %(group)s to appoint one."
    ),
}


def said_of_seat(seat, ending, follows, successor) -> str:
    """What happens in a seat on a day: a term is `ending`, or None; `follows` begins then, `successor` is the next."""
    names = {"group": body_in_words(group_of(seat)), "who": ending.printed_in_full if ending else ""}
    if successor:
        day = print_date(successor.starts_on, successor.starts_precision)
        names |= {"next": successor.printed_in_full, "day": day}
    kind = "begins" if ending is None else "followed" if follows else "later" if successor else "alone"
    told = (OF_CHAIR if seat == CHAIR else OF_REPRESENTATIVE)[kind]
    return of_holder(told, names["who"] or names["next"]) % names


def said_of_vacancy(seat) -> str:
    """That a seat of the seven is vacant, and who is asked to fill it."""
    names = {"group": body_in_words(seat.group), "since": seat.office.since}
    if seat.group:
        sentence = _("A seat of %(group)s is vacant (%(since)s). Clause C1 asks %(group)s to appoint a representative.")
        return sentence % names
    return _("The seat of the Chair is vacant (%(since)s). Clause C2 asks the group to appoint one.") % names


def said_of_end(row, following) -> str:
    """That the term of a Coordinator or Focal Point ends; `following` is in office on that day, or None.

    Those of the secretariat are told by body, and no clause says who appoints them.
    """
    names = {"office": row.office_in_full, "who": row.printed_in_full}
    if _is_of_secretariat(row):
        sentence = (
            _("%(office)s: a term ends, and the next one is on record.")
            if following
            else _("%(office)s: a term ends, and no next one is on record.")
        )
        return sentence % names
    if following:
        names["next"] = following.printed_in_full
        return _("%(office)s: the term of %(who)s ends, and %(next)s is in office then.") % names
    sentence = _("%(office)s: the term of %(who)s ends; no successor is on record. Clause A0 asks for an appointment.")
    return sentence % names


def said_of_beginning(row) -> str:
    """That the term of a Coordinator or Focal Point begins."""
    if _is_of_secretariat(row):
        return _("%(office)s: a term begins.") % {"office": row.office_in_full}
    return _("%(office)s: the term of %(who)s begins.") % {"office": row.office_in_full, "who": row.printed_in_full}


def _is_of_secretariat(row):
    return getattr(row, "body", "") in SECRETARIAT_BODIES
