"""Some of everything that `serve` can be asked, well and badly, and what must have been counted of it."""
import collections
import json
import re

NEAREST = {"op": "nearest", "at": [-73.98, 40.75], "k": 3}
RANGE = {"op": "range", "box": [-74, 40.7, -73.9, 40.8], "limit": 2}
AGGREGATE = {"op": "aggregate", "by": ["hour"], "measure": ["trips"]}
PART = "from=2014-04-10T12:00&to=2014-04-10T12:10"


class Traffic:
    def __init__(self, wire):
        self.wire = wire
        self.replies = collections.Counter()   # (handler, code)
        self.requests = collections.Counter()  # (op, outcome)
        self.tiles = collections.Counter()     # (outcome,)
        self.events = collections.Counter()    # (event,)
        self.answer_bytes = self.tile_bytes = self.stream_trips = self.refused = self.unread_bytes = 0

    def ask(self, handler, wanted, path, body=None, headers=()):
        status, got, text = self.wire.ask(path, body, headers)
        self.took(handler, wanted, status, path)
        return got, text

    def took(self, handler, wanted, status, what):
        if status != wanted:
            raise AssertionError(f"{what}: {status} where it must be {wanted}")
        self.replies[(handler, str(status))] += 1

    def question(self, handler, wanted, path, body=None, **outcomes):
        """What reaches the desk: `outcomes` are of operations."""
        self.answer_bytes += len(self.ask(handler, wanted, path, body)[1])
        for op, outcome in outcomes.items():
            self.requests[(op, outcome)] += 1

    def send_all(self):
        self.send_questions()
        self.send_tiles()
        self.send_replays()
        self.send_other()

    def send_questions(self):
        for k in range(1, 8):
            self.question("nearest", 200, f"/api/nearest?at=-73.98,40.75&k={k}", nearest="answered")
        for _ in range(2):
            self.question("nearest", 400, "/api/nearest?at=-73.98,40.75&k=0", nearest="bad_request")
        for _ in range(3):
            self.question("range", 200, "/api/range?limit=5", range="answered")
        self.question("aggregate", 200, "/api/aggregate?by=hour&measure=trips", aggregate="answered")
        self.question("requests", 200, "/api/requests", json.dumps(NEAREST).encode(), nearest="answered")
        self.question("requests", 400, "/api/requests", b"{nonsense", unknown="bad_json")
        lines = [NEAREST, RANGE, AGGREGATE, AGGREGATE, dict(NEAREST, k=0)]
        self.question("requests", 200, "/api/requests", "\n".join(map(json.dumps, lines)).encode())
        self.requests.update([("nearest", "answered"), ("range", "answered"), ("aggregate", "answered"),
                              ("aggregate", "answered"), ("nearest", "bad_request")])
        self.ask("nearest", 400, "/api/nearest?at=1,2&format=xml")  # refused before it is a question
        self.ask("nearest", 405, "/api/nearest", b"{}")
        self.ask("info", 200, "/api/info")

    def send_tiles(self):
        got, picture = self.ask("tiles", 200, "/tiles/11/602/770.png")
        _, blank = self.ask("tiles", 200, "/tiles/11/0/0.png")
        self.ask("tiles", 304, "/tiles/11/602/770.png", headers=[f"If-None-Match: {got['etag']}"])
        self.ask("tiles", 404, "/tiles/25/0/0.png")
        self.ask("tiles", 400, "/tiles/11/602/770.png?size=3")
        self.tiles.update([("drawn",), ("blank",), ("not_modified",)])
        self.tile_bytes += len(picture) + len(blank)

    def send_replays(self):
        _, text = self.ask("events", 200, f"/events?{PART}&speed=3000")
        windows = re.findall(rb"^event: window\ndata: (.*)$", text, re.MULTILINE)
        self.events[("window",)] += 10
        self.events[("end",)] += 1
        if len(windows) != 10 or b"event: end" not in text:
            raise AssertionError(f"not ten windows and an end: {text!r}")
        self.stream_trips += sum(json.loads(window)["trips"] for window in windows)
        self.ask("events", 400, "/events?speed=0")

    def send_other(self):
        got, _ = self.ask("page", 200, "/")
        self.ask("page", 304, "/", headers=[f"If-None-Match: {got['etag']}"])
        self.ask("health", 200, "/healthz")
        self.ask("other", 404, "/nowhere")
        self.ask("other", 404, "/api/nothing")
        self.send_text("range", 401 if self.wire.token else 403, b"GET /api/range HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
        for wanted, text in ((400, b"nonsense\r\n\r\n"), (431, b"GET / HTTP/1.1\r\nx: " + b"y" * 20_000 + b"\r\n\r\n")):
            self.send_text("other", wanted, text)
            self.unread_bytes += len(text)

    def send_text(self, handler, wanted, text):
        """What is refused at the door."""
        self.took(handler, wanted, self.wire.take(self.wire.send(text))[0], text[:30])
        self.refused += 1
