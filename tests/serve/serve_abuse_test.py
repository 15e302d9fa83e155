"""Requests that are none or ask for too much: each gets a 4xx with a JSON error or a closed connection, and the service
goes on answering others."""
import json
import random
import time

from abuse_case import NEAREST, RANKS, AbuseTest, head_of
from asking import line_of
from program import run_tests
from service import receive_all, statuses
from stream import resident_kib

FUZZ_SECONDS = 10
BAD_BODIES = [b"{", b"[]", b"7", b"null", b"{}", b'{"op":"sing"}', b'{"op":"nearest"}', b'{"op":"range","x":1}',
              b'{"op":"nearest","at":[NaN,1]}', b'{"op":"nearest","at":[1e999,1]}', b'{"op":"nearest","at":[200,91]}',
              b'{"op":"nearest","at":[-73,40],"k":0}', b'{"op":"nearest","at":[-73,40],"k":-1}',
              b'{"op":"nearest","at":[-73,40],"k":1e30}', b'{"op":"range","limit":1000000000}',
              b'{"op":"range","box":[1,1,0,0]}', b'{"op":"range","from":"2014-13-01"}', b'{"op":"range","op":"range"}',
              b'{"op":"aggregate","by":["moon"]}', b'{"op":"aggregate","by":[]}', b'\xff\xfe', b"\0" * 100,
              b"[" * 100_000, b'{"a":' * 10_000, b'{"op":"' + b"x" * 70_000 + b'"}', b"<script>alert(1)</script>", b"", b"\n"]
BAD_TARGETS = ["/api/nearest", "/api/nearest?at=NaN,1", "/api/nearest?at=1", "/api/nearest?at=1,2,3", "/api/range?x=1",
               "/api/nearest?at=-73,40&k=ten", "/api/nearest?at=-73,40&k=10001", "/api/range?limit=-1", "/api/aggregate",
               "/api/aggregate?by=moon", "/api/nearest?op=range&at=1,2", "/api/range?from=2014-13-01", "/api/range?limit=1&limit=2",
               "/api/range?format=xml", "/api/aggregate?by=hour&format=geojson", "/api/range?box=1,2,3", "/api/sing",
               "/api/", "/api", "/api/nearest/", "/events?speed=0", "/events?points=99999", "/events?nothing=1",
               "/events?every=0s", "/tiles/0/0/1.png", "/tiles/21/0/0.png", "/tiles/-1/0/0.png", "/tiles/1/2/0.png",
               "/tiles/99999999999999999999/0/0.png", "/tiles/a/b/c.png", "/tiles/", "/nothing", "/page/nothing.js"]


