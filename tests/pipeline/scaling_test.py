"""slurm/scaling.sh, small: every run is in the CSV, and the page says what one computes from the CSV by hand."""
import csv
import os
import re
import shutil
import signal
import statistics
import subprocess
import time

from program import SLOWDOWN, PipelineTest, run_tests

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "slurm", "scaling.sh")
SMALL = ["--rounds", "3", "--trips", "20000", "--trips-a-rank", "10000", "--grid", "1x1,1x2,2x1,3x1", "--most-ranks", "2"]


class Scaling(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls.scale("--launcher", "mpirun", *SMALL)
        if cls.done.returncode != 0:
            raise AssertionError(cls.done.stderr)
        with open(os.path.join(cls.folder, "scaling.csv"), newline="") as file:
            cls.rows = list(csv.DictReader(file))
        with open(os.path.join(cls.folder, "scaling.html")) as file:
            cls.page = file.read()

    @classmethod
    def scale(cls, *words, **how):
        return subprocess.run(["bash", SCRIPT, "--tessera", cls.binary, "--outputs", cls.folder, *words],
                              capture_output=True, text=True, timeout=300 * SLOWDOWN, env=cls.program.environment, **how)

    def of(self, experiment, command, ranks, threads, phase):
        return [row for row in self.rows if (row["experiment"], row["command"], row["ranks"], row["threads"], row["phase"]) ==
                (experiment, command, str(ranks), str(threads), phase)]

    def median_wall(self, experiment, command, ranks, threads):
        walls = self.of(experiment, command, ranks, threads, "wall")
        self.assertEqual(sorted(row["round"] for row in walls), ["0", "1", "2"])
        return statistics.median(float(row["seconds_max"]) for row in walls)

    def test_every_shape_is_there_and_the_page_has_its_speed_up(self):
        for command in ("ingest", "aggregate", "answer"):
            one = self.median_wall("strong", command, 1, 1)
            for ranks, threads in ((1, 1), (1, 2), (2, 1), (3, 1)):
                with self.subTest(command=command, ranks=ranks, threads=threads):
                    median = self.median_wall("strong", command, ranks, threads)
                    line = (f"<td>mpirun</td><td>{ranks}x{threads}</td><td>{median:.3f} [^<]*</td>"
                            f"<td>{one / median:.2f}</td><td>{100 * one / median / ranks / threads:.0f} %</td>")
                    self.assertRegex(self.page, line)
        one, two = (self.median_wall("weak", "ingest", ranks, 1) for ranks in (1, 2))
        self.assertRegex(self.page, f"<td>2x1</td><td>{two:.3f} [^<]*</td><td>{2 * one / two:.2f}</td>")

    def test_phases_are_within_the_whole(self):
        for row in self.rows:
            self.assertLessEqual(float(row["seconds_min"]), float(row["seconds_mean"]) + 2e-6)
            self.assertLessEqual(float(row["seconds_mean"]), float(row["seconds_max"]) + 2e-6)
        for wall in (row for row in self.rows if row["phase"] == "wall"):
            of_run = {row["phase"]: float(row["seconds_mean"]) for row in self.rows
                      if all(row[name] == wall[name] for name in ("experiment", "command", "ranks", "threads", "round"))}
            stages = [phase for phase in of_run if "/" not in phase and ":" not in phase and phase not in
                      ("wall", "launch", "start_mpi", "all", "predicted")]
            self.assertAlmostEqual(sum(of_run[stage] for stage in stages), of_run["all"], delta=1e-5 * len(stages))
            self.assertLessEqual(of_run["all"] + of_run["start_mpi"], of_run["wall"])
            for stage in stages:
                inside = sum(seconds for phase, seconds in of_run.items() if phase.startswith(stage + "/"))
                self.assertLessEqual(inside, of_run[stage] + 1e-5)

    def test_predictions_stand_beside_what_was_measured(self):
        section = self.page[self.page.index("Predicted and measured"):]
        for ranks, threads in ((1, 1), (1, 2), (2, 1), (3, 1)):
            measured = statistics.median(float(row["seconds_max"])
                                         for row in self.of("strong", "ingest", ranks, threads, "all"))
            predicted = float(self.of("strong", "ingest", ranks, threads, "predicted")[0]["seconds_max"])
            self.assertGreater(predicted, 0)
            self.assertRegex(section, f"<td>{ranks}x{threads}</td><td>{measured:.3f} [^<]*</td><td>{predicted:.3f}</td>"
                             rf"<td>{100 * (predicted / measured - 1):+.0f} %".replace("+", "[+]"))

    def test_plots_are_there_where_gnuplot_is(self):
        pictures = [name for name in os.listdir(self.folder) if name.startswith("scaling-") and name.endswith(".png")]
        if shutil.which("gnuplot"):
            self.assertEqual(len(pictures), 8)
            self.assertEqual(self.page.count("<svg"), 8)
        else:
            self.assertIn("gnuplot is missing", self.page)
        self.assertNotRegex(self.page, r"(src|href)=.https?:")  # it needs no network

    def test_files_of_several_places_make_one_report(self):
        other = os.path.join(self.folder, "other.csv")
        with open(os.path.join(self.folder, "scaling.csv")) as file:
            text = file.read()
        with open(other, "w") as file:
            file.write(text.replace("mpirun,", "mpijob,"))
        done = self.scale("--report", os.path.join(self.folder, "scaling.csv"), other, "--name", "both")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(self.folder, "both.html")) as file:
            page = file.read()
        self.assertNotIn("<td>processor</td>", page, "of other places it cannot tell the machine")
        self.assertRegex(self.page, r"<td>measured</td><td>20\d\d-\d\d-\d\d \d\d:\d\d UTC</td>")
        self.assertRegex(self.page, r"<td>program</td><td>tessera \d+\.\d+\.\d+ \(Open MPI")
        section = page[page.index("Launcher against launcher"):]
        ratios = re.findall(r"<td>1\.00</td></tr>", section[:section.index("</table>")])
        self.assertEqual(len(ratios), 3 * 4 + 2)

    def test_what_fails_leaves_the_old_results(self):
        before = os.stat(os.path.join(self.folder, "scaling.csv")).st_mtime_ns
        done = self.scale("--launcher", "mpirun", "--launcher-options=--no-such-option", *SMALL)
        self.assertEqual(done.returncode, 1)
        self.assertIn("scaling: exit code", done.stderr)
        done = self.scale("--launcher", "rsh", *SMALL)
        self.assertIn("must be mpirun or srun", done.stderr)
        done = self.scale("--tessera", "/no/such/program")
        self.assertIn("there is no program at /no/such/program", done.stderr)
        for words in (("--grid", "2"), ("--grid", "0x1"), ("--rounds", "0"), ("--trips", "1e6"), ("--name", "a/b"),
                      ("--launcher", "mpirun,"), ("--label", "x", "--launcher", "mpirun,srun")):
            with self.subTest(words=words):
                done = self.scale(*words)
                self.assertEqual(done.returncode, 2)
                self.assertIn(f"argument {words[0]}: ", done.stderr)
        self.assertEqual(os.stat(os.path.join(self.folder, "scaling.csv")).st_mtime_ns, before)
        done = self.scale("--report", SCRIPT)
        self.assertEqual((done.returncode, done.stderr), (1, f"scaling: {SCRIPT}: is not what slurm/scaling.sh writes\n"))

    def test_a_grid_without_one_rank_has_no_prediction(self):
        done = self.scale("--rounds", "1", "--trips", "2000", "--trips-a-rank", "1000", "--grid", "2x1", "--most-ranks", "1",
                          "--name", "two")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(self.folder, "two.html")) as file:
            self.assertNotIn("Predicted and measured", file.read())

    def test_ended_it_leaves_nothing(self):
        with subprocess.Popen(["bash", SCRIPT, "--tessera", self.binary, "--outputs", self.folder, "--name", "ended",
                               "--rounds", "1000"], stderr=subprocess.PIPE, text=True, env=self.program.environment) as run:
            while not (made := [name for name in os.listdir(self.folder) if name.startswith("scaling-") and "." not in name]):
                time.sleep(0.05)
            run.send_signal(signal.SIGTERM)
            self.assertEqual(run.wait(60), 143)
        self.assertFalse(os.path.exists(os.path.join(self.folder, made[0])))
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("ended")], [])


if __name__ == "__main__":
    run_tests()
