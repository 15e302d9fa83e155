"""Clients that are many, slow, or gone: the service goes on answering others, and keeps its memory."""
import os
import re
import signal
import socket
import struct
import threading
import time

from abuse_case import RANKS, AbuseTest, allow_open_files, head_of
from asking import lines_of
from program import run_tests
from service import receive_all, statuses
from stream import resident_kib

HALF_OPEN = 10_000
REQUESTS = 100_000  # of the test of memory; a million by hand with tests/bench/serve


def open_many(service, count, data=b""):
    """Connections that stay open; each sends a little."""
    connections = []
    for _ in range(count):
        connection = service.connect()
        if data:
            connection.sendall(data)
        connections.append(connection)
    return connections


def close_all(connections):
    for connection in connections:
        connection.close()


class ServeCrowd(AbuseTest):
    def test_half_open_connections(self):
        """Silent ones, halves of heads and halves of bodies, far more than are allowed, while others are answered."""
        count = allow_open_files(HALF_OPEN + 500) - 500
        half_body = head_of("POST", "/api/requests", Content_Length=1000) + b"{"
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                for data in (b"", b"GET /api/in", half_body):
                    connections, slowest = [], 0
                    for _ in range(10):
                        connections += open_many(service, count // 10, data)
                        begin = time.monotonic()
                        self.check_alive(service)
                        slowest = max(slowest, time.monotonic() - begin)
                    print(f"{len(connections)} half-open, then an answer in at most {1000 * slowest:.1f} ms")
                    self.assertLess(slowest, 5)
                    close_all(connections)
                self.check_alive(service)

    def test_slow_clients_are_sent_away(self):
        """A head or a body byte by byte has its time, however often a byte comes."""
        with self.start(None, "--head-timeout", 1, "--body-timeout", 1, "--idle-timeout", 1) as service:
            for data, status in ((head_of(X="y" * 1000), []), (b"", []),
                                 (head_of("POST", "/api/requests", Content_Length=9000) + b" " * 9000, [408])):
                with self.subTest(data=data[:20]), service.connect() as connection:
                    head, _, body = data.partition(b"\r\n\r\n")
                    if body:
                        connection.sendall(head + b"\r\n\r\n")
                    sender = threading.Thread(target=self.drip, args=[connection, body or head])
                    sender.start()
                    begin = time.monotonic()
                    self.assertEqual(statuses(receive_all(connection)), status)
                    self.assertLess(time.monotonic() - begin, 10)
                    sender.join()
                    self.check_alive(service)
            client = service.client()  # one that has been answered, and says no more
            self.check_alive(service, client)
            self.assertEqual(client.sock.recv(1), b"")
            client.close()

    @staticmethod
    def drip(connection, data):
        try:
            for byte in data:
                connection.sendall(bytes([byte]))
                time.sleep(0.02)
        except OSError:
            pass

    def test_clients_that_do_not_read(self):
        """Answers of megabytes for clients that take nothing of them: those are sent away, and others answered."""
        big = lines_of([{"op": "range", "limit": 5000}] * 20)
        request = head_of("POST", "/api/requests", Content_Length=len(big)) + big
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks, "--write-timeout", 1) as service:
                connections = [service.connect(receive_bytes=4096) for _ in range(30)]
                for connection in connections:
                    connection.sendall(request)
                end = time.monotonic() + 60
                while self.calls(service) > 1 and time.monotonic() < end:
                    # While all of them are new, nobody can be said to be slow, and there may be no room.
                    self.assertIn(service.post(self.question).status, (200, 503))
                    time.sleep(0.1)
                self.assertEqual(self.calls(service), 1, "but for who asks")
                self.check_alive(service)
                close_all(connections)

    def calls(self, service):
        """Requests under way, this one among them."""
        for line in service.get("/metrics").body.decode().splitlines():
            if re.match(r"tessera_http_requests_in_flight[ {]", line):
                return float(line.split()[-1])
        raise AssertionError("/metrics does not tell tessera_http_requests_in_flight")

    def test_clients_that_disappear(self):
        """In the middle of a request, of the work for it, and of its answer; politely and not."""
        big = lines_of([{"op": "range", "limit": 5000}] * 3)
        request = head_of("POST", "/api/requests", Content_Length=len(big)) + big
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                for number in range(60):
                    connection = service.connect()
                    if number % 2:
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    connection.sendall(request[:len(request) // 2] if number % 3 == 0 else request)
                    if number % 3 == 2:
                        connection.recv(1000)
                    connection.close()
                self.check_alive(service)

    def test_many_streams(self):
        """Thousands of replays; one more than is allowed is told to come back."""
        count = min(2000, allow_open_files(3000) - 400)
        for ranks in RANKS:
            with self.subTest(ranks=ranks), \
                    self.start(ranks, "--max-streams", count, "--max-in-flight", 5000, "--max-connections", 5000) as service:
                streams = open_many(service, count, head_of(target="/events?every=1h&speed=3600&from=2014-04-03"))
                for stream in streams:
                    self.assertEqual(statuses(stream.recv(1000)), [200])
                self.check_alive(service)
                with service.connect() as late:
                    late.sendall(head_of(target="/events", Connection="close"))
                    got = receive_all(late)
                    self.assertEqual(statuses(got), [503])
                    self.assertIn(b"\r\nRetry-After: 1\r\n", got)
                for stream in streams[::100]:
                    self.assertIn(b"event: window\n", stream.recv(1000))
                close_all(streams)
                self.check_alive(service)
                self.assertLess(service.stop(), 5)
                self.assertEqual(service.wait(), 0, service.said())

    def test_streams_that_nobody_reads(self):
        """A stream that does not listen is cut off once too much waits for it."""
        with self.start(None, "--write-timeout", 1) as service, service.connect(receive_bytes=4096) as stream:
            stream.sendall(head_of(target="/events?every=60s&speed=3000&points=10000"))
            for _ in range(20):
                self.check_alive(service)
                time.sleep(0.05)
            self.assertLess(resident_kib(service.process.pid), 500_000)

    def test_too_many_at_once(self):
        with self.start(None, "--max-in-flight", 2) as service:
            busy = open_many(service, 2, head_of(target="/events?speed=1"))  # each is a request under way
            for connection in busy:
                self.assertEqual(statuses(connection.recv(1000)), [200])
            for target in ("/healthz", "/readyz", "/metrics"):  # who watches over it is heard
                self.assertEqual(service.get(target).status, 200)
            for target in ("/api/info", "/"):
                got = service.send_raw(head_of(target=target, Connection="close"))
                self.assertEqual(statuses(got), [503])
                self.assertIn(b"\r\nRetry-After: 1\r\n", got)
                self.assertIn(b'{"error":{"code":"busy","message":"', got)
            close_all(busy)
            end = time.monotonic() + 30
            while service.get("/api/info").status != 200 and time.monotonic() < end:
                time.sleep(0.01)
            self.check_alive(service)

    def test_memory_stays_flat(self):
        """Many requests of all kinds on a few connections."""
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                pids = service.pids()
                self.flood(service, REQUESTS // 10)
                before = [resident_kib(pid) for pid in pids]
                self.flood(service, REQUESTS // len(RANKS))
                after = [resident_kib(pid) for pid in pids]
                print("KiB before and after:", before, after)
                for held, holds in zip(before, after):
                    self.assertLess(holds - held, 8_000)

    def flood(self, service, count):
        """Pipelined, a hundred at a time."""
        body = self.question
        piece = (head_of("POST", "/api/requests", Content_Length=len(body)) + body) * 98
        piece += head_of(target="/api/nearest?at=x") + head_of(target="/api/aggregate?by=hour")
        with service.connect() as connection:
            for _ in range(count // 100):
                connection.sendall(piece)
                got, end = b"", time.monotonic() + 60
                while got.count(b"HTTP/1.1 ") < 100 and time.monotonic() < end:
                    got += connection.recv(1 << 20)
                self.assertEqual(statuses(got), [200] * 98 + [400, 200])

    def test_a_killed_rank_ends_the_job(self):
        """Whoever dies, mpirun says so; nothing is left of the job."""
        for rank in (0, 1):
            for asked in (False, True):
                with self.subTest(rank=rank, asked=asked), self.start(2) as service:
                    pids = service.pids()
                    self.check_alive(service)
                    with service.connect() as stream:
                        if asked:
                            stream.sendall(head_of(target="/events?every=1s&speed=50"))
                            stream.recv(1000)
                        os.kill(pids[rank], signal.SIGKILL)
                        self.assertNotIn(service.wait(20), (None, 0), service.said())
                    self.assertRegex(service.said(), f"process rank {rank} with PID .* exited on signal 9")
                    self.assertEqual([pid for pid in pids if service.rank_of(pid) is not None], [])


if __name__ == "__main__":
    run_tests()
