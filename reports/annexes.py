"""What stands in the annexes of a report: the composition with its pictures, and the list of subjects."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.fixed_terms import body_in_words, initials, sector_in_words
from iscg_portal.languages import in_a_row, in_brackets, with_colon, with_full_stop, with_semicolons
from iscg_portal.tenure.dates import print_date
from reports.pictures import balance_svg, lanes_svg
from reports.renditions.blocks import picture_block, table_block, text_block
from reports.renditions.words import isolated
from subjects.models.focal_points import lines_of


def _holder(tenure, on):
    """The name as the public reads it, and that the evidence is old where it is; blank where neither is."""
    name, old = tenure.printed_name, tenure.old_evidence(on)
    return f"{name}{in_brackets(old)}" if name and old else name or old


def chair(facts):
    """Only where a Plenipotentiary Conference is newer than what is known of the Chair (clause C2)."""
    remark = facts.composition.chair_remark
    return text_block("chair", with_full_stop(remark)) if remark else None


def composition(facts):
    """Who held each of the seven seats on the last day, and for whom; else that it was vacant, or is not recorded."""
    rows = [
        (
            body_in_words(seat.group) if seat.group else seat.seat_name,
            _holder(office.tenure, facts.composition.on) if office.tenure else office.state_printed,
            office.tenure.for_whom if office.tenure else "",
        )
        for seat in facts.composition.seats
        for office in [seat.office]
    ]
    columns = [_("Seat"), _("Name"), _("For")]
    caption = _("Composition on %(day)s") % {"day": print_date(facts.composition.on)}
    return table_block("composition", caption, columns, rows, "")


def timeline(facts):
    """The terms of the seven seats as a picture."""
    caption = _("Terms of the seven seats up to %(day)s") % {"day": print_date(facts.composition.on)}
    return picture_block("timeline", caption, *lanes_svg(facts.lanes))


def balance(facts):
    """By Council region, of the representatives in office; a seat whose holder is not recorded counts as that."""
    sitting, unrecorded = facts.composition.representatives, facts.composition.unrecorded
    caption = _("Representatives by Council region on %(day)s") % {"day": print_date(facts.composition.on)}
    return picture_block("balance", caption, *balance_svg(sitting, unrecorded))


def _focal_points(bodies, on):
    """“RAG: Ms Ina Sample”, “BR: held”, “TSAG: vacant since 1 May 2023”, “TDAG, BDT: not recorded”.

    By initials, as it is a narrow cell: the composition before has the names of the groups.
    """
    for line in lines_of(bodies, _code):
        for one in [_holder(held, on) or line.office.label for held in line.holders] or [line.state_printed]:
            yield with_colon(_code(line.body), one)


def _code(body):
    return isolated(initials(body), get_language())


def subjects(facts):
    """The list of subjects on the last day, with those who hold an office for them."""
    on = facts.composition.on
    rows = [
        (
            subject.code,
            subject.title_shown,
            in_a_row(isolated(sector_in_words(letter), get_language()) for letter in subject.scope),
            _holder(subject.office.tenure, on) if subject.office.tenure else subject.office.label,
            with_semicolons(_focal_points(subject.focal_point_bodies, on)),
        )
        for subject in facts.listed
    ]
    columns = [_("Subject"), _("Title"), _("Sectors"), _("Coordinator"), _("Focal Points")]
    return table_block("list", _("Subjects on the list"), columns, rows, _("No subject is recorded as on the list."))


def unlisted(facts):
    """Below it those of which nobody recorded whether they were on it; None where there is none."""
    codes = in_a_row(isolated(subject.code, get_language()) for subject in facts.unlisted)
    said = _("Whether these subjects were on the list is not recorded: %(codes)s.")
    return text_block("unlisted", said % {"codes": codes}) if codes else None
