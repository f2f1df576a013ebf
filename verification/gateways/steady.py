"""A load of constant rate, over HTTP/1.1 and as many connections as it takes."""

import collections
import gc
import select
import socket
import time

MOST_CONNECTIONS = 256
LONGEST_SILENCE = 10


def latencies(port, path, rate, seconds):
    """Sends requests at a constant rate, and returns how long each took, in seconds, shortest first.

    A request is due at its time, whatever became of those before it, and its latency counts from then on:
    what waits because the server stalls is not forgotten (no "coordinated omission"). The first tenth, in
    which connections are made, does not count.
    """
    idle, busy, overdue = [], [], collections.deque()
    total = int(rate * seconds)
    took, asked = [], 0
    gc.disable()
    try:
        began = time.perf_counter()
        while len(took) < total:
            now = time.perf_counter()
            while asked < total and began + asked / rate <= now:
                overdue.append(began + asked / rate)
                asked += 1
            while overdue and (idle or len(busy) < MOST_CONNECTIONS):
                busy.append(idle.pop() if idle else Connection(port, path))
                busy[-1].ask(overdue.popleft())
            pause = max(0, began + asked / rate - now) if asked < total else LONGEST_SILENCE
            for connection in select.select(busy, [], [], pause)[0]:
                if connection.is_answered():
                    took.append(time.perf_counter() - connection.due)
                    busy.remove(connection)
                    if connection.is_kept:
                        idle.append(connection)
                    else:
                        connection.socket.close()
            if time.perf_counter() - now > LONGEST_SILENCE:
                raise SystemExit(f"there was no answer for {LONGEST_SILENCE} seconds")
    finally:
        gc.enable()
        for connection in idle + busy:
            connection.socket.close()
    return sorted(took[total // 10 :])


class Connection:
    """One connection, on which one request at a time is asked."""

    def __init__(self, port, path):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.fileno = self.socket.fileno
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        self.is_kept = True

    def ask(self, due):
        self.due = due
        self.answer = b""
        self.socket.send(self.request)

    def is_answered(self):
        """Reads what has come, and returns whether it is a whole answer."""
        piece = self.socket.recv(65_536)
        self.answer += piece
        if not piece or (len(self.answer) >= 12 and self.answer[9:12] != b"200"):
            raise SystemExit(f"expected an answer of status 200, found {self.answer[:200]!r}")
        end = self.answer.find(b"\r\n\r\n") + 4
        if end < 4:
            return False
        head = self.answer[:end].lower()
        self.is_kept = b"\r\nconnection: close" not in head
        at = head.find(b"\r\ncontent-length:")
        if at < 0:
            return self.answer.endswith(b"\r\n0\r\n\r\n")  # chunked
        return len(self.answer) - end >= int(head[at + 17 : head.index(b"\r\n", at + 2)])


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
