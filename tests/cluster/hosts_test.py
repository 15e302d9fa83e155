"""Several hosts, joined by ssh and TCP: the same bytes as on one; hosts that die, and hosts that do not share what they
should; doctor sees what is wrong with them."""
import filecmp
import json
import os
import shutil
import time
import unittest

import hosts
from launched import LaunchedTest, run_tests

ASK_THE_SILENT = {"OMPI_MCA_orte_heartbeat_rate": "2", "OMPI_MCA_oob_tcp_keepalive_time": "3",
                  "OMPI_MCA_oob_tcp_keepalive_intvl": "2", "OMPI_MCA_oob_tcp_keepalive_probes": "2"}


@unittest.skipIf(hosts.missing(), hosts.missing())
class SeveralHosts(LaunchedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hosts = hosts.Hosts(2)
        cls.hosts.__enter__()
        cls.addClassCleanup(cls.hosts.__exit__)

    def launch(self, places, *words, before=(), **how):
        """On as many ranks as the places say: "h0:1,h1:2"."""
        ranks = sum(int(place.split(":")[1]) for place in places.split(","))
        return self.hosts.run("head", ["mpirun", "--bind-to", "none", "-n", ranks, "--host", places, *before, self.binary,
                                       *words], cwd=self.folder, **how)

    def must(self, places, *words, **how):
        done = self.launch(places, *words, **how)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def test_the_same_bytes_as_on_one_host(self):
        for places in ("h0:1", "h0:1,h1:1", "h0:2,h1:1", "h0:2,h1:2"):
            with self.subTest(places=places):
                self.must(places, "ingest", "input.csv", "--store", "made.h5", "--overwrite")
                self.assertTrue(filecmp.cmp(self.path("made.h5"), self.path("plain.h5"), shallow=False))
                self.must(places, "answer", "made.h5", "--requests", "asked.jsonl", "--output", "made.jsonl")
                self.assertEqual(self.answers("made.jsonl"), self.answers("plain.jsonl"))

    def test_doctor_finds_hosts_and_what_they_share(self):
        shown = json.loads(self.must("h0:2,h1:1", "doctor", "--json", "--path", self.folder, "--expect-ranks", 3,
                                     "--expect-hosts", 2).stdout)
        self.assertEqual([host["host"] for host in shown["hosts"]], ["h0", "h1"])
        self.assertEqual([[rank["rank"] for rank in host["ranks"]] for host in shown["hosts"]], [[0, 1], [2]])
        self.assertEqual([card["address"] for host in shown["hosts"] for card in host["cards"]],
                         [self.hosts.address("h0"), self.hosts.address("h1")])
        self.assertTrue(all(rank["writes_together"] for rank in shown["path"]["ranks"]))
        # One machine has one clock.
        self.assertLess(abs(shown["hosts"][1]["clock_ahead_seconds"]), 0.05 + shown["hosts"][1]["clock_uncertain_seconds"])

    def test_doctor_says_when_a_place_is_not_shared(self):
        """/dev/shm is each host's own."""
        done = self.launch("h0:1,h1:1", "doctor", "--path", "/dev/shm")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/dev/shm: rank 1 on h1: what rank 0 writes there does not appear", done.stdout)
        self.assertIn("put it on a file system that all hosts share", done.stdout)

    def test_doctor_says_when_there_are_other_hosts_than_expected(self):
        done = self.launch("h0:2", "doctor", "--expect-hosts", 2)
        self.assertEqual(done.returncode, 3)
        self.assertIn("1 host where --expect-hosts says 2", done.stdout)

    def test_ranks_that_do_not_hear_each_other_are_told(self):
        """By a bridge of the same address on each host, as containers make it: whoever is sent there meets itself."""
        for name in ("h0", "h1"):
            for command in ("link add docker0 type bridge", "addr add 172.17.0.1/16 dev docker0", "link set docker0 up"):
                self.hosts.run(name, ["ip", *command.split()])
            self.addCleanup(self.hosts.run, name, ["ip", "link", "del", "docker0"])
        done = self.launch("h0:2,h1:2", "doctor", "--patience", 3, before=["--mca", "btl_tcp_if_include", "eth0,docker0"])
        self.assertEqual(done.returncode, 1, done.stdout)
        if "PROBLEM" in done.stdout:  # MPI has found a way; it need not
            self.assertIn("h0 and h1 both have the address 172.17.0.1 (docker0)", done.stdout)
        else:
            self.assertIn("rank 0 on h0 has waited 3 s for other ranks", done.stderr)
            self.assertRegex(done.stderr, r"here: .*docker0 172\.17\.0\.1")
        self.must("h0:2,h1:2", "doctor", before=["--mca", "btl_tcp_if_include", "eth0"])

    def test_an_input_that_one_host_lacks_is_told(self):
        self.hosts.run("h0", ["cp", self.path("input.csv"), "/dev/shm/only.csv"])
        done = self.launch("h0:1,h1:1", "ingest", "/dev/shm/only.csv", "--store", "never.h5")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/dev/shm/only.csv", done.stderr)
        self.assertRegex(done.stderr, "all hosts share|rank 1")
        self.assertFalse(os.path.exists(self.path("never.h5")))

    def test_a_store_on_a_place_that_is_not_shared_is_refused(self):
        done = self.launch("h0:1,h1:1", "ingest", "input.csv", "--store", "/dev/shm/own.h5")
        self.assertEqual(done.returncode, 1)
        self.assertIn("all hosts share", done.stderr)
        self.assertEqual(self.hosts.run("h0", ["ls", "/dev/shm/own.h5"]).returncode, 2)

    def test_zz_a_host_that_dies_ends_the_job(self):
        """Without a goodbye: its network goes first. Open MPI is told to ask those who are silent, as README says."""
        shutil.copy(self.path("plain.h5"), self.path("old.h5"))
        process = self.hosts.start_program("head", ["mpirun", "--bind-to", "none", "-n", 2, "--host", "h0:1,h1:1",
                                                    self.binary, "answer", "old.h5", "--requests", self.endless(),
                                                    "--output", "never.jsonl"], cwd=self.folder, **ASK_THE_SILENT)
        self.wait_for_ranks(2)
        begin = time.monotonic()
        self.hosts.silence("h1")
        self.hosts.kill("h1")
        _, err = process.communicate(timeout=240)
        self.assertNotEqual(process.returncode, 0)
        self.assertRegex(err, "lost communication|unable to reliably start|daemon|exited on signal", err)
        self.assertLess(time.monotonic() - begin, 200)
        self.assertFalse(os.path.exists(self.path("never.jsonl")))
        self.assertTrue(filecmp.cmp(self.path("old.h5"), self.path("plain.h5"), shallow=False))


if __name__ == "__main__":
    run_tests()
