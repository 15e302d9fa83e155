"""HTTP over a bare socket, so that every byte of it is known."""
import socket

PATIENCE_S = 60


class Wire:
    """One client. `sent` and `received` are the bytes of all its requests and replies."""

    def __init__(self, port, token=None):
        self.port, self.token, self.sent, self.received = port, token, 0, 0

    def send(self, text):
        """Sends text as it is; the socket."""
        there = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)
        there.sendall(text)
        self.sent += len(text)
        return there

    def ask(self, path, body=None, headers=()):
        """Status, headers and body of one request on a connection of its own."""
        return self.take(self.send(self.request(path, body, headers)))

    def request(self, path, body=None, headers=()):
        lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + (body or b"")

    def take(self, there):
        """All that comes until the other side closes."""
        text = b""
        with there:
            while piece := there.recv(1 << 16):
                text += piece
        self.received += len(text)
        head, _, body = text.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        return int(first.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body
