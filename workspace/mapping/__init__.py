"""Confirming, contesting and claiming links of the mapping, for one's own side."""
