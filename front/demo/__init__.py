"""A plainly made-up year of a portal of its own, for training and for pictures (`make demo`); never the real record."""
