"""Geometry of the pictures, and what goes into them."""
