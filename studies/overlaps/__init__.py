"""Overlaps and gaps in the studies of the Sectors: what the finder looks for beside the portal (A1)."""
