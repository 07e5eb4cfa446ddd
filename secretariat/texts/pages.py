"""The parity table of the texts, the lists behind its figures, and the files for translators."""

import hashlib
import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.adminkit.site import admin_address, desk_page, site_page
from iscg_portal.importing.admin import ConfirmForm, UploadForm
from iscg_portal.importing.preview import VERDICTS
from iscg_portal.importing.registry import RIGHTS
from iscg_portal.importing.rows import ChangedMeanwhile
from iscg_portal.importing.sheet import FILE_BYTES, FileRefused
from iscg_portal.importing.staging import KEPT, preview_of
from iscg_portal.languages import (
    HTML_LANG,
    LANGUAGE_CODES,
    LANGUAGE_NAMES,
    LANGUAGE_OF_PREFIX,
    PREFIX_OF_LANGUAGE,
    with_commas,
)
from iscg_portal.models import StagedImport
from iscg_portal.tenure.constraints import sentence_for
from iscg_portal.tenure.dates import today
from iscg_portal.text_origins import Origin, mark_of, original_column
from secretariat.texts import importing
from secretariat.texts.files import CONTENT_TYPES, WRITERS, lines_of, read
from secretariat.texts.parity import Texts, TextState, kinds_for, parity

PER_PAGE = 100
STAGED = "texts"  # what a staged file of texts is about, where others name their model


def _kinds(request, word="view"):
    """The kinds of text of the account; 403 where it has none."""
    kinds = kinds_for(request.user, word)
    if not kinds:
        raise PermissionDenied
    return kinds


def _language(prefix):
    if prefix not in LANGUAGE_OF_PREFIX:
        raise Http404(_("The portal has six languages."))
    return LANGUAGE_OF_PREFIX[prefix]


@require_safe
def parity_page(request):
    """How many texts of each kind stand how, by language."""
    lines = [
        (kind, [_cell(kind, code, counts[code]) for code in LANGUAGE_CODES])
        for kind, counts in parity(_kinds(request).values())
    ]
    languages = [(prefix, name, HTML_LANG[LANGUAGE_OF_PREFIX[prefix]]) for prefix, name in LANGUAGE_NAMES.items()]
    context = {
        "lines": lines,
        "languages": languages,
        "may": {word: bool(kinds_for(request.user, word)) for word in RIGHTS},
    }
    return desk_page(request, "admin/texts_parity.html", title=_("Texts in six languages"), **context)


def _cell(kind, language, counts):
    """Each state that is there, with its number and the list behind it."""
    prefix = PREFIX_OF_LANGUAGE[language]
    return [
        (state.value, state.label, counts[state], site_page("texts-list", kind.name, prefix, state=state.value))
        for state in TextState
        if counts[state]
    ]


@require_safe
def list_page(request, kind, language):
    """The texts of one kind in one language, of one state or all, each with a link to its record."""
    code, found = _language(language), _kinds(request).get(kind)
    if found is None:
        raise Http404(_("There is no such list, or it is not for you."))
    asked, texts = request.GET.get("state", ""), Texts(found.model)
    rows = [(record, texts.state_of(record, found.field, code)) for record in texts.records]
    rows = [(record, state) for record, state in rows if state and asked in ("", state.value)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"kind": found, "lang": HTML_LANG[code], "language_name": LANGUAGE_NAMES[language], "page": page}
    context |= {
        "rows": [_row(found, code, *row) for row in page.object_list],
        "state": TextState(asked).label if asked in TextState.values else "",
    }
    context |= {
        "query": f"state={asked}&" if asked in TextState.values else "",
        "files": _files(language, found.name, asked) if found.name in kinds_for(request.user, "export") else [],
    }
    return desk_page(request, "admin/texts_list.html", title=with_commas([found.records, found.label]), **context)


def _row(kind, language, record, state):
    column, original = kind.column(language), original_column(record, kind.field)
    noted = mark_of(record, column)
    return {
        "name": str(record),
        "url": admin_address(kind.model, record.pk),
        "state": state,
        "original": getattr(record, original) or "",
        "original_lang": HTML_LANG[record.original_language],
        "text": getattr(record, column) or "",
        "is_original": column == original,
        "origin": Origin(noted["origin"]).label if noted else "",
        "source": noted.get("source", ""),
    }


