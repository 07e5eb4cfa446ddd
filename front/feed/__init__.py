"""The feed of what changed in the public record: one module for each kind of change, and `atom`, which writes it.

What an entry's day and moment are is in docs/decisions/0010-feed-of-changes.md.
"""
