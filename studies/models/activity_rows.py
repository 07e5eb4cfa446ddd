"""Questions about activities, and what is read along with them."""

from collections import defaultdict

from django.db import models

from iscg_portal.scheduled import ScheduledQuerySet
from studies.models.activity_words import INTERESTS, REGIONS, SECTORS

CODES = (
    ("subject_codes", "subject_links", "subject__code"),
    ("partner_names", "partner_links", "partner__abbreviation"),
)


class ActivityQuerySet(ScheduledQuerySet):
    """Questions about activities. `on` is a date; None means today in Geneva."""

    def with_names(self):
        """Each with the codes of its subjects and its partners. Two queries."""
        subjects = self._rows_of("subject_links").select_related("subject").order_by("subject__code")
        partners = self._rows_of("partner_links").select_related("partner").order_by("partner__abbreviation")
        return self.prefetch_related(
            models.Prefetch("subject_links", subjects.only("activity", "subject__code", "subject__slug")),
            models.Prefetch("partner_links", partners.only("activity", "partner__abbreviation")),
        )

    def with_codes(self):
        """As `with_names`, for files of some thousand activities: nothing but the codes is read. Two queries."""
        rows = self._chain()
        rows._reads_codes = True
        return rows

    _reads_codes = False

    def _clone(self):
        rows = super()._clone()
        rows._reads_codes = self._reads_codes
        return rows

    def _fetch_all(self):
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._reads_codes:
            keys = self.order_by().values("pk")
            for name, links, code in CODES:
                found, rows = defaultdict(list), self._rows_of(links).filter(activity__in=keys).order_by(code)
                for key, value in rows.values_list("activity", code):
                    found[key].append(value)
                for activity in self._result_cache:
                    activity.__dict__[name] = found[activity.pk]

    def _rows_of(self, links):
        return self.model._meta.get_field(links).related_model.objects.all()

    def about(self, subject):
        """Those about a subject, by its code."""
        return self.filter(pk__in=self._rows_of("subject_links").filter(subject__code=subject).values("activity"))

    def of_sector(self, letter):
        """Those that a Sector, or the General Secretariat, holds."""
        return self.filter(**{SECTORS[letter]: True})

    def of_interest_to(self, code):
        """Those of interest to some developing countries: LDC, SIDS, LLDC, transition."""
        return self.filter(**{INTERESTS[code]: True})

    def in_region(self, code):
        """Those of a Council region or of a regional organization."""
        return self.filter(**{REGIONS[code]: True})
