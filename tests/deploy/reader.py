"""A reader inside the bare Debian: asks through nginx until told to end, and says what was not answered with 200.

Started with the portal's name and a file: while it is there the reader goes on. Pages that nginx may have kept and
pages of other days, which the portal makes each time, in turns; for ten minutes at most.
"""

import http.client
import itertools
import re
import ssl
import sys
import time
from datetime import date, timedelta
from pathlib import Path

NAME, going = sys.argv[1], Path(sys.argv[2])
TRUSTED = ssl.create_default_context(cafile=f"/etc/letsencrypt/live/{NAME}/fullchain.pem")


def ask(path):
    """Status and text, over a connection of its own."""
    connection = http.client.HTTPSConnection(NAME, timeout=60, context=TRUSTED)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def addresses():
    for number in itertools.count(int(time.time() * 10)):  # days that no reader before asked for
        yield "/en/"
        yield f"/en/composition/?on={date(1866, 1, 1) + timedelta(days=number % 58_000)}"
        yield "/fr/subjects/"


asked, wrong, end = 0, [], time.monotonic() + 600
for path in addresses():
    if not going.exists() or time.monotonic() > end:
        break
    began = time.monotonic()
    try:
        status, text = ask(path)
        styles = re.findall(r'href="(/static/[^"]+\.css)"', text)[:1]
        answers = [(path, status), *((style, ask(style)[0]) for style in styles)]
    except OSError as error:
        answers = [(path, error)]
    asked += len(answers)
    wrong += [f"{address}: {status}" for address, status in answers if status != 200]
    time.sleep(max(0, began + 0.1 - time.monotonic()))
print(f"{asked} answers, {len(wrong)} of them not 200")
print(*wrong[:10], sep="\n")
sys.exit(1 if wrong or not asked else 0)
