"""The Content-Security-Policy that nearly every page has: put together once instead of for every response."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy


class SteadyPolicyMiddleware(CSPMiddleware):
    """The policy of the settings; a response that asks for another, or for a nonce, goes the library's way."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.policy = build_policy()

    def process_response(self, request, response):
        if hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response
