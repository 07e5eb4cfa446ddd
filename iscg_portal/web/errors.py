"""What a reader is told when a request cannot be answered: a sentence with the right status, never a trace.

Views raise `Http404(sentence)` for what is not there and `BadRequest(sentence)` for a filter that makes no
sense; the answer is a page, or JSON where the address ends in `.json` or only JSON is accepted.
"""

import sys
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import Resolver404
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.languages import language_asked_for, language_of_path, under_a_language
from iscg_portal.web import unavailable
from iscg_portal.web.spelling import pages_near

DJANGO_LOOKUP_FAILED = "matches the given query."  # the end of get_object_or_404's untranslated sentence


def bad_request(request, exception=None):
    if unavailable.reason(exception):  # a session that cannot be written is no fault of the asker
        return not_available(request, exception)
    if isinstance(exception, RequestDataTooBig):  # text alone; files are counted apart
        return too_large(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000)
    sentence = _("This request could not be understood.")
    if isinstance(exception, BadRequest):
        sentence = _own_words(exception) or sentence
    return _answer(request, 400, _("Not understood"), sentence)


def permission_denied(request, exception=None):
    return _answer(request, 403, _("Not allowed"), _("You may not see or change this."))


def not_found(request, exception=None):
    sentence = _("There is no page at this address.")
    if isinstance(exception, Http404) and not isinstance(exception, Resolver404):
        sentence = _own_words(exception) or sentence
    return _answer(request, 404, _("Not found"), sentence)


def gone(request, sentence):
    """What was here for a time, or for one use, and is not any more."""
    return _answer(request, 410, _("No longer valid"), sentence)


def server_error(request):
    """Called while the error is handled. The page rests on nothing that may just have failed: no context, no
    database, no style of the portal."""
    error = sys.exception()
    if unavailable.reason(error):
        return not_available(request, error)
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def not_available(request, error):
    """The database, Redis or the disk is away, read-only or full: 503 with the reason, in the reader's language."""
    unavailable.tell(request, error)
    request.LANGUAGE_CODE = _language_of(request)
    with override(request.LANGUAGE_CODE):
        response = _answer(request, 503, unavailable.HEADING, str(unavailable.reason(error)))
    response["Retry-After"] = str(unavailable.RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # by `tell`, without the trace
    return response


def _language_of(request):
    """That of the address, else the one that the browser asks for: the account's is in the database."""
    path = request.path_info
    return language_of_path(path) if under_a_language(path) else language_asked_for(request)


def too_many_requests(request):
    return _answer(request, 429, _("Too many attempts"), _("Wait a few minutes, then try again."))


def csrf_failure(request, reason=""):
    sentence = _("This form was too old or came from another site. Go back, reload the page and send it again.")
    return _answer(request, 403, _("Not accepted"), sentence)


def method_not_allowed(request, allowed):
    sentence = _("This address can only be read (%(methods)s).") % {"methods": ", ".join(allowed)}
    response = _answer(request, 405, _("Not possible"), sentence)
    response["Allow"] = ", ".join(allowed)
    return response


def too_long(request, longest):
    sentence = _("The part of the address after “?” is longer than %(longest)d characters.")
    return _answer(request, 414, _("Address too long"), sentence % {"longest": longest})


def too_large(request, most):
    sentence = _("What you sent is larger than %(most)d MB, the most that the portal takes. Nothing was kept.")
    return _answer(request, 413, _("Too large"), sentence % {"most": most})


def length_required(request):
    sentence = _(
        "What you sent did not say how long it is, so it was not read. Nothing was kept; send it in one piece."
    )
    return _answer(request, 411, _("Length missing"), sentence)


def _own_words(exception) -> str:
    words = str(exception.args[0]) if exception.args else ""
    return "" if words.endswith(DJANGO_LOOKUP_FAILED) else words


def _answer(request, status, heading, sentence):
    if wants_json(request):
        return JsonResponse({"status": status, "error": sentence}, status=status)
    try:
        context = {"heading": heading, "sentence": sentence}
        if status == HTTPStatus.NOT_FOUND:
            context |= {"offers_search": True, "meant": pages_near(request.path_info)}
        return render(request, "error.html", context, status=status)
    except Exception:  # such as a forbidden host name, which no page with full addresses survives
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def wants_json(request) -> bool:
    accepted = request.headers.get("Accept", "")
    return request.path.endswith(".json") or ("application/json" in accepted and "text/html" not in accepted)
