"""Whether what is kept is what was stored: read again by `manage.py verify`, and where a file is sent."""
