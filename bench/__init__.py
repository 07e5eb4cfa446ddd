"""`make bench`: how fast and how light the portal is, as ratios and counts, against the targets it is held to."""
