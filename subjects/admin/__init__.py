"""The admin of what the subjects are and who coordinates them."""

from subjects.admin import editions, mandate_looks, offices, parts, resolutions, subjects
