"""A cookie that says that somebody is signed in, and nothing else: by it a script words a link of the public pages.

It opens nothing. Each page that is not public brings it into line with the session, so that it goes with the session.
"""

from django.conf import settings


class SignedInMarkMiddleware:
    """Sets the mark where an account is signed in, and takes it away where none is. Stands behind the accounts."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        name, has_session = settings.SIGNED_IN_COOKIE_NAME, settings.SESSION_COOKIE_NAME in request.COOKIES
        is_marked = name in request.COOKIES
        if getattr(response, "for_everyone", False) or not (is_marked or has_session or request.session.modified):
            return response
        if request.user.is_authenticated and not is_marked:
            response.set_cookie(name, "1", secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        elif is_marked and not request.user.is_authenticated:
            response.set_cookie(name, "", max_age=0, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        return response
