"""The codes of subjects, as lists of other things offer them."""

from iscg_portal.tables.questions import codes_of
from subjects.models import Subject


def subject_codes():
    """The subjects by code, with their titles. One query."""
    return codes_of("subject", Subject.objects.order_by("code").only("code", "original_language", "title"), str)
