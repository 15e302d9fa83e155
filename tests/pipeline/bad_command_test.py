"""Command lines that are wrong: exit code 2 and one message that names the option, the value and the remedy."""
import shlex

from program import run_tests
from refusals import HEADER, ROW, Refusals

AT = "nearest t.h5 --at -73.98,40.75"

# The command line, and what its message must name.
WRONG = {
    "": ("--help",),
    "frobnicate": ("frobnicate", "ingest", "nearest"),
    "--frobnicate": ("--frobnicate",),
    "ingest": ("usage",),
    "ingest u.csv": ("store",),
    "ingest --store new.h5": ("input", "CSV"),
    "ingest u.csv --store new.h5 --frob 3": ("frob",),
    "ingest u.csv --store new.h5 --store other.h5": ("store",),
    "ingest u.csv --store": ("store",),
    "ingest u.csv --store new.h5 --tile-trips 0": ("--tile-trips", "0", "from 1"),
    "ingest u.csv --store new.h5 --tile-trips ten": ("--tile-trips", "ten"),
    "ingest u.csv --store new.h5 --max-hours -1": ("--max-hours", "-1"),
    "ingest u.csv --store new.h5 --max-hours 99999999999999999999": ("--max-hours",),
    "ingest u.csv --store new.h5 --format pink": ("--format", "pink", "green"),
    "ingest u.csv --store new.h5 --compress zip": ("--compress", "zip", "deflate"),
    "ingest u.csv --store new.h5 --region -73,40,-74,41": ("--region", "west", "W,S,E,N"),
    "ingest u.csv --store new.h5 --region 1,2,3": ("--region", "W,S,E,N"),
    "ingest u.csv --store new.h5 --threads 0": ("--threads", "0"),
    "ingest u.csv --store new.h5 --expect-ranks none": ("--expect-ranks", "none"),
    "info": ("store", "STORE"),
    "info t.h5 other.h5": ("",),
    "info t.h5 --plan 0": ("--plan", "0"),
    "info t.h5 --plan 1.5": ("--plan", "1.5"),
    "info t.h5 --plan 1,2,0": ("--plan", "0"),
    "info t.h5 --plan 1,,2": ("--plan",),
    "aggregate t.h5": ("by",),
    "aggregate t.h5 --by": ("by",),
    "aggregate t.h5 --by moon": ("moon", "hour"),
    "aggregate t.h5 --by hour,,day": ("key ''",),
    "aggregate t.h5 --by hour,hour": ("hour", "twice"),
    "aggregate t.h5 --by pickup_tile": ("pickup_tile", "level"),
    "aggregate t.h5 --by pickup_tile:25": ("pickup_tile:25", "24"),
    "aggregate t.h5 --by pickup_tile:-1": ("pickup_tile:-1",),
    "aggregate t.h5 --by hour:3": ("hour:3",),
    "aggregate t.h5 --by hour --measure luck": ("luck", "trips"),
    "aggregate t.h5 --by hour --measure mean": ("mean", "field"),
    "aggregate t.h5 --by hour --measure p95:fare": ("p95:fare", "p90"),
    "aggregate t.h5 --by hour --measure mean:luck": ("mean:luck", "tolls"),
    "aggregate t.h5 --by hour --measure trips:fare": ("trips:fare",),
    "aggregate t.h5 --by hour --format xml": ("xml", "geojson"),
    "aggregate t.h5 --by hour --format geojson": ("geojson", "pickup_tile"),
    "range ''": ("argument 'store' is empty",),
    "range t.h5 --output ''": ("--output is empty",),
    "ingest '' --store x.h5": ("argument 'input' is empty",),
    "doctor --patience 0": ("--patience", "from 1"),
    "size --trips 5 --measured=''": ("--measured",),
    "range t.h5 --limit -1": ("--limit", "-1"),
    "range t.h5 --limit 1e3": ("--limit", "1e3"),
    "range t.h5 --box -73.9,40.7,-74,40.8": ("--box", "west", "-73.9", "W,S,E,N"),
    "range t.h5 --box -74,40.8,-73.9,40.7": ("--box", "south"),
    "range t.h5 --box -74,40.7,-73.9": ("--box", "W,S,E,N"),
    "range t.h5 --box -74,40.7,-73.9,95": ("--box",),
    "range t.h5 --box nan,nan,nan,nan": ("--box", "nan"),
    "range t.h5 --box a,b,c,d": ("--box", "a,b,c,d"),
    "range t.h5 --on roof": ("--on", "roof", "dropoff"),
    "range t.h5 --source yellow,red": ("--source", "red", "green"),
    "range t.h5 --source ,": ("--source",),
    "range t.h5 --from 2014-02-30": ("--from", "2014-02-30", "2014-04-01"),
    "range t.h5 --from 2014-04-01T25:00": ("--from", "T25:00"),
    "range t.h5 --to 2014-04-01T08:60": ("--to", "08:60"),
    "range t.h5 --to yesterday": ("--to", "yesterday"),
    "range t.h5 --from 2014-04-02 --to 2014-04-01": ("--from", "--to", "empty"),
    "range t.h5 --from 2014-04-01 --to 2014-04-01": ("empty",),
    "nearest t.h5": ("at",),
    "nearest t.h5 --at 40.75": ("--at", "LON,LAT"),
    "nearest t.h5 --at -73.98,140": ("--at", "140"),
    f"{AT} --k 0": ("--k", "0", "from 1"),
    f"{AT} --k 99999999999999999999": ("--k",),
    f"{AT} --within -5": ("--within", "-5"),
    f"{AT} --within far": ("--within", "far"),
    f"{AT} --within nan": ("--within", "nan"),
    "heatmap t.h5": ("output",),
    "heatmap t.h5 --output p.png --width 8": ("--width", "8", "from 16"),
    "heatmap t.h5 --output p.png --scale cubic": ("cubic", "linear"),
    "heatmap t.h5 --output p.png --box -74,40.7,-74,40.8": ("--box",),
    "replay t.h5": ("speed",),
    "replay t.h5 --speed fast": ("--speed", "fast"),
    "replay t.h5 --speed -1": ("--speed", "-1"),
    "replay t.h5 --speed 0 --every 0": ("--every", "0", "15m"),
    "replay t.h5 --speed 0 --every 5w": ("--every", "5w", "1d"),
    "replay t.h5 --speed 0 --every 32d": ("--every", "32d", "2678400"),
    "replay t.h5 --speed 0 --every 99999999999d": ("--every",),
    "replay t.h5 --speed 0 --to -": ("--to", "--output"),
    "replay t.h5 --speed 0 --to - --output -": ("--to", "--output"),
    "replay t.h5 --speed 0 --to 2014-04-31": ("--to", "2014-04-31"),
    "replay t.h5 --speed 0 --to yesterday": ("--to", "yesterday"),
    "replay t.h5 --speed 0 --to a.jsonl --to b.jsonl": ("a.jsonl", "b.jsonl"),
    "replay t.h5 --speed 0 --to 2014-04-02 --to 2014-04-03": ("2014-04-02", "2014-04-03"),
    "replay t.h5 --speed 0 --from 2014-04-02 --to 2014-04-01": ("empty",),
    "replay t.h5 --speed 0 --to kafka://": ("kafka://",),
    "replay t.h5 --speed 0 --metrics m.txt": ("m.txt", ".prom"),
    "generate": ("",),
    "generate lies": ("lies", "trips", "requests"),
    "generate trips --format pink": ("--format", "pink", "uber"),
    "generate trips --layout 1999": ("1999", "2014"),
    "generate trips --trips -1": ("--trips", "-1"),
    "generate trips --dirty 2": ("--dirty", "2"),
    "generate trips --dirty nan": ("--dirty", "nan"),
    "generate trips --k 3": ("--k", "generate requests"),
    "generate trips --store t.h5": ("--store", "generate requests"),
    "generate requests --trips 5": ("--trips", "generate trips"),
    "generate requests --format uber": ("--format", "generate trips"),
    "generate requests --lone-cr": ("--lone-cr", "generate trips"),
    "generate requests --count -1": ("--count", "-1"),
    "generate requests --count many": ("--count", "many"),
    "generate requests --seed 1.5": ("--seed", "1.5"),
    "generate requests --mix 1,2": ("--mix", "1,2", "60,25,15"),
    "generate requests --mix 0,0,0": ("--mix", "0,0,0"),
    "generate requests --mix 1,-1,1": ("--mix", "1,-1,1"),
    "generate requests --mix 1,,1": ("--mix", "1,,1"),
    "generate requests --mix 1,1,1000001": ("--mix", "1000000"),
    "generate requests --window month": ("--window", "month", "week"),
    "generate requests --k 0": ("--k", "0", "from 1"),
    "generate requests --k 10001": ("--k", "10000"),
}


class WrongCommands(Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(cls.folder + "/u.csv", "wb") as file:
            file.write(HEADER + ROW)
        cls.program.must("ingest", "u.csv", "--store", "t.h5")

    def test_each(self):
        for number, (words, parts) in enumerate(WRONG.items()):
            with self.subTest(words):
                # One in nine under mpirun, too: the path is the same for all.
                self.check_refusal(shlex.split(words), 2, *parts)
                if number % 9 == 0:
                    self.check_refusal(shlex.split(words), 2, *parts, ranks=3)


if __name__ == "__main__":
    run_tests()
