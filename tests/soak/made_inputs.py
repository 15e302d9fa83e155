"""Random inputs of a round: files of the program's own generator and files made by hand, whose places and times are those
that go wrong: on edges of tiles and of the region, all at one place, at one moment, as far from a point as another."""
import gzip
import os
from datetime import timedelta
from decimal import Decimal

from brute_force import time_text
from oracle_rows import EPOCH
from program import layouts_of

CITY = (-743000000, 404500000, -736000000, 410000000)
WORLD = (-1800000000, -900000000, 1800000000, 900000000)
HEADERS = {
    "yellow": "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,pickup_longitude,"
              "pickup_latitude,RateCodeID,store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,"
              "fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount",
    "green": "VendorID,lpep_pickup_datetime,Lpep_dropoff_datetime,Store_and_fwd_flag,RateCodeID,Pickup_longitude,"
             "Pickup_latitude,Dropoff_longitude,Dropoff_latitude,Passenger_count,Trip_distance,Fare_amount,Extra,"
             "MTA_tax,Tip_amount,Tolls_amount,Ehail_fee,improvement_surcharge,Total_amount,Payment_type,Trip_type ",
    "uber": '"Date/Time","Lat","Lon","Base"'}
LATEST = 4294967295  # of 32 bits of seconds, as the store has them


def degrees(angle):
    return f"{Decimal(angle) / 10**7:.7f}"


