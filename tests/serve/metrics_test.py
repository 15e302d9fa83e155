"""/metrics of `serve`: the numbers are those of what was sent, to the request and the byte, and a real Prometheus that
scrapes them can answer all that mpi-operator/monitoring asks."""
import collections
import http.server
import json
import math
import os
import shutil
import subprocess
import sys
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "pipeline"), os.path.join(HERE, "..", "browser")]

import exposition  # noqa: E402
import monitoring  # noqa: E402
from program import PipelineTest, run_tests  # noqa: E402
from serving import Server  # noqa: E402
from traffic import Traffic  # noqa: E402
from wire import Wire  # noqa: E402

TOKEN = "0123456789abcdef-for-tests"


class Serves(PipelineTest):
    ranks, token = None, None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("u.csv", "--format", "uber", "--trips", 20_000, "--seed", 6, "--dirty", 0.05)
        cls.program.must("ingest", "u.csv", "--store", "u.h5", "--metrics", "night.prom")
        cls.program.must("replay", "u.h5", "--speed", "1e9", "--metrics", "again.prom")
        options = []
        if cls.token:
            with open(os.open(os.path.join(cls.folder, "token"), os.O_WRONLY | os.O_CREAT, 0o600), "w",
                      encoding="utf-8") as file:
                file.write(cls.token + "\n")
            options = ["--token-file", "token"]
        cls.server = Server(cls.program, os.path.join(cls.folder, "u.h5"), *options, ranks=cls.ranks)
        cls.addClassCleanup(cls.server.kill)

    def scrape(self, wire=None):
        status, headers, body = (wire or Wire(self.server.port, self.token)).ask("/metrics")
        self.assertEqual((status, headers["content-type"]), (200, "text/plain; version=0.0.4; charset=utf-8"))
        return exposition.Exposition(body.decode())

    @unittest.skipUnless(shutil.which("promtool"), "SKIPPED: no promtool here (Debian: prometheus)")
    def test_promtool_has_nothing_to_say(self):
        _, _, body = Wire(self.server.port, self.token).ask("/metrics")
        done = subprocess.run(["promtool", "check", "metrics"], input=body, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, b""))


class Alone(Serves):
    """Nobody else asks, so that every byte is known."""

    def test_bytes(self):
        wire = Wire(self.server.port, self.token)
        before = self.scrape(wire)
        wire_before = wire.sent  # the reply of a scrape is not in it yet
        traffic = Traffic(wire)
        traffic.send_all()
        wire_after = wire.received
        after = self.scrape(wire)

        def grown(name):
            return after.value(name) - before.value(name)
        # Of what is no request nobody reads more than it takes to see that.
        self.assertEqual(grown("tessera_http_received_bytes_total"), wire.sent - wire_before - traffic.unread_bytes)
        self.assertEqual(grown("tessera_http_sent_bytes_total"), wire_after)

    def test_all_series_are_there_from_the_start(self):
        names = {labels["handler"] for labels, _ in self.scrape().all("tessera_http_replies_total")}
        self.assertEqual(names, {"requests", "nearest", "range", "aggregate", "info", "tiles", "events", "metrics", "page",
                                 "health", "other"})
        for name in ("tessera_http_unread_replies_total", "tessera_http_evicted_connections_total",
                     "tessera_http_timed_out_connections_total"):
            self.assertEqual(self.scrape().value(name), 0)

    def test_a_scrape_does_not_wait(self):
        """For answers that take long: they are still under way when it tells of them."""
        wire = Wire(self.server.port, self.token)
        line = {"op": "aggregate", "by": ["pickup_tile:16", "hour"], "measure": ["trips"]}
        long = wire.send(wire.request("/api/requests", "\n".join([json.dumps(line)] * 200).encode()))
        while self.scrape().value("tessera_http_requests_in_flight") < 2:  # the scrape itself is one
            long.setblocking(False)
            with self.assertRaises(BlockingIOError, msg="the answer came before any scrape"):
                long.recv(1)
        long.setblocking(True)
        self.assertEqual(wire.take(long)[0], 200)


