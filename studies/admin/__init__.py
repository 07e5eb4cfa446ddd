"""The admin of study units, of the links between them, and of joint activities."""

from studies.admin import activities, findings, links, rollover, units
