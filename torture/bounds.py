"""How far a part goes: so many times, and no longer than its time."""

import time


class Bounds:
    """Ends a loop after `count` rounds or `seconds`, whichever comes first; `done` says how far it came."""

    def __init__(self, count, seconds):
        self.count, self.done, self.began = count, 0, time.monotonic()
        self.ends = self.began + seconds

    def __iter__(self):
        for number in range(self.count):
            if time.monotonic() > self.ends:
                return
            yield number
            self.done = number + 1

    @property
    def seconds(self):
        return time.monotonic() - self.began
