"""`serve` answers what `answer`, `nearest`, `range` and `replay` do, byte for byte but for micros, at any number of ranks;
it ends well when told to, says what is wrong with how it was started, and costs next to nothing while nobody asks."""
import json
import os
import socket
import threading
import time
import urllib.parse

from asking import AnswerTest, line_of, lines_of, without_micros
from program import run_tests
from service import Service, receive_all
from stream import processor_seconds

RANKS = (None, 1, 2, 3, 4)
BAD = [b"no json\n", b'{"id":"b","op":"nearest","at":[0,0],"k":0}\n', b'{"id":5,"op":"range","limit":99999}\n',
       b'{"op":"range","count":true}\n']
STOPPED = "stopped by a signal; all requests that were taken are answered"


def query_of(request):
    """The query string that means a request."""
    def text_of(value):
        if isinstance(value, list):
            return ",".join(map(text_of, value))
        return value if isinstance(value, str) else json.dumps(value)
    members = {name: text_of(value) for name, value in request.items() if name not in ("op", "id")}
    return f"/api/{request['op']}?" + urllib.parse.urlencode(members)


class ServeAnswers(AnswerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = cls.make_requests(100, 61)
        lines = [line_of(request) for request in cls.requests]
        for number, line in enumerate(BAD):
            lines.insert(20 * number + 3, line)
        cls.lines = lines
        cls.wanted = cls.answers(b"".join(lines))

    def start(self, ranks, *options, **how):
        return Service(self.program, "t.h5", *options, ranks=ranks, **how)

    def test_the_same_bytes_as_answer(self):
        unnamed = [{name: value for name, value in request.items() if name != "id"} for request in self.requests]
        wanted = self.answers(lines_of(unnamed))
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                self.check_lines(service)
                client = service.client()
                for line, right in zip(self.lines, self.wanted):
                    reply = service.post(line, client=client)
                    self.assertEqual(reply.headers["Content-Type"], "application/json")
                    error = json.loads(right).get("error")
                    self.assertEqual(reply.status, 400 if error else 200)
                    if not error or error["code"] != "bad_json":  # which tells its line
                        self.assertEqual(without_micros(reply.body), right)
                for request, right in zip(unnamed, wanted):
                    reply = service.get(query_of(request), client=client)
                    self.assertEqual((reply.status, without_micros(reply.body)), (200, right), request)
                client.close()

    def check_lines(self, service):
        reply = service.post(b"".join(self.lines))
        self.assertEqual((reply.status, reply.headers["Content-Type"]), (200, "application/x-ndjson"))
        self.assertTrue(without_micros(reply.body) == b"".join(self.wanted))

    def test_the_comparison_can_fail(self):
        with self.start(None) as service:
            changed = b"".join(self.lines).replace(b'"k":10', b'"k":9')
            self.assertTrue(without_micros(service.post(changed).body) != b"".join(self.wanted))

    def test_many_at_once(self):
        """Clients side by side, each with its own answers."""
        for ranks in (None, 2):
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                failures = []

                def ask_all():
                    try:
                        for _ in range(5):
                            self.check_lines(service)
                    except Exception as failure:  # pylint: disable=broad-except
                        failures.append(failure)
                threads = [threading.Thread(target=ask_all) for _ in range(16)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                self.assertEqual(failures, [])

    def test_maps_are_those_of_the_commands(self):
        words = ["--from", "2014-04-01", "--to", "2014-05-01", "--source", "uber,yellow"]
        query = "&from=2014-04-01&to=2014-05-01&source=uber,yellow&format=geojson"
        ways = [(["nearest", "t.h5", "--at", "-73.98,40.75", "--k", "7"], "/api/nearest?at=-73.98,40.75&k=7"),
                (["range", "t.h5", "--box", "-74,40.7,-73.9,40.8", "--limit", "20"],
                 "/api/range?box=-74,40.7,-73.9,40.8&limit=20"),
                (["aggregate", "t.h5", "--by", "pickup_tile:13,source", "--measure", "trips,mean:fare"],
                 "/api/aggregate?by=pickup_tile:13,source&measure=trips,mean:fare")]
        for ranks in (None, 3):
            with self.start(ranks) as service:
                for command, target in ways:
                    wanted = self.program.must(*command, *words, "--format", "geojson").out
                    reply = service.get(target + query)
                    self.assertEqual(reply.headers["Content-Type"], "application/geo+json")
                    self.assertEqual(json.loads(reply.body), json.loads(wanted))
                    self.assertGreater(len(reply.json["features"]), 5)

    def test_events_are_the_lines_of_replay(self):
        words = ["--from", "2014-04-03T08:00", "--to", "2014-04-03T12:30", "--every", "15m"]
        out = self.program.must("replay", "t.h5", "--speed", "1000000", *words).out
        wanted = [json.loads(line) for line in out.splitlines()]
        for ranks in RANKS:
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                events = service.events("/events?from=2014-04-03T08:00&to=2014-04-03T12:30&every=15m&speed=36000")
                self.assertEqual([name for name, _ in events], ["window"] * (len(events) - 1) + ["end"])
                found = [json.loads(data) for _, data in events]
                for window in wanted + found:
                    window.pop("behind_s", None)  # the only part that depends on the clock
                self.assertEqual(found[:-1], [window for window in wanted if "from" in window])
                self.assertEqual(found[-1], {"windows": 18, "trips": sum(window["trips"] for window in found[:-1])})
                self.assertGreater(found[-1]["trips"], 10)

    def test_points_of_events(self):
        """At most as many as asked for, each a pick-up of the window, whatever the ranks."""
        target = "/events?from=2014-04-03&to=2014-04-04&every=6h&speed=1000000&points=5"
        both = []
        for ranks in (None, 3):
            with self.start(ranks) as service:
                both.append([json.loads(data).get("points") for _, data in service.events(target)])
        self.assertEqual(both[0], both[1])
        rides = json.loads(self.answers(b'{"op":"range","limit":0,"from":"2014-04-03","to":"2014-04-04"}')[0])["rides"]
        places = [ride["pickup"] for ride in rides]
        self.assertEqual(sum(map(len, both[0][:-1])), 20)
        for points in both[0][:-1]:
            for point in points:
                self.assertIn(point, places)

    def test_info(self):
        with self.start(2) as service:
            info = service.get("/api/info").json
            served = info.pop("serve")
            wanted = json.loads(self.program.must("info", "--json", "t.h5").out)
            self.assertEqual(info, wanted)
            self.assertEqual((served["ranks"], served["threads"], served["basemap"]), (2, 1, None))

    def test_ends_when_told(self):
        """With requests under way and streams open: what was taken is answered, and it takes no five seconds."""
        heavy = lines_of([{"op": "aggregate", "by": ["hour", "vendor"], "measure": ["p99:total"]}] * 200)
        for ranks, name in ((None, "SIGTERM"), (None, "SIGINT"), (None, "SIGUSR1"), (3, "SIGTERM"), (1, "SIGINT")):
            with self.subTest(ranks=ranks, signal=name), self.start(ranks) as service:
                streams = [service.connect() for _ in range(3)]
                for stream in streams:
                    stream.sendall(b"GET /events?speed=60 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    self.assertIn(b" 200 OK", stream.recv(100))
                idle, asking = service.connect(), service.connect()
                asking.sendall(b"POST /api/requests HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                               % (len(heavy), heavy))
                self.wait_for_calls(service)
                took = service.stop(name)
                self.assertEqual(service.wait(), 0, service.said())
                self.assertLess(took, 5)
                self.assertIn(STOPPED, service.said())
                head, _, body = receive_all(asking).partition(b"\r\n\r\n")
                self.assertIn(b" 200 OK", head)
                self.assertIn(b"\r\nConnection: close", head)
                self.assertEqual(body.count(b'"op":"aggregate"'), 200)
                self.assertEqual(receive_all(idle), b"")
                for stream in streams:
                    receive_all(stream)
                for connection in (*streams, idle, asking):
                    connection.close()

    def wait_for_calls(self, service):
        """Another client is answered: the requests before it have been read."""
        for _ in range(2):
            self.assertEqual(service.get("/healthz").status, 200)

    def test_a_place_that_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            place = "127.0.0.1:%d" % other.getsockname()[1]
            for ranks in (None, 2):
                finished = self.program.run("serve", "t.h5", "--listen", place, ranks=ranks)
                self.assertEqual(finished.code, 1, finished)
                self.assertEqual(len(finished.messages), 1, finished)
                self.assertIn(f"cannot listen on {place} (Address already in use)", finished.err)

    def test_nobody_else_is_let_in(self):
        """To be reached by others needs a token."""
        with open(self.path("token"), "w", encoding="ascii") as file:
            file.write("0123456789abcdef-secret\n")
        os.chmod(self.path("token"), 0o600)
        for place in ("0.0.0.0:0", "[::]:0"):
            finished = self.program.run("serve", "t.h5", "--listen", place)
            self.assertEqual(finished.code, 2, finished)
            self.assertIn("needs --token-file FILE", finished.err)
        with Service(self.program, "t.h5", "--token-file", "token", listen="0.0.0.0:0") as service:
            right = {"Authorization": "Bearer 0123456789abcdef-secret"}
            for path in ("/api/info", "/", "/metrics", "/events", "/openapi.json", "/tiles/0/0/0.png", "/nothing"):
                for headers in ({}, {"Authorization": "Bearer 0123456789abcdef-wrong!"}, {"Cookie": "tessera_token="}):
                    reply = service.get(path, headers=headers)
                    self.assertEqual((reply.status, reply.error), (401, "unauthorized"))
            self.assertEqual(service.get("/api/info", headers=right).status, 200)
            self.assertEqual(service.get("/healthz").status, 200)
            entered = service.get("/?token=0123456789abcdef-secret")
            self.assertEqual((entered.status, entered.headers["Location"]), (303, "/"))
            cookie = entered.headers["Set-Cookie"].split(";")[0]
            self.assertEqual(service.get("/api/info", headers={"Cookie": cookie}).status, 200)
            self.assertNotIn("secret", service.said())

    def test_token_files_that_are_none(self):
        for content, mode, said in (("short", 0o600, "is no token"), ("0123456789abcdef0", 0o644, "everybody on this"),
                                    (None, 0, "No such file")):
            if content is not None:
                with open(self.path("bad"), "w", encoding="ascii") as file:
                    file.write(content)
                os.chmod(self.path("bad"), mode)
            finished = self.program.run("serve", "t.h5", "--token-file", "bad" if content else "nowhere", ranks=2)
            self.assertEqual(finished.code, 1, finished)
            self.assertIn(said, finished.err)
            self.assertEqual(len(finished.messages), 1, finished)

    def test_waiting_costs_nothing(self):
        """Processor time of each rank over some seconds of waiting; then an answer comes at once."""
        for ranks in (1, 2, 4):
            with self.subTest(ranks=ranks), self.start(ranks) as service:
                client = service.client()
                self.assertEqual(service.post(self.lines[0], client=client).status, 200)
                pids = service.pids()
                before, begin = [processor_seconds(pid) for pid in pids], time.monotonic()
                time.sleep(6)
                waited = time.monotonic() - begin
                shares = [(processor_seconds(pid) - spent) / waited for pid, spent in zip(pids, before)]
                begin = time.monotonic()
                self.assertEqual(without_micros(service.post(self.lines[0], client=client).body), self.wanted[0])
                took = time.monotonic() - begin
                print(f"{ranks} ranks, shares of a core:", *(f"{100 * share:.2f} %" for share in shares),
                      f"then an answer in {1000 * took:.1f} ms")
                self.assertLess(max(shares), 0.05)
                self.assertLess(took, 1.0)  # 0.02 on a machine that has nothing else to do


if __name__ == "__main__":
    run_tests()