def _files(prefix, kind="", state=""):
    query = {name: said for name, said in (("kind", kind), ("state", state)) if said}
    return [(format.upper(), site_page("texts-file", prefix, format, **query)) for format in WRITERS]


@require_safe
def texts_file(request, language, format):
    """The file for a translator: all kinds or one, all states or one. Errors: Http404."""
    code, kinds = _language(language), _kinds(request, "export")
    if format not in WRITERS:
        raise Http404(_("There are files as xlsx and po only."))
    if asked := request.GET.get("kind", ""):
        kinds = {name: kind for name, kind in kinds.items() if name == asked}
    states = [state for state in TextState if request.GET.get("state", "") in ("", state.value)]
    content = WRITERS[format](lines_of(kinds.values(), code, states), code)
    response = HttpResponse(content, content_type=CONTENT_TYPES[format])
    name = f"iscg-texts-{language}-{today().isoformat()}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def upload_page(request):
    """Take a translators' file; its preview follows."""
    _kinds(request, "import")
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    form.fields["file"].help_text = _("An XLSX, CSV or PO file that was taken out here, with its translations.")
    form.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.po"
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = _stage(request.user, file.name, file.read())
        except FileRefused as refusal:
            form.add_error("file", refusal)
        else:
            return HttpResponseRedirect(site_page("texts-preview", staged.token))
    limits = {"rows": importing.MOST_CHANGES, "size": FILE_BYTES // 1_000_000}
    return desk_page(request, "admin/texts_upload.html", title=_("Bring in translations"), form=form, limits=limits)


def _stage(account, file_name, content):
    preview = importing.judge(read(content), account)
    return StagedImport.objects.create(
        token=secrets.token_urlsafe(32),
        account=account,
        model=STAGED,
        file_name=file_name[:200],
        content=content,
        content_digest=hashlib.sha256(content).hexdigest(),
        preview=preview.as_json(),
        rows=len(preview.rows),
        language=get_language(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview_page(request, token):
    """What the file would do; confirming writes it."""
    _kinds(request, "import")
    own = StagedImport.objects.filter(token=token, account=request.user, model=STAGED)
    staged = own.filter(created_at__gte=timezone.now() - KEPT).first()
    if staged is None:
        raise Http404(_("There is no such import, or its time is over. Upload the file again."))
    reason = _("Imported from %(file)s") % {"file": staged.file_name}
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"reason": reason})
    if form.is_valid():
        return _confirm(request, staged, form.cleaned_data["reason"])
    preview, shown = preview_of(staged), request.GET.get("show", "")
    shown = shown if shown in VERDICTS else "all"
    rows = [row for row in preview.rows if shown in ("all", row.verdict)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"staged": staged, "preview": preview, "form": form, "page": page, "shown": shown}
    context |= {"title": _("Bring in translations: preview"), "query": f"show={shown}&"}
    return desk_page(request, "admin/texts_preview.html", **context)


def _confirm(request, staged, reason):
    try:
        with transaction.atomic():
            kept = StagedImport.objects.select_for_update().get(pk=staged.pk)
            if kept.confirmed_at is not None:
                raise ValidationError(_("This import was written already. Nothing was written a second time."))
            state = kept.preview["state"]
            written = importing.write(read(bytes(kept.content)), by=request.user, reason=reason, state=state)
            kept.confirmed_at, kept.content = timezone.now(), b""
            kept.save()
    except ChangedMeanwhile as change:
        staged.preview = change.preview.as_json()
        staged.save(update_fields=["preview"])
        refusals = change.messages
    except ValidationError as refused:
        refusals = refused.messages
    except IntegrityError as error:
        refusals = [str(sentence_for(error))]
    except OperationalError:
        refusals = [_("The database is busy. Nothing was written; confirm again in a minute.")]
    else:
        sentence = _("Written: %(changed)d changed, %(unchanged)d left as they were.")
        messages.success(request, sentence % written.counts)
        return HttpResponseRedirect(site_page("texts"))
    for sentence in refusals:
        messages.error(request, sentence)
    return HttpResponseRedirect(site_page("texts-preview", staged.token))
