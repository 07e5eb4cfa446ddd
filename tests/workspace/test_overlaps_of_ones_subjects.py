"""The workspace shows a Coordinator the overlaps and gaps of the subject, and to whom one is assigned that one (A1)."""

from datetime import date

import pytest

from studies.acts.findings import assign, dismiss
from studies.models import StudyFinding
from studies.overlaps.finder import look_through
from tests import world as build

ADDRESS = "/en/workspace/"


@pytest.fixture
def finding(world):
    """ITU-D Q7/2 and ITU-R WP 1C study EMF, which Ina coordinates; of ITU-D no Focal Point is on record."""
    look_through(date(2025, 6, 1))
    return StudyFinding.objects.get(key=f"no focal point/{world.subjects['EMF'].pk}/D")


def shown(client, person=None, **fields):
    account = build.account("somebody@example.org", person=person, **fields)
    client.force_login(account)
    return client.get(ADDRESS).content.decode()


def test_the_coordinator_of_the_subject_sees_it_with_its_facts(world, client, finding):
    page = shown(client, world.ina)
    assert "EMF is studied by ITU-D Q7/2; who is Focal Point for TDAG is not recorded." in page
    assert "What it rests on" in page and "/en/units/d-2022-2025-q7-2/" in page


def test_nobody_else_sees_it(world, client, finding):
    assert "Overlaps and gaps" not in shown(client, world.ada)


def test_a_focal_point_of_the_subject_sees_what_is_assigned_alone(world, client, finding):
    assert "Overlaps and gaps" not in shown(client, world.kim)
    assign(finding, person=world.kim, seen=finding.fingerprint)
    page = client.get(ADDRESS).content.decode()
    assert "EMF is studied by ITU-D Q7/2" in page and "Assigned" in page


def test_what_is_settled_is_not_there(world, client, finding):
    dismiss(finding, "One is being appointed.", seen=finding.fingerprint)
    page = shown(client, world.ina)
    assert "EMF is studied by ITU-D Q7/2" not in page and "One is being appointed." not in page


def test_no_word_of_the_admin_leads_there(world, client, finding):
    assert "/admin/studies/" not in shown(client, world.ina)
