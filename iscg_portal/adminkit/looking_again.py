"""A page about work that goes on beside the requests loads itself again, by a header, unless asked not to."""

EVERY = 3  # seconds


def stays(request) -> bool:
    """Whether the reader asked that the page stay as it is: a page that moves is a bother to who reads it slowly."""
    return "stay" in request.GET


def load_again(request, response):
    """The response, which the browser asks for again after some seconds."""
    if not stays(request):
        response["Refresh"] = f"{EVERY};url={request.path}"
    return response
