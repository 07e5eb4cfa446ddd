"""The admin of what the subjects are and who coordinates them."""

from subjects.admin import editions, offices, resolutions, subjects
