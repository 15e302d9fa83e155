"""What every refusal has in common: one clear message from rank 0, exit code 1 or 2, within seconds, nothing left."""
import os

from program import PipelineTest

HEADER = b'"Date/Time","Lat","Lon","Base"\n'
ROW = b'"4/1/2014 0:11:00",40.769,-73.9549,"B02512"\n'
SECONDS = 10
TRACES = ("Segmentation", "Signal:", "what():", "terminate called", "MPI_ABORT", "HDF5-DIAG", "core dumped")


class Refusals(PipelineTest):
    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)
        return name

    def check_refusal(self, arguments, code, *parts, ranks=None):
        """The run fails as it should; its one message has all the parts. Returns it."""
        done = self.program.run(*arguments, ranks=ranks, patience=SECONDS)
        self.assertFalse(done.hung, f"hangs:\n{done}")
        self.assertEqual(done.code, code, done)
        self.assertEqual(len(done.messages), 1, f"one message, from rank 0:\n{done}")
        if ranks is None:  # mpirun adds lines of its own
            self.assertEqual(len(done.err.splitlines()), 1, f"one line:\n{done}")
        for part in parts:
            self.assertIn(part, done.messages[0])
        for trace in TRACES:
            self.assertNotIn(trace, done.err)
        self.assertFalse([name for name in os.listdir(self.folder) if "partial" in name], "a partial file is left")
        self.assertFalse(os.path.exists(self.path("new.h5")), "a store is left")
        return done.messages[0]

    def check_everywhere(self, arguments, code, *parts):
        """At one rank without mpirun and at three: the same refusal."""
        messages = {self.check_refusal(arguments, code, *parts, ranks=ranks) for ranks in (None, 3)}
        self.assertEqual(len(messages), 1, messages)

    def refuse_ingest(self, file, *parts):
        with self.subTest(file):
            self.check_everywhere(["ingest", file, "--store", "new.h5"], 1, file, *parts)
