"""The reports in the admin."""

from reports.admin import annual_reports, coordinator_reports, key_issues, transmissions