@unittest.skipUnless(shutil.which("prometheus"), "SKIPPED: no prometheus here (Debian: prometheus)")
class Scraped(Serves):
    JOBS = ("tessera", "night", "again")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        try:
            from prometheus import Prometheus
        except ImportError as missing:
            raise unittest.SkipTest(f"SKIPPED: {missing} (Debian: python3-yaml)") from missing
        files = cls.serve_files()
        jobs = {"tessera": {"targets": [f"127.0.0.1:{cls.server.port}"]}}
        jobs |= {name: {"targets": [files], "metrics_path": f"/{name}.prom"} for name in ("night", "again")}
        if cls.token:
            jobs["tessera"]["authorization"] = {"credentials": cls.token}
        cls.before = cls.scrape(cls())
        cls.prometheus = Prometheus(cls.folder, jobs, [monitoring.ALERTS])
        cls.addClassCleanup(cls.prometheus.end)
        cls.prometheus.wait_for_scrapes(cls.JOBS)  # so that what is sent is an increase
        cls.traffic = Traffic(Wire(cls.server.port, cls.token))
        cls.traffic.send_all()
        # Ranks tell how they are doing a moment later.
        cls.prometheus.wait_for("every rank has worked", lambda: cls.prometheus.query(
            "min(tessera_rank_busy_seconds_total) > 0"))
        cls.prometheus.wait_for_scrapes(cls.JOBS)

    @classmethod
    def serve_files(cls):
        """A node exporter for the files of --metrics."""
        folder = cls.folder

        class Files(http.server.SimpleHTTPRequestHandler):
            extensions_map = {".prom": "text/plain"}

            def __init__(self, *arguments):
                super().__init__(*arguments, directory=folder)

            def log_message(self, *_):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        return f"127.0.0.1:{server.server_port}"

    def grown(self, name, *labels):
        """How far a metric has grown in Prometheus since before the traffic, by some of its labels; none that has not."""
        by_labels = collections.Counter()
        for has, value in self.prometheus.query(f'{name}{{job="tessera"}}'):
            by_labels[tuple(has[label] for label in labels)] += value
        for has, value in self.before.all(name):
            by_labels[tuple(has[label] for label in labels)] -= value
        return {key: value for key, value in by_labels.items() if value}

    def test_numbers_are_those_of_what_was_sent(self):
        sent = self.traffic
        replies = self.grown("tessera_http_replies_total", "handler", "code")
        self.assertGreater(replies.pop(("metrics", "200")), 0)
        self.assertEqual(replies, dict(sent.replies))
        durations = self.grown("tessera_http_reply_duration_seconds_count", "handler")
        del durations[("metrics",)]
        by_handler = collections.Counter()
        for (handler, _), count in sent.replies.items():
            by_handler[(handler,)] += count
        self.assertEqual(durations, dict(by_handler))
        self.assertEqual(self.grown("tessera_requests_total", "op", "outcome"), dict(sent.requests))
        self.assertEqual(self.grown("tessera_answer_bytes_total"), {(): sent.answer_bytes})
        self.assertEqual(self.grown("tessera_map_tiles_total", "outcome"), dict(sent.tiles))
        self.assertEqual(self.grown("tessera_map_tile_bytes_total"), {(): sent.tile_bytes})
        self.assertEqual(self.grown("tessera_map_tile_draw_duration_seconds_count"), {(): sent.tiles[("drawn",)]})
        self.assertEqual(self.grown("tessera_stream_events_total", "event"), dict(sent.events))
        self.assertEqual(self.grown("tessera_stream_trips_total"), {(): sent.stream_trips})
        self.assertEqual(self.grown("tessera_http_refused_requests_total"), {(): sent.refused})
        self.assertEqual(self.grown("tessera_http_unread_replies_total"), {})

    def test_ranks_are_those_that_run(self):
        trips = {labels["rank"]: value for labels, value in self.prometheus.query('tessera_rank_trips{job="tessera"}')}
        self.assertEqual(set(trips), {str(rank) for rank in range(self.ranks or 1)})
        with open(self.path("night.prom"), encoding="utf-8") as file:
            kept = exposition.Exposition(file.read()).value("tessera_trips_total", source="uber")
        self.assertEqual(sum(trips.values()), kept)
        shares = self.prometheus.query("tessera_rank_resident_memory_bytes / tessera_rank_memory_limit_bytes")
        self.assertEqual(len(shares), self.ranks or 1)
        for _, share in shares:
            self.assertTrue(0 < share < 1, share)
        self.assertEqual(self.prometheus.query("tessera_ready")[0][1], 1)

    def test_every_query_of_the_dashboard(self):
        dashboard, asked = monitoring.load_dashboard(), 0
        for panel in dashboard["panels"]:
            for target in panel.get("targets", []):
                with self.subTest(panel["title"], query=target["expr"]):
                    found = self.prometheus.query(monitoring.as_grafana_asks(target["expr"], ".*", ".*"))
                    self.assertTrue([value for _, value in found if math.isfinite(value)], found)
                    asked += 1
        self.assertGreater(asked, 50)
        for annotation in dashboard["annotations"]["list"]:
            self.prometheus.query(monitoring.as_grafana_asks(annotation["expr"], ".*", ".*"))  # no start, no data
        for variable in dashboard["templating"]["list"][1:]:
            selector = variable["definition"].removeprefix("label_values(").rpartition(",")[0]
            self.assertTrue(self.prometheus.query(monitoring.as_grafana_asks(selector, ".*", ".*")), selector)

    def test_every_alert_has_data_to_look_at(self):
        for rule in monitoring.load_alerts():
            with self.subTest(rule["alert"]):
                for name in monitoring.metrics_in(rule["expr"]):
                    self.assertTrue(self.prometheus.query(name), name)
                found = self.prometheus.query(monitoring.without_thresholds(rule["expr"]))
                if rule["alert"] != "TesseraGone":  # which has data when nothing has
                    self.assertTrue(found)
        rules = [rule for group in self.prometheus.ask("/api/v1/rules")["groups"] for rule in group["rules"]]
        self.assertEqual({(rule["name"], rule["health"], rule.get("lastError", "")) for rule in rules},
                         {(rule["alert"], "ok", "") for rule in monitoring.load_alerts()})


class OneRank(Scraped):
    """Without a token, as on one's own machine."""


class TwoRanks(Scraped):
    ranks, token = 2, TOKEN


del Serves, Scraped

if __name__ == "__main__":
    run_tests()