class ServeAbuse(AbuseTest):
    def test_bad_questions(self):
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                client = service.client()
                for body in BAD_BODIES:
                    reply = service.post(body, client=client)
                    self.assertIn(reply.status, (400, 413), (body[:60], str(reply)))
                    self.assertIn(reply.json["error"]["code"], ("bad_json", "bad_request", "too_long"))
                for target in BAD_TARGETS:
                    reply = service.get(target, client=client)
                    self.assertIn(reply.status, (400, 404), (target, str(reply)))
                    self.assertIn(reply.json["error"]["code"], ("bad_request", "not_found"))
                for method, target in (("PUT", "/"), ("DELETE", "/api/info"), ("OPTIONS", "/"), ("TRACE", "/"), ("PATCH", "/"),
                                       ("POST", "/"), ("POST", "/api/nearest"), ("GET", "/api/requests"), ("SING", "/")):
                    reply = service.ask(method, target)
                    self.check_refused(reply, 405)
                    self.assertTrue(reply.headers["Allow"])
                self.check_alive(service, client)
                client.close()

    def test_refusals_while_a_replay_asks(self):
        """A round of nothing but refusals and windows of a replay."""
        with self.start() as service, service.connect() as stream:
            stream.sendall(head_of(target="/events?every=1s&speed=50"))
            for _ in range(200):
                self.assertEqual(service.post(b"no json").status, 400)
            self.check_alive(service)

    def test_heads_that_are_none(self):
        with self.start() as service:
            for data in (b"\r\n\r\n", b"\0" * 1000, b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\n",
                         b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
                         b"GET  / HTTP/1.1\r\n\r\n", head_of(target="*"), head_of(target="http://localhost/"),
                         head_of(target="//../x"), head_of(target="/%zz"), head_of(target="/%00"), head_of(target="/\xff"),
                         head_of("POST", "/api/requests", Content_Length="-1"), head_of("POST", "/api/requests", Content_Length="x"),
                         head_of("POST", "/api/requests", Content_Length="99999999999999999999999"),
                         head_of("POST", "/api/requests", Content_Length="3", Transfer_Encoding="chunked") + b"0\r\n\r\n",
                         head_of("POST", "/api/requests", Transfer_Encoding="chunked") + b"zz\r\n",
                         head_of("POST", "/api/requests", Transfer_Encoding="chunked") + b"ffffffffffffffff\r\n",
                         head_of("POST", "/api/requests", Expect="miracles", Content_Length="3") + b"{}\n",
                         b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"):
                with self.subTest(data=data):
                    got = service.send_raw(data)
                    self.check_refused_or_closed(got, data)
                    self.assertNotIn(200, statuses(got))
            self.check_alive(service)

    def test_too_large(self):
        with self.start() as service:
            for data, status in ((head_of(X="y" * 20_000), 431), (head_of(target="/" + "a" * 20_000), 431),
                                 (head_of("POST", "/api/requests", Content_Length=1 << 30), 413),
                                 (head_of("POST", "/api/requests", Transfer_Encoding="chunked")
                                  + b"10000\r\n%s\r\n" % (b" " * 0x10000) * 20, 413)):
                self.assertEqual(statuses(service.send_raw(data, half_close=False)), [status])
            before = resident_kib(service.process.pid)
            with service.connect() as connection:  # 1 GiB, of which only the beginning can be sent
                connection.sendall(head_of("POST", "/api/requests", Content_Length=1 << 30))
                sent, piece = 0, b" " * (1 << 20)
                try:
                    while sent < 1 << 30:
                        sent += connection.send(piece)
                except OSError:
                    pass
                self.assertLess(sent, 64 << 20)
                self.assertEqual(statuses(receive_all(connection)), [413])
            self.assertLess(resident_kib(service.process.pid) - before, 20_000)
            self.check_alive(service)

    def test_bodies_in_pieces(self):
        with self.start() as service:
            chunked = b"".join(b"%x\r\n%s\r\n" % (1, self.question[i:i + 1]) for i in range(len(self.question)))
            got = service.send_raw(head_of("POST", "/api/requests", Transfer_Encoding="chunked") + chunked + b"0\r\n\r\n")
            self.assertEqual(statuses(got), [200])
            with service.connect() as connection:
                connection.sendall(head_of("POST", "/api/requests", Content_Length=len(self.question), Expect="100-Continue",
                                           Connection="close"))
                self.assertEqual(connection.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
                connection.sendall(self.question)
                self.assertEqual(statuses(receive_all(connection)), [200])

    def test_old_and_odd_clients(self):
        with self.start() as service:
            got = service.send_raw(head_of(version="1.0"), half_close=False)
            self.assertEqual(statuses(got), [200])
            self.assertIn(b"\r\nConnection: close\r\n", got)
            with service.connect() as connection:
                for _ in range(3):
                    connection.sendall(head_of(version="1.0", Connection="keep-alive"))
                    self.assertIn(b"\r\nConnection: keep-alive\r\n", connection.recv(10_000))
            for target in ("/", "/api/info", "/api/nearest?at=-73.98,40.75", "/healthz"):
                whole, head = service.get(target), service.ask("HEAD", target)
                self.assertEqual((head.status, head.body), (200, b""))
                self.assertEqual(len(head.headers["Content-Length"]), len(whole.headers["Content-Length"]))
            self.assertEqual(statuses(service.send_raw(head_of("HEAD", "/events"), half_close=False)), [200])
            self.assertEqual(statuses(service.send_raw(head_of(Host=None), half_close=False)), [400])
            self.assertEqual(statuses(service.send_raw(head_of(target="/api/info", version="1.0", Host=None))), [403])
            for host in ("evil.example", "evil.example:80", ""):
                self.assertEqual(statuses(service.send_raw(head_of(target="/api/info", Host=host))), [403])
            self.check_alive(service)

    def test_no_way_out_of_the_page(self):
        with self.start() as service:
            for path in ("/../../etc/passwd", "/page/../../../etc/passwd", "/page/%2e%2e/%2e%2e/etc/passwd", "/page/..%2f..%2fetc/passwd",
                         "//etc/passwd", "/page//etc/passwd", "/page/\\..\\..\\etc\\passwd", "/page/%252e%252e/etc/passwd", "/etc/passwd",
                         "/page/leaflet/../../../../etc/passwd", "/page/./main.js", "/proc/self/environ", "/page/%c0%ae%c0%ae/x"):
                got = service.send_raw(head_of(target=path))
                self.assertIn(statuses(got), ([400], [404]), path)
                self.assertNotIn(b"root:", got)

    def test_nothing_is_reflected_into_a_page(self):
        """What a client sends comes back, if at all, as a JSON text, by a type that browsers do not show as a page."""
        evil = "<script>alert(1)</script>"
        with self.start() as service:
            for target in ("/%3Cscript%3Ealert(1)%3C/script%3E", "/api/nearest?at=%3Cscript%3Ealert(1)%3C/script%3E",
                           "/api/range?%3Cscript%3Ealert(1)%3C/script%3E=1", "/api/range?source=%3Cscript%3Ealert(1)%3C/script%3E",
                           "/api/range?from=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%0d", "/?x=%3Cscript%3Ealert(1)%3C/script%3E",
                           "/events?speed=%3Cscript%3Ealert(1)%3C/script%3E", "/api/range?source=%22%5C%ff"):
                reply = service.get(target)
                if reply.headers["Content-Type"].startswith("text/html"):
                    self.assertNotIn(evil, reply.body.decode())
                    self.assertIn("default-src 'none'", reply.headers["Content-Security-Policy"])
                else:
                    self.assertEqual(reply.headers["Content-Type"], "application/json")
                    json.loads(reply.body)
            got = service.send_raw(head_of(target="/%0d%0aSet-Cookie:%20a=b"))
            self.assertNotIn(b"Set-Cookie", got)
            named = service.post(line_of({**NEAREST, "id": evil + "\r\n\0\u2028"}))
            self.assertEqual(json.loads(named.body)["id"], evil + "\r\n\0\u2028")

    def test_pipelined(self):
        """Requests sent at once are answered in order; garbage after them ends the connection, not them."""
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                bodies = [line_of({**NEAREST, "id": number, "k": 1 + number % 5}) for number in range(300)]
                data = b"".join(head_of("POST", "/api/requests", Content_Length=len(body)) + body for body in bodies)
                got = service.send_raw(data + b"\x80garbage\r\n\r\n")
                self.assertEqual(statuses(got), [200] * 300 + [400])
                found = [json.loads(line)["id"] for line in got.splitlines() if line.startswith(b'{"id"')]
                self.assertEqual(found, list(range(300)))
                self.check_alive(service)

    def test_fuzzed_streams(self):
        """Good requests with bytes changed, left out, doubled and cut; by hand for longer: FUZZ_SECONDS=60."""
        import os
        seconds = float(os.environ.get("FUZZ_SECONDS", FUZZ_SECONDS)) / len(RANKS)
        seed = int(os.environ.get("FUZZ_SEED", "7"))
        good = [head_of("POST", "/api/requests", Content_Length=len(self.question)) + self.question,
                head_of("POST", "/api/requests", Transfer_Encoding="chunked") + b"2\r\n{}\r\n0\r\n\r\n",
                head_of(target="/api/nearest?at=-73.98,40.75&k=2&format=geojson"), head_of(target="/api/info"), head_of("HEAD", "/"),
                head_of(target="/api/aggregate?by=hour&measure=mean:fare&source=uber,yellow"), head_of(target="/metrics"),
                head_of(target="/tiles/11/602/769.png"), head_of("POST", "/api/requests", Content_Length=4, Expect="100-continue") + b"{}\n\n"]
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                numbers, sent, end = random.Random(seed), 0, time.monotonic() + seconds
                while time.monotonic() < end:
                    data = self.fuzz(numbers, b"".join(numbers.choices(good, k=numbers.randint(1, 4))))
                    self.check_refused_or_closed(service.send_raw(data), data)
                    sent += 1
                print(f"{sent} fuzzed streams, seed {seed}")
                self.check_alive(service)

    @staticmethod
    def fuzz(numbers, data):
        data = bytearray(data)
        for _ in range(numbers.randint(1, 6)):
            at = numbers.randrange(len(data) or 1)
            way = numbers.randrange(6)
            if way == 0 and data:
                data[at] = numbers.randrange(256)
            elif way == 1:
                del data[at:at + numbers.randint(1, 8)]
            elif way == 2:
                data[at:at] = bytes(numbers.choices(b"\r\n :/%?&=,{}[]\"0123456789abcHTP\0\xff", k=numbers.randint(1, 8)))
            elif way == 3:
                data[at:at] = data[at:at + numbers.randint(1, 60)]
            elif way == 4 and numbers.randrange(4) == 0:
                del data[at:]
            elif data:
                data[at] ^= 1 << numbers.randrange(8)
        return bytes(data)


if __name__ == "__main__":
    run_tests()
