"""Files that come in and are kept: checks, storing, waiting, freezing."""
