"""How often signing in may be tried, so that nobody can guess, and nobody can lock somebody else out.

A stranger is counted by address and network together; then by network, and by address wherever it is tried from, both
far more generously. A browser in which the account signed in before has a limit of its own and no other. The figures
are in the settings, what they mean for guessing in docs/decisions/0026-sessions-and-limits.md.
"""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import RateLimitUsage, consume

from iscg_portal.plain_text import normalized
from iscg_portal.signing_in.known_browsers import number_of

PREFIXES = {4: 24, 6: 64}  # what one household, office or conference room has


def attempt(request, kind: str, address: str) -> RateLimitUsage | None:
    """Count one try of this kind (`password`, `code`, `factor`, `follow`, `join`, `correction`); None if one too many.

    What is counted may be taken back (`rollback`), which a success does.
    """
    counted = []
    for action, key in _counts(request, kind, one_spelling(address)):
        usage = consume(request, app="allauth.account", action=action, key=key)
        if usage is None:
            return None
        counted += usage.usage
    return RateLimitUsage(counted)


def is_asked_often(request, address: str) -> bool:
    """Count a code that is asked for the address; whether there were many of late, from wherever."""
    return not consume(request, app="allauth.account", action="code_often", key=one_spelling(address))


def network_of(request) -> str:
    """The network from which the request comes, as the last trusted proxy saw it: a /24, or a /64 of IPv6."""
    address = ip_address(get_adapter().get_client_ip(request))
    mapped = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network(f"{mapped}/{PREFIXES[mapped.version]}", strict=False))


def one_spelling(address: str) -> str:
    """An e-mail address as it is counted: two that the database takes for the same have one spelling."""
    return normalized("NFKC", address).strip().upper().lower()


def _counts(request, kind, address):
    """What a try is counted by: (limit of the settings, key)."""
    number = number_of(request, address)
    if number:
        return [(f"{kind}_known", f"{number} {address}")]
    network = network_of(request)
    return [(kind, f"{address} {network}"), (f"{kind}_network", network), (f"{kind}_anywhere", address)]
