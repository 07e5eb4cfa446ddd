"""The reports in the admin."""

from reports.admin import coordinator_reports, key_issues

__all__ = ["coordinator_reports", "key_issues"]
