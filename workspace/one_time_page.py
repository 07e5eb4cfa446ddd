"""What every page of a one-time link tells the browser: keep nothing, pass nothing on."""

from functools import wraps

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


def one_time_page(view):
    """GET, HEAD and POST; the address with its token goes into no `Referer`, no cache and no index.

    The form needs no token of its own: whoever can write to the address knows its secret, and no cookie counts here.
    It could have none either, since a browser that passes on no `Referer` says `Origin: null`.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(page))