class Places:
    """Points of one style, in 1e-7 degrees; some lie outside the region."""

    def __init__(self, chance, region):
        self.chance, self.region = chance, region
        self.style = chance.choice(["region", "one", "few", "tile edges", "borders", "grid", "mirrored", "heap"])
        self.middle = self.anywhere()
        self.few = [self.anywhere() for _ in range(chance.randint(2, 8))]
        self.level, self.step = chance.randint(8, 24), chance.choice([1, 10, 1000, 10_000])

    def anywhere(self):
        west, south, east, north = self.region
        return self.chance.randint(west, east), self.chance.randint(south, north)

    def pick(self):
        chance, (lon, lat) = self.chance, self.middle
        if self.style == "region":
            return self.anywhere()
        if self.style == "one":
            return self.middle
        if self.style == "few":
            return chance.choice(self.few)
        if self.style == "tile edges":  # the grid begins at -2^31
            side = 2 ** (32 - self.level)
            cells = [(angle + 2**31) // side + chance.randint(-3, 3) for angle in (lon, lat)]
            return tuple(cell * side - 2**31 + chance.choice([-1, 0, 0, 1]) for cell in cells)
        if self.style == "borders":
            west, south, east, north = self.region
            away = chance.choice([-1, 0, 0, 0, 1])
            x, y = self.anywhere()
            return chance.choice([(west - away, y), (east + away, y), (x, south - away), (x, north + away),
                                  (west - away, south), (east, north + away)])
        if self.style == "grid":
            return lon + self.step * chance.randint(-9, 9), lat + self.step * chance.randint(-9, 9)
        if self.style == "mirrored":  # four points that are as far from the middle as each other
            x, y = self.step * chance.randint(0, 30), self.step * chance.randint(0, 3)
            return lon + chance.choice([-x, x]), lat + chance.choice([-y, y])
        return round(chance.gauss(lon, 30)), round(chance.gauss(lat, 30))


class Times:
    def __init__(self, chance):
        self.chance = chance
        self.style = chance.choice(["one", "few", "hour", "month", "midnights", "ever"])
        self.first = chance.choice([16161 * 86_400 + chance.randrange(30 * 86_400), chance.randint(1, LATEST)])

    def pick(self):
        chance = self.chance
        when = {"one": self.first, "few": self.first + 3600 * chance.randint(0, 3),
                "hour": self.first + chance.randrange(3600), "month": self.first + chance.randrange(30 * 86_400),
                "midnights": self.first // 86_400 * 86_400 + 86_400 * chance.randint(0, 400) + chance.randint(-1, 1),
                "ever": chance.randint(1, LATEST)}[self.style]
        return min(max(when, 1), LATEST)


class Files:
    """Writes the inputs of a round into a folder."""

    def __init__(self, program, chance, region, max_hours):
        self.program, self.chance, self.region, self.max_hours = program, chance, region, max_hours
        self.lines = {source: [] for source in HEADERS}

    def write(self, trips):
        """The paths of some files that have so many rows in all."""
        chance = self.chance
        count = min(chance.choice([1, 1, 1, 2, 3, 5, 30]), trips)
        cuts = sorted(chance.randint(0, trips - count) for _ in range(count - 1))
        shares = [1 + b - a for a, b in zip([0, *cuts], [*cuts, trips - count])]
        paths = []
        for number, rows in enumerate(shares):
            source = chance.choice(list(HEADERS))
            name = f"{number}-{source}.csv"
            if chance.random() < 0.35 and count < 30:
                self.generate(name, source, rows)
            else:
                self.make(name, source, rows)
            paths.append(self.pack(name) if chance.random() < 0.2 else self.path(name))
        return paths

    def path(self, name):
        return os.path.join(self.program.folder, name)

    def generate(self, name, source, rows):
        chance = self.chance
        dirt = chance.choice([0, 0.05, 0.5]) if rows > 20 else 0
        words = ["--format", source, "--layout", chance.choice(layouts_of(self.program, source)), "--trips", rows,
                 "--seed", chance.randrange(10**6), "--dirty", dirt]
        odd = chance.choice(["", "", "--byte-order-mark", "--no-final-newline", "--lone-cr"])
        self.program.generate(name, *words, *([odd] if odd else []))

    def make(self, name, source, rows):
        chance = self.chance
        self.places = [Places(chance, self.region) for _ in range(chance.randint(1, 3))]
        self.times, made = Times(chance), self.lines[source]
        dirt, again, end = chance.choice([0, 0, 0.1]), chance.choice([0, 0.2]), chance.choice(["\n", "\r\n", "\n\r\n"])
        lines = [HEADERS[source]]
        for number in range(rows):
            line = chance.choice(made) if made and chance.random() < again else getattr(self, source)()
            # Not the first: a file of blank lines only is refused.
            lines.append(self.spoil(line) if number > 0 and chance.random() < dirt else line)
            made.append(line)
        text = end.join(lines) + (end if chance.random() < 0.8 else "")
        with open(self.path(name), "wb") as file:
            file.write((b"\xef\xbb\xbf" if chance.random() < 0.1 else b"") + text.encode("latin-1"))

    def pack(self, name):
        """As gzip, in two members."""
        with open(self.path(name), "rb") as plain:
            text = plain.read()
        os.remove(self.path(name))
        cut = self.chance.randint(0, len(text))
        with open(self.path(name + ".gz"), "wb") as packed:
            packed.write(gzip.compress(text[:cut], 1, mtime=0) + gzip.compress(text[cut:], 1, mtime=0))
        return self.path(name + ".gz")

    def spoil(self, line):
        chance = self.chance
        at = chance.randrange(len(line))
        return chance.choice(["", " \t", "nonsense", ",,,,", line[:at], line[:at] + "\x00" + line[at:],
                              line[:at] + '"' + line[at:], line.replace("20", "x", 1), line + ",more,fields"])

    # ---- rows

    def uber(self):
        lon, lat = self.chance.choice(self.places).pick()
        moment = EPOCH + timedelta(seconds=self.times.pick())
        base = self.chance.choice(["B02512", "B02617", "b02764", "B99999", ""])
        return (f'"{moment.month}/{moment.day}/{moment.year} {moment.hour}:{moment:%M:%S}",'
                f'{degrees(lat)},{degrees(lon)},"{base}"')

    def amount(self):
        chance = self.chance
        cents = chance.choice([chance.randint(250, 6000), chance.randint(250, 6000), 0, -350, 5200,
                               chance.randint(-10**6, 10**6), 2147483647, -2147483647])
        return "" if chance.random() < 0.05 else f"{Decimal(cents) / 100}"

    def ride(self):
        """What yellow and green share: times, places, codes."""
        chance, begin = self.chance, self.times.pick()
        longest = self.max_hours * 3600
        lasts = chance.choice([chance.randint(60, 7200), chance.randint(60, 7200), 0, longest, longest + 1, -1])
        end = "" if chance.random() < 0.03 else time_text(min(max(begin + lasts, 1), LATEST)).replace("T", " ")
        places = [chance.choice(self.places).pick(), chance.choice(self.places).pick()]
        places = [("0", "0") if chance.random() < 0.02 else tuple(map(degrees, place)) for place in places]
        if chance.random() < 0.03:
            places[1] = chance.choice([("", ""), ("-73.9", ""), ("179.9999999", "-89.9"), ("181", "40"), ("0", "51.5")])
        codes = [str(chance.randint(0, 7)) for _ in range(4)]
        return time_text(begin).replace("T", " "), end, *places, codes, chance.choice(["N", "Y", ""])

    def yellow(self):
        begin, end, pickup, dropoff, codes, flag = self.ride()
        return ",".join([codes[0], begin, end, codes[1], self.amount(), *pickup, codes[2], flag, *dropoff, codes[3],
                         self.amount(), "0", "0.5", self.amount(), self.amount(), "0.3", self.amount()])

    def green(self):
        begin, end, pickup, dropoff, codes, flag = self.ride()
        heads = self.chance.choice([codes[1], "254", "255", "0", ""])
        return ",".join([codes[0], begin, end, flag, codes[2], *pickup, *dropoff, heads, self.amount(), self.amount(),
                         "0", "0.5", self.amount(), self.amount(), "", "0.3", self.amount(), codes[3], ""])
