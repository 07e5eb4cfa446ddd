"""Corrections that office holders propose, and entries that they confirm by a one-time link."""
