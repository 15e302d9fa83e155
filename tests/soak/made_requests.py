"""Random requests about a round's trips: edges of boxes and windows are those of trips, distances those that some trip
has, places where trips are, beside them, and on the other side of the earth."""
from decimal import Decimal

import oracle_questions as questions
from brute_force import metres_from, time_text
from made_inputs import LATEST
from oracle_rows import UNKNOWN

STATISTICS = [f"{statistic}:{field}" for field in questions.FIELDS for statistic in questions.STATISTICS]
FAR = [(0, 0), (1800000000, 407000000), (-1800000000, -407000000), (1060000000, -407000000), (0, 900000000),
       (500000000, -900000000)]


class Requests:
    def __init__(self, chance, truth, region):
        self.chance, self.truth, self.region = chance, truth, region

    def make(self, count):
        chance = self.chance
        make = [self.nearest] * 5 + [self.range] * 3 + [self.aggregate] * 3
        return [{"id": number, **chance.choice(make)()} for number in range(count)]

    def trip(self):
        return self.chance.choice(self.truth.trips) if self.truth.trips else None

    def place(self, on):
        """Of a trip, or anywhere in the region."""
        trip, (west, south, east, north) = self.trip(), self.region
        if trip is not None and self.chance.random() < 0.8:
            point = questions.point_of(trip, on)
            if point[0] != UNKNOWN:
                return point
        return self.chance.randint(west, east), self.chance.randint(south, north)

    def moment(self):
        trip = self.trip()
        when = trip.pickup_time if trip is not None else 1396310400
        return min(max(when + self.chance.choice([0, 0, 0, 1, -1, 1800, -86_400]), 1), LATEST)

    def filters(self):
        chance, made = self.chance, {}
        if chance.random() < 0.35:
            made["on"] = chance.choice(["pickup", "dropoff", "dropoff"])
        # A window begins and ends when a trip does, to the second, half of the time; both words need not be there.
        moments = sorted(self.moment() for _ in range(2))
        if chance.random() < 0.4:
            made["from"] = time_text(moments[0])
        if chance.random() < 0.4:
            made["to"] = time_text(moments[1] if moments[1] > moments[0] else moments[1] + 1)
        if chance.random() < 0.4:
            made["box"] = self.box(made.get("on", "pickup"))
        if chance.random() < 0.3:
            made["source"] = chance.sample(["green", "uber", "yellow"], chance.randint(1, 3))
        return made

    def box(self, on):
        """Between two places, on their edges or a hair's breadth inside or outside."""
        chance, corners = self.chance, [self.place(on), self.place(on)]
        if chance.random() < 0.1:
            corners[1] = corners[0]
        lons, lats = (sorted(corner[i] for corner in corners) for i in (0, 1))
        away = chance.choice([0, 0, 0, 1, -1, 10_000])
        box = [lons[0] - away, lats[0] - away, lons[1] + away, lats[1] + away]
        if box[0] > box[2] or box[1] > box[3]:
            box = [lons[0], lats[0], lons[1], lats[1]]
        most = (1800000000, 900000000, 1800000000, 900000000)
        return [self.angle(min(max(edge, -end), end)) for edge, end in zip(box, most)]

    @staticmethod
    def angle(value):
        return float(Decimal(value) / 10**7)

    def nearest(self):
        chance, made = self.chance, {"op": "nearest", **self.filters()}
        on = made.get("on", "pickup")
        at = chance.choice(FAR) if chance.random() < 0.05 else self.place(on)
        if chance.random() < 0.3:
            at = tuple(angle + chance.randint(-20, 20) for angle in at)
        at = max(min(at[0], 1800000000), -1800000000), max(min(at[1], 900000000), -900000000)
        made["at"] = [self.angle(angle) for angle in at]
        if chance.random() < 0.9:
            made["k"] = chance.choice([1, 1, 2, 3, 10, chance.randint(1, 100), chance.randint(1, 1000), 1000, 10_000])
        if chance.random() < 0.4:
            made["within_m"] = self.within(at, on)
        return made

    def within(self, at, on):
        """A trip's own distance, to a millimetre more or less; or any."""
        chance, point = self.chance, self.place(on)
        own = float(metres_from(at, *point))
        return chance.choice([0, 0.005, 25, 500.5, 10 ** chance.uniform(-2, 6), 2.1e7, round(own, 3),
                              round(own, 3) + 0.001, max(0, round(own - 0.001, 3)), round(own * 0.5, 2)])

    def range(self):
        chance, made = self.chance, {"op": "range", **self.filters()}
        if chance.random() < 0.2:
            made["count"] = True
        elif chance.random() < 0.8:
            made["limit"] = chance.choice([0, 1, 2, 7, 100, chance.randint(1, 3000), 10_000])
        return made

    def aggregate(self):
        chance = self.chance
        tiles = [f"{end}_tile:{chance.choice([0, 1, 8, 13, 16, 24, chance.randint(0, 24)])}"
                 for end in ("pickup", "dropoff")]
        keys = chance.sample([*questions.PLAIN_KEYS, *tiles], chance.choice([1, 1, 1, 2, 2, 3, 5]))
        made = {"op": "aggregate", **self.filters(), "by": keys}
        if chance.random() < 0.9:
            made["measure"] = chance.sample(["trips", *STATISTICS], chance.choice([1, 2, 5]))
        return made
