"""How gunicorn serves the portal, but for pages made before anybody asks: most tests ask for a few alone."""

import runpy

globals().update(runpy.run_path("gunicorn.conf.py"))


def post_worker_init(worker):
    from iscg_portal.web.patience import be_impatient

    be_impatient()
