"""What no text can hold: NUL, which PostgreSQL refuses to store or to compare with, and halves of pairs.

Nobody types either. Whatever brings one, in the address after “?”, in a form or in a cookie, is refused here, before a
page or the database sees it. What a file says is cleaned where the file is read.
"""

import re

from django.core.exceptions import BadRequest
from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext as _

NO_TEXT = re.compile("[\0\ud800-\udfff]")
ESCAPED = re.compile("%00")


class RefuseNoTextMiddleware:
    """400 for a query, a form or a cookie that has such a character in it, 404 for a path: no record is called so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if NO_TEXT.search(request.path_info):
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if ESCAPED.search(query) or NO_TEXT.search(query):
            raise BadRequest(_("In the address after “?” is a character that no text can hold."))
        if any(NO_TEXT.search(name + value) for name, value in request.COOKIES.items()):
            raise BadRequest(_("A cookie of this site has a character in it that no text can hold. Delete it."))
        return self.get_response(request)

    def process_view(self, request, view, arguments, named):
        """Not before: public pages read no form, and what is too large was refused unread."""
        try:
            sent = request.POST.lists()
        except UnreadablePostError:  # nobody waits for an answer any more
            return
        except BadRequest:  # in an encoding that no form has; the page of the error would read it once more
            request._mark_post_parse_error()
            raise
        for name, values in sent:
            if any(NO_TEXT.search(text) for text in (name, *values)):
                raise BadRequest(
                    _("In what you sent is a character that no text can hold. Nothing was kept; go back and type it.")
                )
