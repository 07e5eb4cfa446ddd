"""Acts on the composition: each changes several rows, in one transaction, under one name.

All of them take the reason and the account `by` that go into the history, and refuse with
`ValidationError` (often `RefusedTogether`) in sentences for people; then nothing is saved.
"""
