"""The admin of study units and of the links between them."""

from studies.admin import findings, links, units
