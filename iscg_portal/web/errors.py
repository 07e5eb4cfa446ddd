"""What a reader is told when a request cannot be answered: a sentence with the right status, never a trace.

Views raise `Http404(sentence)` for what is not there, `NotAllowed(sentence)` for who may not, and
`BadRequest(sentence)` for a filter that makes no sense; the answer is a page, or JSON where the address ends in `.json`
or only JSON is accepted. Who sent a form that is not taken gets back what was typed into it.
"""

import re
import sys
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
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
# Fields that nobody types into, or whose content is not shown.
NOT_TYPED = re.compile(
    "password|^_|^seen(-|$)|-FORMS$|^(csrfmiddlewaretoken|credential|next|opened_version|shown|variant)$"
    "|^(action|answer|take_back|List-Unsubscribe)$"  # buttons
)
CHOSEN = ("", "on", "true", "false", "unknown")  # what boxes and lists of yes, no and not known send


class NotAllowed(PermissionDenied):
    """403 with a sentence for people; that of a plain PermissionDenied is for us."""


class WasRemoved(Http404):
    """404 for a record that was there: `texts` are those that it had, `history` is the address of its history."""

    def __init__(self, sentence, texts, history):
        super().__init__(sentence)
        self.texts, self.history = texts, history


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
    sentence = _("You may not see or change this.")
    if isinstance(exception, NotAllowed):
        sentence = _own_words(exception)
    return _answer(request, 403, _("Not allowed"), sentence, given_back=_typed(request), is_for_somebody=True)


def not_found(request, exception=None):
    sentence, more = _("There is no page at this address."), {"is_for_somebody": True}
    if isinstance(exception, Http404) and not isinstance(exception, Resolver404):
        sentence = _own_words(exception) or sentence
        more["given_back"] = _typed(request, getattr(exception, "texts", ()))
        more["history"] = getattr(exception, "history", "")
    return _answer(request, 404, _("Not found"), sentence, **more)


def _typed(request, known=()) -> list[str]:
    """What was typed into a form of ours that is not taken, but figures and the texts that are `known`.

    No page repeats what another site sends.
    """
    try:
        posted = request.POST.lists() if is_sent_by_our_page(request) else []
    except Exception:  # such as a body that a full disk does not take
        return []
    sent = (value for name, values in posted if not NOT_TYPED.search(name) for value in values)
    texts = (text.replace("\r\n", "\n").strip() for text in sent)
    return list(dict.fromkeys(text for text in texts if text not in (*CHOSEN, *known) and not text.isdigit()))


def is_sent_by_our_page(request) -> bool:
    """Whether a page of ours sends the form, as every browser says; behind a one-time link it hides the origin."""
    origin = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == origin or request.headers.get("Sec-Fetch-Site") == "same-origin"


def gone(request, sentence):
    """What was here for a time, or for one use, and is not any more. Its reader gets back what was typed there."""
    return _answer(request, 410, _("No longer valid"), sentence, given_back=_typed(request))


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
        sentence = str(unavailable.reason(error))
        response = _answer(request, 503, unavailable.HEADING, sentence, given_back=_typed(request))
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


def csrf_failure(request):
    sentence = _("This form was too old or came from another site. Go back, reload the page and send it again.")
    return _answer(request, 403, _("Not accepted"), sentence, given_back=_typed(request))


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


def _answer(request, status, heading, sentence, **more):
    if wants_json(request):
        return JsonResponse({"status": status, "error": sentence}, status=status)
    try:
        context = {"heading": heading, "sentence": sentence, **more}
        if status == HTTPStatus.NOT_FOUND and not more.get("given_back"):
            context |= {"offers_search": True, "meant": pages_near(request.path_info)}
        return render(request, "error.html", context, status=status)
    except Exception:  # such as a forbidden host name, which no page with full addresses survives
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def wants_json(request) -> bool:
    accepted = request.headers.get("Accept", "")
    return request.path.endswith(".json") or ("application/json" in accepted and "text/html" not in accepted)
