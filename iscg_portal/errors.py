"""What a reader is told when a request cannot be answered: a sentence, never a trace."""

from django.http import HttpResponseForbidden


def csrf_failure(request, reason=""):
    return HttpResponseForbidden(
        "This form was too old or came from another site. Go back, reload it, send again."
    )
