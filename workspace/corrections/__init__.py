"""Readers suggest corrections, with a source; the secretariat decides. None is public by itself."""
