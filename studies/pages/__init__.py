"""The public pages of study units and of the mapping."""
