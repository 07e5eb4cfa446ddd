"""The text of a report: sentences composed from the rows of the record, in the active language, each with its link."""
