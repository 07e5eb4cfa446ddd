"""What a reader meets first; reads every app and owns no record of its own."""
