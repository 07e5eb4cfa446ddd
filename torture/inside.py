"""`python -m torture.inside PART [ARGUMENT...]`: a part on the portal of the environment; prints its finds as JSON."""

import json
import logging
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    logging.disable(logging.WARNING)  # what is refused is refused a thousand times
    part, *arguments = sys.argv[1:]
    print(json.dumps(import_module(f"torture.{part}").main(*map(json.loads, arguments))))
