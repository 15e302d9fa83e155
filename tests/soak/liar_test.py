"""The soak sees what it should: a program that lies in one way, wherever it is asked, is caught by brute force alone."""
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[1:1] = [os.path.join(HERE, os.pardir, folder) for folder in ("pipeline", "serve")]

import h5py  # noqa: E402

from check_answers import Mismatch  # noqa: E402
from program import PipelineTest, Program, run_tests  # noqa: E402
from soak_round import Round, clear  # noqa: E402

RIDE = rb'\{"(?:metres|source)"[^{}]*\}'
FIRST_SEED, MOST_ROUNDS = 7, 12


def one_more(match):
    return match[1] + str(int(match[2]) + 1).encode() + match[3]


# What becomes of every line of `answer`.
LIES = {
    "a count": lambda line: re.sub(rb'("matched":)(\d+)()', one_more, line),
    "a sum": lambda line: re.sub(rb'("sum_.*"rows":\[\[.*?\d)(\d)(\]\])', one_more, line),
    "the order of range": lambda line: re.sub(rb'("op":"range".*?)(' + RIDE + rb'),(' + RIDE + rb')', rb"\1\3,\2", line),
    "ties": lambda line: re.sub(rb'(\{"metres":([\d.]+),[^{}]*\}),(\{"metres":\2,[^{}]*\})', rb"\3,\1", line, count=1),
    "a ride left out": lambda line: re.sub(rb'("op":"nearest".*),' + RIDE + rb'\]', rb"\1]", line),
    "a metre": lambda line: re.sub(rb'("metres":)(\d+)(\.)', one_more, line, count=1),
    "a fare": lambda line: re.sub(rb'("fare":)(\d+)(\.)', one_more, line, count=1),
    "an hour": lambda line: re.sub(rb'("columns":\["hour",.*"rows":\[\[)(\d+)(,)', one_more, line, count=1),
}


class Liar(Program):
    """A Program that tells the truth but for one thing."""

    def __init__(self, program, lie):
        super().__init__(program.binary, program.folder)
        self.lie, self.lies = lie, 0

    def must(self, *arguments, **how):
        done = super().must(*arguments, **how)
        if arguments[0] == "answer":
            lines = done.out.splitlines(keepends=True)
            changed = [self.lie(line) for line in lines]
            self.lies += sum(a != b for a, b in zip(lines, changed))
            done.out = b"".join(changed)
        return done


class Forger(Program):
    """And one whose stores are wrong in one place."""

    def must(self, *arguments, **how):
        done = super().must(*arguments, **how)
        if arguments[0] == "ingest":
            with h5py.File(os.path.join(self.folder, "t.h5"), "r+") as file:
                if len(file["trips/tip"]):
                    file["trips/tip"][-1] -= 1
        return done


class TheSoakCanFail(PipelineTest):
    def rounds_until_caught(self, program):
        for number in range(MOST_ROUNDS):
            clear(self.folder)
            try:
                Round(program, FIRST_SEED + number).run()
            except Mismatch:
                return number + 1
        return None

    def test_lies(self):
        for name, lie in LIES.items():
            with self.subTest(name):
                liar = Liar(self.program, lie)
                rounds = self.rounds_until_caught(liar)
                print(f"{name}: caught in round {rounds}, {liar.lies} lies", flush=True)
                self.assertIsNotNone(rounds)

    def test_a_forged_store(self):
        self.assertIsNotNone(self.rounds_until_caught(Forger(self.program.binary, self.folder)))


if __name__ == "__main__":
    run_tests()
