"""The admin of study units and of the links between them."""

from studies.admin import links, units
