"""What a browser may do with a page: the same for nearly every response, so put together once."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy

NOT_USED = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb".split()
PERMISSIONS = ", ".join(f"{feature}=()" for feature in NOT_USED)


class SteadyPolicyMiddleware(CSPMiddleware):
    """The policy of the settings; a response that asks for another, or for a nonce, goes the library's way.

    With it, that no page uses a camera or the like.
    """

    def __init__(self, get_response):
        super().__init__(get_response)
        self.policy = build_policy()

    def process_response(self, request, response):
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response
