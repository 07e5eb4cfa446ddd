"""How often signing in may be tried, so that nobody can guess, and nobody can lock somebody else out.

A stranger is counted by address and network together; then by network, and by address wherever it is tried from, both
far more generously. A browser in which the account signed in before, or that was let in by a link in a mail, has
a limit of its own and no other. Who gives no address is counted by network alone. The figures are in the settings, what
they mean for guessing in docs/decisions/0026-sessions-and-limits.md.
"""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.mail.outbox import Letter, absolute_url
from iscg_portal.signing_in.known_browsers import accounts_known, link_for, number_of, one_spelling

TOO_MANY_MAILS = gettext_lazy(
    "Too many attempts with this address. The newest mail to it may hold a link that lets this browser in. Else wait an"
    " hour."
)
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
    """Count a mail that is asked for the address; whether there were many of late, from wherever."""
    return not consume(request, app="allauth.account", action="often", key=one_spelling(address))


def with_way_in(letter: Letter, address: str, back: str) -> Letter:
    """A mail that was asked for often says at its end how to let a browser in; `back` as `link_for` takes it."""
    said = _(
        "Many mails were asked for with your address of late. If the portal says that there were too many attempts,"
        " open this link in your browser; then it may ask for one: %(link)s"
    )
    return letter._replace(said=[*letter.said, said % {"link": absolute_url(link_for(address, back))}])


def may_ask_institution(request) -> bool:
    """Count one turn to the institution's sign-in, which tells no address; False if one too many."""
    known = list(accounts_known(request).values())
    limit = {"action": "institution_known", "key": known[-1]} if known else {"action": "institution"}
    return bool(consume(request, app="allauth.account", **limit))


def network_of(request) -> str:
    """The network from which the request comes, as the last trusted proxy saw it: a /24, or a /64 of IPv6."""
    address = ip_address(get_adapter().get_client_ip(request))
    mapped = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network(f"{mapped}/{PREFIXES[mapped.version]}", strict=False))


def _counts(request, kind, address):
    """What a try is counted by: (limit of the settings, key)."""
    number = number_of(request, address) if address else ""
    if number:
        return [(f"{kind}_known", f"{number} {address}")]
    network = network_of(request)
    if not address:
        return [(f"{kind}_network", network)]
    return [(kind, f"{address} {network}"), (f"{kind}_network", network), (f"{kind}_anywhere", address)]
