"""The MPIJob of the overlay `serve`, from its start to the deletion of its pod: the token is asked for, the probes say what is
so, both ranks answer, and what was taken is answered."""
import copy
import http.client
import json
import time

from prepared import Prepared

TOKEN = "0123456789abcdef-of-a-secret"
PATIENCE_S = 40


class ServiceJob(Prepared):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.put_trips()
        cls.plain("ingest", f"{cls.volume}/in", "--store", f"{cls.volume}/trips.h5")

    def probe(self, pod, word):
        return self.engine.podman("exec", pod, "tessera-probe", word).returncode == 0

    def ask(self, operator, path, token=TOKEN):
        there = http.client.HTTPConnection(self.engine.hosts[operator.workers[0]][0], 8080, timeout=PATIENCE_S)
        there.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        reply = there.getresponse()
        text = reply.read().decode()
        there.close()
        return reply.status, text

    def look(self, operator):
        """As the Service's users, the kubelet and Prometheus would; then the pod is deleted."""
        end = time.monotonic() + PATIENCE_S
        while not self.probe(operator.workers[0], "serving") and time.monotonic() < end:
            time.sleep(0.2)
        self.seen = {
            "probes": [self.probe(pod, word) for pod in operator.workers for word in ("ready", "live", "serving")],
            "without": self.ask(operator, "/metrics", "another-token-of-16")[0],
            "nearest": self.ask(operator, "/api/nearest?at=-73.98,40.75&k=5"),
            "metrics": self.ask(operator, "/metrics"),
        }
        self.engine.podman("kill", "--signal", "TERM", operator.launcher)

    def test_from_start_to_end(self):
        from standin import Faults, Operator
        objects = copy.deepcopy(self.rendered("serve"))
        objects.append({"kind": "Secret", "metadata": {"name": "tessera-token"}, "data": {"token": TOKEN}})
        done = Operator(self.engine, objects, Faults(in_the_middle=self.look)).run()
        self.assertEqual(done.code, 0, done.log)
        self.assertRegex(done.log, "all requests that were taken are answered")
        self.assertEqual(self.seen["probes"], [True, True, True, True, True, False])  # of both workers, the first one serves
        self.assertEqual(self.seen["without"], 401)
        status, answer = self.seen["nearest"]
        asked = self.plain("nearest", f"{self.volume}/trips.h5", "--at", "-73.98,40.75", "--k", 5, "--format", "csv").splitlines()
        self.assertEqual(status, 200, answer)
        self.assertEqual([f"{ride['metres']:.3f}" for ride in json.loads(answer)["rides"]],
                         [f"{float(line.split(',')[1]):.3f}" for line in asked[1:]])
        self.assertEqual(self.seen["metrics"][0], 200)
        for line in ('tessera_ready{run="serve"} 1', 'tessera_http_replies_total{handler="metrics",code="401",run="serve"} 1',
                     'tessera_rank_trips{rank="1",'):
            self.assertIn(line, self.seen["metrics"][1])
