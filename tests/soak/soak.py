"""Random questions on random stores at random ranks, threads and tile sizes, against brute force, for some time:
soak.py BINARY [--seconds S] [--seed N]. See README.md."""
import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[1:1] = [os.path.join(HERE, os.pardir, folder) for folder in ("pipeline", "serve")]

from program import Program  # noqa: E402
from soak_round import Round, clear  # noqa: E402


def parse_words():
    words = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    words.add_argument("binary")
    words.add_argument("--seconds", type=float, default=float(os.environ.get("TESSERA_SOAK_SECONDS", 60)),
                       help="begin rounds for so long (TESSERA_SOAK_SECONDS, or 60)")
    words.add_argument("--seed", type=int, help="one round alone, that of this seed")
    return words.parse_args()


def run_round(program, seed):
    """How many questions it asked; None where something was wrong, which is printed."""
    a_round = Round(program, seed)
    try:
        a_round.run()
        return a_round.asked
    except Exception as failure:  # whatever it was, the seed must be told
        if not isinstance(failure, AssertionError) and type(failure).__name__ != "Mismatch":
            traceback.print_exc()
        print(f"soak: MISMATCH, seed {seed}: {a_round.doing}\n{failure}\nits files are in {program.folder}\n"
              f"repeat it: python3 {sys.argv[0]} {program.binary} --seed {seed}", flush=True)
        return None


def main():
    words = parse_words()
    first = words.seed if words.seed is not None else int(os.environ.get("TESSERA_TEST_SEED", random.randrange(10**9)))
    program = Program(words.binary, tempfile.mkdtemp(prefix="tessera-soak-"))
    print(f"soak: seed {first}, a round's is one more than the last one's", flush=True)
    begin, rounds, questions = time.monotonic(), 0, 0
    while rounds == 0 or words.seed is None and time.monotonic() - begin < words.seconds:
        asked = run_round(program, first + rounds)
        if asked is None:
            return 1
        rounds, questions = rounds + 1, questions + asked
        clear(program.folder)
    shutil.rmtree(program.folder)
    print(f"soak: seed {first}, {rounds} rounds, {questions:,} questions, 0 mismatches in "
          f"{time.monotonic() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
