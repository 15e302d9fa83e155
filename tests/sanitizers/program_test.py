"""The whole program for the sanitizers to watch: every command that works in parallel, in threads, and `serve` while several
clients ask it at once, with its web thread beside its main thread and OpenMP's team. What a sanitizer finds is an exit
code that is not zero, and a report on standard error."""
import os
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "pipeline"), os.path.join(HERE, "..", "serve")]

from asking import AnswerTest, lines_of, without_micros  # noqa: E402
from program import run_tests  # noqa: E402
from service import Service  # noqa: E402

THREADS = 4
CLIENTS = 4
COMMANDS = [
    ("info", "t.h5"),
    ("aggregate", "t.h5", "--by", "hour", "--measure", "trips,p90:fare"),
    ("range", "t.h5", "--box", "-74.02,40.7,-73.9,40.8", "--limit", "20"),
    ("nearest", "t.h5", "--at", "-73.98,40.75", "--k", "20"),
    ("heatmap", "t.h5", "--output", "map.png"),
    ("tiles", "t.h5", "--output", "map", "--zoom", "8-12", "--overwrite"),
]
TARGETS = ["/metrics", "/tiles/10/301/384.png", "/tiles/11/602/769.png?on=dropoff", "/api/info", "/healthz"]


class Sanitized(AnswerTest):
    def check(self, code, said):
        self.assertNotIn("Sanitizer", said, said)
        self.assertEqual(code, 0, said)

    def test_commands(self):
        for command in COMMANDS:
            with self.subTest(command):
                finished = self.program.run(*command, threads=THREADS)
                self.check(finished.code, str(finished))

    def test_ingest_of_a_folder_of_files(self):
        ingest = ("ingest", *self.inputs, "--store", "again.h5", "--tile-trips", self.tile_trips)
        for ranks in (None, 2):
            with self.subTest(ranks=ranks):
                finished = self.program.run(*ingest, "--overwrite", threads=THREADS, ranks=ranks)
                self.check(finished.code, str(finished))

    def test_serve(self):
        requests = [{name: value for name, value in request.items() if name != "id"}
                    for request in self.make_requests(40, 7)]
        wanted = b"".join(self.answers(lines_of(requests)))
        with Service(self.program, "t.h5", threads=THREADS) as service:
            failures = []

            def ask(number):
                try:
                    if without_micros(service.post(lines_of(requests)).body) != wanted:
                        failures.append(f"client {number}: other answers")
                    for target in TARGETS:
                        reply = service.get(target)
                        if reply.status not in (200, 204):
                            failures.append(f"{target}: {reply}")
                except OSError as error:
                    failures.append(f"client {number}: {error!r}")

            clients = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            service.stop()
            self.check(service.wait(), service.said())
            self.assertEqual(failures, [])


if __name__ == "__main__":
    run_tests()
