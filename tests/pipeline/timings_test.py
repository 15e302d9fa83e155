"""--timings: what the ranks send each other is told, and grows as it should: messages of an ingest with the ranks and
the rounds of reading, messages of a batch of requests with the ranks it touches, neither with the trips."""
from program import PipelineTest, run_tests
from timings import read_timings

SIZES = (2_000, 20_000, 200_000)
RANKS = (1, 2, 3, 4)
BYTES_A_TRIP = 55  # all columns; on its way it may be a little longer
REQUESTS, BATCH = 120, 30


class Timings(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ingests = {}
        for trips in SIZES:
            cls.program.generate(f"{trips}.csv", "--format", "yellow", "--trips", trips, "--seed", 5)
            for ranks in RANKS:
                done = cls.program.must("ingest", f"{trips}.csv", "--store", f"{trips}.h5", "--overwrite", "--timings",
                                        ranks=ranks)
                cls.ingests[trips, ranks] = read_timings(done.err)
        cls.program.must("generate", "requests", "--count", REQUESTS, "--seed", 3, "--output", "asked.jsonl")

    def test_stages_and_sums(self):
        for (trips, ranks), stages in self.ingests.items():
            self.assertEqual(list(stages), ["read", "tile", "write", "all"])
            for column in ("messages", "bytes"):
                of_stages = sum(stage["all"][column] for name, stage in stages.items() if name != "all")
                self.assertEqual(stages["all"]["all"][column], of_stages)
                for stage in stages.values():
                    kinds = sum(sent[column] for kind, sent in stage.items() if kind not in ("seconds", "all"))
                    self.assertEqual(stage["all"][column], kinds)
                    self.assertLessEqual(stage["all"]["most_" + column], stage["all"][column])
                    self.assertGreaterEqual(stage["all"]["most_" + column] * ranks, stage["all"][column])
            if ranks == 1:
                self.assertEqual(stages["all"]["all"]["messages"], 0)

    def test_messages_of_an_ingest_do_not_grow_with_the_trips(self):
        """The plan of tiles takes an addition for each three levels of the tree, of which there are 24 at most; all else
        is the same for 2,000 trips and for 200,000, which are read, exchanged and written in one round."""
        for ranks in RANKS[1:]:
            least = self.ingests[SIZES[0], ranks]
            for trips in SIZES[1:]:
                with self.subTest(trips=trips, ranks=ranks):
                    stages = self.ingests[trips, ranks]
                    for stage in ("read", "write"):
                        self.assertEqual(self.messages(stages[stage]), self.messages(least[stage]))
                    found, fewest = self.messages(stages["tile"]), self.messages(least["tile"])
                    steps = (found.pop("allreduce") - fewest.pop("allreduce")) / (2 * (ranks - 1))
                    self.assertEqual(found, fewest)
                    self.assertIn(steps, range(0, 8))

    def test_trips_move_once(self):
        """Of a trip little more than its bytes, and of random trips those that are not yet where they belong."""
        for trips in SIZES:
            for ranks in RANKS[1:]:
                exchange = self.ingests[trips, ranks]["tile"]["exchange"]
                a_trip = exchange["bytes"] / (trips * (ranks - 1) / ranks)
                self.assertGreater(a_trip, 0.9 * BYTES_A_TRIP)
                self.assertLess(a_trip, 1.4 * BYTES_A_TRIP)
                self.assertEqual(exchange["messages"] % (ranks * (ranks - 1)), 0, "one from each to each other, or more")

    def test_messages_of_a_batch_do_not_grow_with_the_trips(self):
        """The questions go to each other rank, and come back from those that they touch."""
        for ranks in (2, 4):
            sent = []
            for trips in SIZES:
                answer = self.answer(trips, ranks, BATCH)
                self.assertEqual(answer["batches"], REQUESTS // BATCH)
                self.assertEqual(answer["broadcast_patiently"]["messages"], (ranks - 1) * (answer["batches"] + 1))
                self.assertLessEqual(answer["batch_messages"], 2 * (ranks - 1))
                self.assertGreater(answer["batch_messages"], ranks - 1)
                sent.append(answer["broadcast_patiently"]["bytes"])
            self.assertEqual(len(set(sent)), 1, "questions are as long for a large store as for a small one")

    def test_messages_grow_with_the_batches(self):
        asked = {batch: self.answer(SIZES[0], 3, batch) for batch in (1, 10, 60, 120)}
        for batch, answer in asked.items():
            self.assertEqual(answer["batches"], REQUESTS // batch)
            self.assertEqual(answer["broadcast_patiently"]["calls"], REQUESTS // batch + 1)
            self.assertLessEqual(answer["batch_messages"], 4)

    def test_single_commands(self):
        for words, stages in {
                "aggregate --by hour": ["read", "aggregate", "merge", "write", "all"],
                "range --limit 5": ["read", "search", "merge", "write", "all"],
                "nearest --at -73.98,40.75": ["read", "search", "merge", "write", "all"]}.items():
            command, *options = words.split()
            for ranks in (None, 2):
                told = self.program.must(command, f"{SIZES[1]}.h5", *options, "--timings", ranks=ranks)
                plain = self.program.must(command, f"{SIZES[1]}.h5", *options, ranks=ranks)
                self.assertEqual(list(read_timings(told.err)), stages)
                self.assertEqual(told.out, plain.out, "the answer is the same")
                self.assertEqual(read_timings(plain.err), {})

    @staticmethod
    def messages(stage):
        return {kind: sent["messages"] for kind, sent in stage.items() if kind not in ("seconds", "all")}

    def answer(self, trips, ranks, batch):
        done = self.program.must("answer", f"{trips}.h5", "--requests", "asked.jsonl", "--output", "answers.jsonl",
                                 "--batch", batch, "--timings", ranks=ranks)
        return read_timings(done.err)["answer"]


if __name__ == "__main__":
    run_tests()
