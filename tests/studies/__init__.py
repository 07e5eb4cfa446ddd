"""Tests of the study units, of their links, and of the pages that show them."""
