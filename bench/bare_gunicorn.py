"""How gunicorn serves the bare view: as the portal's own file says, but with no page to make warm."""

import gc


def post_worker_init(worker):
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000)
