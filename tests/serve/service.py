"""A running `serve` and how to talk to it. Nothing waits longer than PATIENCE_S; whatever happens, all processes are gone
afterwards."""
import http.client
import json
import re
import signal
import socket
import time

from stream import PATIENCE_S, Stream

LISTENING = re.compile(r"^serving \d+ trips on http://(\S+):(\d+)/", re.MULTILINE)


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        """The code of an error; None where the body is none as they all are."""
        error = self.json.get("error", {})
        return error.get("code") if set(error) == {"code", "message"} else None

    def __str__(self):
        return f"{self.status} {self.body[:300]!r}"


class Service(Stream):
    def __init__(self, program, store, *options, ranks=None, threads=1, listen="127.0.0.1:0"):
        super().__init__(program, "serve", store, "--listen", listen, *options, ranks=ranks, threads=threads)
        self.host = self.port = None

    def __enter__(self):
        """Once it serves."""
        try:
            deadline = time.monotonic() + PATIENCE_S
            while not (listening := LISTENING.search(self.said())):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"does not serve: {self.command}\n{self.said()}")
                time.sleep(0.02)
        except BaseException:
            self.__exit__()
            raise
        self.host, self.port = listening[1].strip("[]"), int(listening[2])
        return self

    def connect(self, receive_bytes=None):
        """A socket to it."""
        connection = socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET)
        connection.settimeout(PATIENCE_S)
        if receive_bytes:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        connection.connect((self.host, self.port))
        return connection

    def client(self):
        return http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_S)

    def ask(self, method, target, body=None, headers=None, client=None):
        connection = client or self.client()
        try:
            connection.request(method, target, body=body, headers=headers or {})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            if client is None:
                connection.close()

    def get(self, target, **how):
        return self.ask("GET", target, **how)

    def post(self, body, **how):
        return self.ask("POST", "/api/requests", body=body, **how)

    def send_raw(self, data, half_close=True):
        """What comes back for these bytes until the service closes."""
        with self.connect() as connection:
            try:
                connection.sendall(data)
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:  # it has closed already
                pass
            return receive_all(connection)

    def stop(self, name="SIGTERM"):
        """Tells the root rank; how many seconds the job took to end."""
        import os
        begin = time.monotonic()
        os.kill(self.pids()[0] if self.ranks else self.process.pid, signal.Signals[name])
        self.wait()
        return time.monotonic() - begin

    def events(self, target):
        """The events of a stream: name and data."""
        with self.connect() as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head, _, body = receive_all(connection).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ") and b"\r\nContent-Type: text/event-stream\r\n" in head, head
        found = []
        for block in body.decode().split("\n\n")[:-1]:
            lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
            if lines:
                found.append((lines["event"], lines["data"]))
        return found


def receive_all(connection):
    parts = []
    try:
        while part := connection.recv(1 << 20):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def statuses(data):
    """Of all replies in what has come back."""
    return [int(status) for status in re.findall(rb"^HTTP/1\.1 (\d{3}) ", data, re.MULTILINE)]
