"""A small client: asks again and again over four connections, in a process of its own: `python -m bench.asking`.

Reads {"rounds", "seconds", "targets": {name: {"port", "path", "headers"}}} and prints {name: [requests per
second, once for each round]}. In every round each target has its turn, so that what slows the machine slows all.
"""

import json
import selectors
import socket
import sys
import time

CONNECTIONS = 4


def request_bytes(target):
    """The request as it goes over the wire."""
    lines = [f"GET {target['path']} HTTP/1.1", f"Host: 127.0.0.1:{target['port']}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in target.get("headers", {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def fetch(target):
    """One whole answer: (status, headers in lower case, body)."""
    with socket.create_connection(("127.0.0.1", target["port"]), timeout=60) as connection:
        connection.sendall(request_bytes(target))
        answer = b"".join(iter(lambda: connection.recv(262_144), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split()[1]), headers, body


def rate(target, seconds, status):
    """Requests answered in a second with this status, by asking for so many seconds."""
    wire, address = request_bytes(target), ("127.0.0.1", target["port"])
    expected, asked = f"HTTP/1.1 {status}".encode(), selectors.DefaultSelector()

    def ask():
        connection = socket.create_connection(address)
        connection.sendall(wire)
        asked.register(connection, selectors.EVENT_READ, [])

    def finish(key):
        answer = b"".join(key.data)
        asked.unregister(key.fileobj)
        key.fileobj.close()
        if not answer.startswith(expected):
            raise SystemExit(f"{target['path']} did not answer {status}: {answer[:200]!r}")

    started, answered = time.perf_counter(), 0
    for _ in range(CONNECTIONS):
        ask()
    while asked.get_map():
        for key, _events in asked.select():
            part = key.fileobj.recv(262_144)
            if part:
                key.data.append(part)
                continue
            finish(key)
            answered += 1
            if time.perf_counter() - started < seconds:
                ask()
    return answered / (time.perf_counter() - started)


def main():
    order = json.load(sys.stdin)
    targets, rates = order["targets"], {name: [] for name in order["targets"]}
    statuses = {name: fetch(target)[0] for name, target in targets.items()}
    for name, target in targets.items():
        rate(target, order["seconds"] / 2, statuses[name])  # both workers have seen it once
    for _ in range(order["rounds"]):
        for name, target in targets.items():
            rates[name].append(rate(target, order["seconds"], statuses[name]))
    json.dump({"statuses": statuses, "rates": rates}, sys.stdout)


if __name__ == "__main__":
    main()
