"""The Chair reads and comments on an annual report before it is approved: the Chair is named as its source (F3)."""
