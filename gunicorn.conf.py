"""How gunicorn serves the portal: sync workers, which are steady behind nginx."""

import gc
import os

from iscg_portal.settings import PORT

bind = f"127.0.0.1:{PORT}"
workers = min(4, 1 + (os.cpu_count() or 1))
timeout = 120  # an import of a thousand rows may take most of a minute
limit_request_line = 8190  # longer ones are answered 400 here, shorter ones by the portal's own sentences
accesslog = None  # addresses of readers are not kept
control_socket_disable = True  # it would lie in the home folder, one for all portals


def post_worker_init(worker):
    """The worker is warm before it answers anybody.

    What it is made of then stays as long as the worker: the search for rubbish need not look at it again. It searches
    less often than Python's own 700, which is once for every few rows of a page: 5 to 10 % of what a page costs.
    """
    from front.warming import warm
    from iscg_portal.web.patience import be_impatient

    be_impatient()
    warm(worker.wsgi)
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000)
