"""Public pages of the subjects: the list, one subject, editions, Coordinators by subject, resolutions."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.bodies import ConferenceBody
from iscg_portal.tables import ROWS_A_PAGE, file_of, read_choice, read_page, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page
from subjects import figures, rows, tables
from subjects.dossier import dossier
from subjects.dossier_rows import coordinator_rows, coordinators_table, dossier_cells
from subjects.edition_pages import edition_rows, editions_adopted, find_edition
from subjects.filters import all_subjects, filters_form, read_filters, subjects_with_offices
from subjects.register import Register
from subjects.resolution_page import resolution_cells_of, resolution_dossier, resting_rows, resting_table
from subjects.resolutions_on import ResolutionsOn


@public_page
def subject_list(request, format=None):
    """The subjects of mutual interest on a day (clause F1), or the same as a file."""
    day, filters = read_day(request), read_filters(request)
    if format:
        return file_of(request, tables.subjects_table(Register(all_subjects, filters, day.on, whole=True)), format)
    found = figures.figures(all_subjects, filters, day.on)
    register = Register(all_subjects, filters, day.on).of_length(found.selected)
    table = shown(request, tables.subjects_table(register))
    all_indicative = all(row.indicative for row in table.rows)
    context = {
        "form": filters_form(filters, request.path, day.query, True),
        "picture": figures.draw(found, table.rows, day.query, rtl=get_language_bidi()),
        "table": table,
        "rows": rows.subject_rows(table.rows, day.query, not all_indicative),
        "all_indicative": all_indicative,
        "editions": editions_adopted(day.today),
    }
    return render(request, "subjects/subject_list.html", context | day.context)


@public_page
def subject_detail(request, slug):
    """One subject with all that stands behind it on a day (clauses F1, A0, A2, A3)."""
    day = read_day(request)
    found = dossier(slug, day.on)
    if found is None:
        raise Http404(_("No subject with this address is on record."))
    history = shown(request, coordinators_table(found.coordinators))
    context = {
        "subject": found,
        "cells": dossier_cells(found, day.query),
        "history": history,
        "rows": coordinator_rows(history.rows),
    }
    return render(request, "subjects/subject_detail.html", context | day.context)


@public_page
def edition_detail(request, date):
    """The list as adopted on a date: the stored words, whatever changed since (rule 6)."""
    edition = find_edition(date)
    if edition is None:
        raise Http404(_("No edition of the list was adopted on this date."))
    page = read_page(request, Paginator(edition.rows.order_by("position"), ROWS_A_PAGE))
    context = {"edition": edition, "rows": edition_rows(page), "page": page}
    return render(request, "subjects/edition_detail.html", context)


@public_page
def coordinator_list(request, format=None):
    """Coordinators and Focal Points by subject on a day (clauses A0, A3, C4), or the same as a file."""
    day, filters = read_day(request), read_filters(request)
    register = Register(subjects_with_offices, filters, day.on, whole=True)
    if format:
        table = tables.coordinators_table if format == "json" else tables.offices_table
        return file_of(request, table(register), format)
    register = register.of_length(figures.how_many(subjects_with_offices, filters, day.on))
    table = shown(request, tables.coordinators_table(register))
    form = filters_form(filters, request.path, day.query, False)
    context = {"form": form, "table": table, "rows": rows.offices_rows(table.rows, day.query)}
    return render(request, "subjects/coordinator_list.html", context | day.context)


@public_page
def resolution_list(request, format=None):
    """The resolutions with their revisions and what replaced them (clause B1), or the same as a file."""
    day, body = read_day(request), read_choice(request, "body", ConferenceBody.values)
    table = tables.resolutions_table(ResolutionsOn(body, day.on))
    if format:
        return file_of(request, table, format)
    table = shown(request, table)
    context = {
        "bodies": ConferenceBody.choices,
        "body": body,
        "table": table,
        "rows": rows.resolution_rows(table.rows, day.query),
    }
    return render(request, "subjects/resolution_list.html", context | day.context)


@public_page
def resolution_detail(request, slug):
    """One resolution: its revisions, what replaced it, and the subjects that rest on it on a day."""
    day = read_day(request)
    found = resolution_dossier(slug, day.on)
    if found is None:
        raise Http404(_("No resolution with this address is on record."))
    table = shown(request, resting_table(found.resting, day.on))
    cells = {"cells": resolution_cells_of(found, day.query), "rows": resting_rows(table.rows, day.query)}
    context = {"resolution": found.resolution, "table": table, **cells}
    return render(request, "subjects/resolution_detail.html", context | day.context)
