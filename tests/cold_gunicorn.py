"""How gunicorn serves the portal, but for pages made before anybody asks: most tests ask for a few alone.

Nor does anybody wait long for a PostgreSQL that is frozen.
"""

import runpy

globals().update(runpy.run_path("gunicorn.conf.py"))


def post_worker_init(worker):
    from iscg_portal.web import patience

    patience.FOR_A_CONNECTION = 2
    patience.be_impatient()
