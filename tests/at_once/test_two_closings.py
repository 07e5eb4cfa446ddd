"""Two accounts with every right are closed at the same moment: one of them stays."""

from django.core.exceptions import ValidationError

from members.models import Account
from tests import world as w
from workspace.access.closing import close


def test_one_account_with_every_right_stays(transactional_db, at_once):
    accounts = [w.staff_account(f"staff{number}@example.org") for number in range(2)]

    def closing(account):
        def act(ready):
            ready()
            return close(account)

        return act

    outcomes = at_once(*map(closing, accounts))
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [ValidationError]
    assert Account.objects.filter(is_superuser=True, is_active=True).count() == 1
