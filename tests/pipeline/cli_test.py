"""What holds of all commands: --help with an example that works, --version, --threads, --progress, --expect-ranks."""
import os
import re
import shlex

from program import run_tests
from refusals import HEADER, ROW, Refusals

COMMANDS = ("ingest", "info", "aggregate", "range", "nearest", "heatmap", "tiles", "replay", "generate")


class RightCommands(Refusals):
    def test_help_has_an_example_that_works(self):
        """The example of each help, run as it stands on files of the names it uses."""
        self.program.must("generate", "trips", "--format", "uber", "--trips", 400, "--output",
                          "uber-raw-data-apr14.csv")
        self.program.run("ingest", "uber-raw-data-apr14.csv", "--store", "kept.h5")
        self.program.must("generate", "trips", "--trips", 400, "--output", "yellow.csv")
        os.makedirs(self.path("yellow"))
        self.program.must("generate", "trips", "--trips", 400, "--output", "yellow/april.csv")
        overview = self.program.must("--help").out
        for command in COMMANDS:
            with self.subTest(command):
                self.assertRegex(overview, rf"(?m)^ +{command} ")
                help_text = self.program.must(command, "--help").out
                self.assertEqual(help_text, self.program.must(command, "--help", ranks=2).out, "rank 0 alone helps")
                example = help_text.split("Example:\n")[1].strip()
                launch, _, words = example.rpartition("tessera ")
                ranks = int(launch.split()[2]) if launch else None
                self.program.must(*shlex.split(words), ranks=ranks)
                for option in ("--threads", "--progress", "--expect-ranks", "--help"):
                    self.assertIn(option, help_text)

    def test_version(self):
        for ranks in (None, 2):
            self.assertRegex(self.program.must("--version", ranks=ranks).out, r"\Atessera \d+\.\d+\.\d+ [^\n]*\n\Z")

    def test_expect_ranks(self):
        self.write("e.csv", HEADER + ROW)
        for ranks, expected, code in [(None, 1, 0), (None, 2, 3), (2, 2, 0), (3, 2, 3)]:
            done = self.program.run("ingest", "e.csv", "--store", "e.h5", "--overwrite", "--expect-ranks", expected,
                                    ranks=ranks)
            self.assertEqual(done.code, code, done)
            if code == 3:
                self.assertEqual(len(done.messages), 1, done)
                self.assertIn(str(ranks or 1), done.messages[0])
        self.check_refusal(["ingest", "absent.csv", "--store", "new.h5", "--expect-ranks", "5"], 3, "5")

    def test_results_and_notes_keep_apart(self):
        """Nothing but the answer on standard output; with --progress never and no terminal, no escape codes."""
        self.write("p.csv", HEADER + ROW * 3)
        quiet = self.program.must("ingest", "p.csv", "--store", "p.h5", "--overwrite", threads=2)
        shown = self.program.must("ingest", "p.csv", "--store", "p.h5", "--overwrite", "--progress", "always")
        never = self.program.must("ingest", "p.csv", "--store", "p.h5", "--overwrite", "--progress", "never")
        self.assertEqual(quiet.out, shown.out)
        self.assertIn("\r", shown.err)
        for finished in (quiet, never):
            self.assertNotIn("\x1b", finished.err + finished.out)
        self.assertEqual(self.program.must("range", "p.h5", "--count").out, "3\n")
        self.assertEqual(self.program.must("range", "p.h5", "--count", "--output", "n.txt").out, "")
        with open(self.path("n.txt"), encoding="ascii") as file:
            self.assertEqual(file.read(), "3\n")

    def test_values_in_other_words(self):
        """--option=VALUE, --output - for standard output, times with and without seconds."""
        self.write("w.csv", HEADER + ROW * 3)
        self.program.must("ingest", "w.csv", "--store=w.h5", "--overwrite")
        answers = {self.program.must("range", "w.h5", *shlex.split(words)).out for words in (
            "--from 2014-04-01T00:11", "--from=2014-04-01T00:11:00 --output -", "--from 2014-04-01 --to 2014-04-02",
            "--box=-74,40,-73,41 --source uber", "--box -73.9549,40.769,-73.9549,40.769 --limit 3")}
        self.assertEqual(len(answers), 1)
        self.assertEqual(re.findall(r"w\.csv,(\d)", answers.pop()), ["2", "3", "4"])


if __name__ == "__main__":
    run_tests()
