"""The texts of the record in six languages, for staff and translators: what stands, what lacks, and files of it."""
