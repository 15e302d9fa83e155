"""Damaged stores given to the real binary, at two and four ranks: the same answer, or one clear message and exit code 1.
The stores are those of `damage_stores`, of another seed; thousands more are asked there, in one process."""
import os
import subprocess
import sys
import unittest

from program import PipelineTest, run_tests

QUESTIONS = [("aggregate", "--by", "payment,hour", "--measure", "trips,sum:total"),
             ("range", "--box", "-74.02,40.70,-73.95,40.80", "--limit", "30"),
             ("nearest", "--at", "-73.98,40.75", "--k", "5", "--on", "dropoff"),
             ("info", "--json"),
             ("aggregate", "--by", "source", "--verify")]
CASES = {("plain", 2): 100, ("deflate", 2): 40, ("plain", 4): 40, ("deflate", 4): 20}  # a run takes half a second


class DamagedStores(PipelineTest):
    damage_stores = None

    def ask(self, name, question, ranks):
        return self.program.run(question[0], name, *question[1:], ranks=ranks, patience=60)

    def test_same_answer_or_a_clear_message(self):
        tally = {"harmless": 0, "refused": 0}
        for number, ((layout, ranks), cases) in enumerate(CASES.items()):
            folder = self.path(f"{layout}{ranks}")
            os.mkdir(folder)
            subprocess.run([self.damage_stores, "--store", layout, "--seed", str(1_000_000 * (number + 1)), "--cases",
                            str(cases), "--write", folder], check=True, env=self.program.environment)
            os.rename(f"{folder}/good.h5", self.path("case.h5"))
            good = {question: self.ask("case.h5", question, ranks).out for question in QUESTIONS}
            self.assertTrue(all(good.values()), "a question about the good store has no answer")
            for case in range(cases):
                os.replace(f"{folder}/{case}.h5", self.path("case.h5"))
                question = QUESTIONS[case % len(QUESTIONS)]
                done = self.ask("case.h5", question, ranks)
                with self.subTest(layout=layout, ranks=ranks, case=case):
                    self.assertFalse(done.hung, f"hangs:\n{done}")
                    self.assertNotIn("Signal:", done.err)
                    self.assertIn(done.code, (0, 1), done)
                    if done.code == 0:
                        self.assertEqual(done.out, good[question], f"a different answer:\n{done}")
                    else:
                        self.assertEqual(len(done.messages), 1, done)
                        self.assertIn(": case.h5: ", done.messages[0])
                        self.assertEqual(done.out, "", "an answer and an error")
                    tally["refused" if done.code else "harmless"] += 1
        print(f"{sum(CASES.values())} damaged stores at 2 and 4 ranks: {tally}", file=sys.stderr)
        self.assertGreater(tally["refused"], 2 * tally["harmless"])


if __name__ == "__main__":
    DamagedStores.damage_stores = os.path.realpath(sys.argv.pop(2))
    run_tests()
