"""Two identities of an institution that come at the same moment: one is bound to the account, the other is refused."""

from allauth.socialaccount.models import SocialAccount

from iscg_portal.signing_in.institution import opens
from members.models import Account


def coming(sub, account):
    def act(ready):
        ready()
        return opens(SocialAccount(provider="institution", uid=sub), account)

    return act


def test_of_two_identities_one_is_bound(transactional_db, at_once):
    account = Account.objects.create_user("reader@example.org")
    outcomes = at_once(coming("1", account), coming("2", account))
    assert sorted(outcomes) == [False, True]
    assert SocialAccount.objects.count() == 1


def test_one_identity_in_two_windows_opens_its_account_in_both(transactional_db, at_once):
    account = Account.objects.create_user("reader@example.org")
    assert at_once(coming("1", account), coming("1", account)) == [True, True]
    assert SocialAccount.objects.count() == 1


def test_one_identity_is_bound_to_one_of_two_accounts(transactional_db, at_once):
    accounts = [Account.objects.create_user(f"{name}@example.org") for name in ("one", "two")]
    assert sorted(at_once(*(coming("1", account) for account in accounts))) == [False, True]
    assert SocialAccount.objects.count() == 1
