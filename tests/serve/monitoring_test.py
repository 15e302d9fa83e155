"""The files of mpi-operator/monitoring by themselves: rules that promtool takes and whose tests pass, a test for each
alert, and a dashboard that a person can read."""
import itertools
import os
import shutil
import subprocess
import unittest

import monitoring
import yaml


@unittest.skipUnless(shutil.which("promtool"), "SKIPPED: no promtool here (Debian: prometheus)")
class Rules(unittest.TestCase):
    def check(self, *words):
        done = subprocess.run(["promtool", *words], cwd=monitoring.FOLDER, capture_output=True, text=True, timeout=60,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_promtool_takes_them(self):
        self.check("check", "rules", "alerts.yaml")

    def test_their_tests_pass(self):
        self.check("test", "rules", "alerts_test.yaml")


class Alerts(unittest.TestCase):
    def test_each_is_tested_quiet_and_firing(self):
        with open(os.path.join(monitoring.FOLDER, "alerts_test.yaml"), encoding="utf-8") as file:
            tests = {test["name"]: test for test in yaml.safe_load(file)["tests"]}
        self.assertEqual(set(tests), {rule["alert"] for rule in monitoring.load_alerts()})
        for name, test in tests.items():
            with self.subTest(name):
                looks = test["promql_expr_test"]
                self.assertEqual({look["expr"] for look in looks},
                                 {f'ALERTS{{alertname="{name}", alertstate="firing"}}'})
                self.assertEqual({bool(look.get("exp_samples")) for look in looks}, {True, False})

    def test_each_says_what_to_do(self):
        for rule in monitoring.load_alerts():
            with self.subTest(rule["alert"]):
                self.assertIn(rule["labels"]["severity"], ("critical", "warning", "info"))
                self.assertEqual(set(rule["annotations"]), {"summary", "description"})
                self.assertRegex(rule["annotations"]["summary"], r"\{\{ \$labels\.")
                self.assertGreater(len(rule["annotations"]["description"]), 100)


class Dashboard(unittest.TestCase):
    def setUp(self):
        self.dashboard = monitoring.load_dashboard()
        self.panels = self.dashboard["panels"]

    def test_panels_have_what_explains_them(self):
        for panel in self.panels:
            if panel["type"] == "row":
                continue
            with self.subTest(panel["title"]):
                self.assertGreater(len(panel["description"]), 20)
                self.assertTrue(panel["fieldConfig"]["defaults"].get("unit") or panel["options"]["yAxis"]["unit"])
                self.assertEqual(panel["datasource"], {"type": "prometheus", "uid": "${datasource}"})
                letters = [target["refId"] for target in panel["targets"]]
                self.assertEqual(len(set(letters)), len(letters))
                for target in panel["targets"]:
                    self.assertTrue(target["legendFormat"])
                    self.assertEqual(target["datasource"], panel["datasource"])

    def test_panels_have_a_place_of_their_own(self):
        self.assertEqual(len({panel["id"] for panel in self.panels}), len(self.panels))
        for panel in self.panels:
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
        for one, other in itertools.combinations(self.panels, 2):
            a, b = one["gridPos"], other["gridPos"]
            apart = (a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"] or a["y"] + a["h"] <= b["y"]
                     or b["y"] + b["h"] <= a["y"])
            self.assertTrue(apart, f"{one['title']} and {other['title']} overlap")

    def test_rows(self):
        self.assertEqual([panel["title"] for panel in self.panels if panel["type"] == "row"],
                         ["At a glance", "Traffic", "Latency", "Errors", "Map tiles", "Replays", "Ranks", "Memory",
                          "Ingests and replays of the command line"])

    def test_the_source_is_chosen(self):
        names = [variable["name"] for variable in self.dashboard["templating"]["list"]]
        self.assertEqual(names, ["datasource", "job", "instance"])
        self.assertGreaterEqual(self.dashboard["schemaVersion"], 39)


if __name__ == "__main__":
    unittest.main(verbosity=2)
