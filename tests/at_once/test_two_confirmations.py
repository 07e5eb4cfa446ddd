"""Two confirmations at the same moment: only one writes."""

from django.core.exceptions import ValidationError

from iscg_portal.importing import staging
from members.models import Representative
from tests.importing.conftest import as_file, term
from tests.world import staff_account


def confirming(staged):
    """One browser confirms."""

    def act(ready):
        ready()
        return staging.confirm(staged, Representative, reason="at the same moment")

    return act


def assert_one_wrote(outcomes):
    written = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert (len(written), len(refused)) == (1, 1), outcomes
    assert Representative.objects.filter(person__slug="lea-nobody").count() == 1


def test_same_preview_confirmed_twice_at_once_is_written_once(standing, at_once):
    staged = staging.stage(standing.staff, Representative, "terms.xlsx", as_file([term()]))
    assert_one_wrote(at_once(confirming(staged), confirming(staged)))


def test_two_accounts_with_the_same_file_write_it_once(standing, at_once):
    accounts = standing.staff, staff_account("other@example.org")
    staged = [staging.stage(each, Representative, "terms.xlsx", as_file([term()])) for each in accounts]
    assert_one_wrote(at_once(*map(confirming, staged)))


def test_two_files_for_one_seat_cannot_both_be_written(standing, at_once):
    rows = term(), term(starts_on="2026-06-01", note="another file")
    staged = [staging.stage(standing.staff, Representative, "terms.xlsx", as_file([row])) for row in rows]
    assert_one_wrote(at_once(*map(confirming, staged)))
