"""An answer of the program against brute force. What is promised exactly is compared exactly: counts, sums, least and
greatest, every column of every ride, the order. Three things are not: a mean is printed with six decimals, a percentile
is good to 1 %, and of two places that are equally far but for the last bits of a double either may come first (the
trips of one place never)."""
import json
from decimal import Decimal

from brute_force import FAR_M, metres_from
from request_words import angles_of, filters_of, words_of

METRES_PRINTED = 0.00051
ROUNDED_MEAN = Decimal("0.000000501")


class Mismatch(Exception):
    pass


def demand(condition, *what):
    if not condition:
        raise Mismatch(" ".join(str(part)[:3000] for part in what))


def read_answer(line):
    return json.loads(line, parse_float=Decimal)


def check_answer(truth, request, line, max_rows):
    """`line` is what the program said; truth is BruteForce."""
    answer = read_answer(line)
    demand(answer.get("id") == request["id"], "the id of another request:", answer.get("id"))
    wanted = {"nearest": nearest, "range": in_range, "aggregate": aggregate}[request["op"]](truth, request, max_rows)
    if wanted is None:
        demand(answer.get("error", {}).get("code") == "too_large", "should be too_large, over", max_rows, "rows:", line)
        return
    demand("error" not in answer, "an error:", answer.get("error"))
    demand(answer["op"] == request["op"], "another op:", answer["op"])
    wanted(answer)


def in_range(truth, request, max_rows):
    rows = truth.find_range(**filters_of(request))
    listed = [] if request.get("count") else rows[:request.get("limit", 100) or None]
    if len(listed) > max_rows:
        return None

    def check(answer):
        demand(answer["matched"] == len(rows), "matched", answer["matched"], "wanted", len(rows))
        demand(("rides" in answer) != bool(request.get("count")), "rides where none were asked for, or none")
        compare_rides(truth, answer.get("rides", []), listed)
    return check


def compare_rides(truth, rides, rows):
    demand(len(rides) == len(rows), len(rides), "rides, wanted", len(rows))
    for number, (ride, row) in enumerate(zip(rides, rows)):
        demand(ride == truth.ride(row), f"ride {number} is", ride, "wanted", truth.ride(row))


def slack(metres):
    return 1e-6 if metres < FAR_M else 0.6


def nearest(truth, request, max_rows):
    filters = filters_of(request)
    on, within, k = filters.pop("on", "pickup"), request.get("within_m"), request.get("k", 10)
    rows, metres = truth.find_nearest(angles_of(request["at"]), on=on, **filters)
    sure = possible = len(rows)
    if within is not None:  # at exactly that distance a trip is inside; whether it is exact is nobody's to say
        sure = int((metres + (metres > 0) * slack(within) <= within).sum())
        possible = int((metres - (metres > 0) * slack(within) <= within).sum())
    if min(k, sure) > max_rows:
        return None

    def check(answer):
        rides = answer["rides"]
        demand(min(k, sure) <= len(rides) <= min(k, possible), len(rides), "rides, wanted", min(k, sure))
        lons, lats = truth.points(on)
        turns = {}  # of each place its trips, in the order in which they must come
        for row in rows:
            turns.setdefault((int(lons[row]), int(lats[row])), []).append(row)
        turns = {place: iter(there) for place, there in turns.items()}
        for number, ride in enumerate(rides):
            printed, place = ride.pop("metres"), angles_of(ride.get(on, [0, 0]))
            row = next(turns.get(place, iter(())), None)
            demand(row is not None, f"ride {number} is", ride, "which should not be there")
            demand(ride == truth.ride(row), f"ride {number} is", ride, "wanted of that place", truth.ride(row))
            own = float(metres_from(angles_of(request["at"]), lons[row], lats[row]))
            demand(abs(own - metres[number]) <= slack(own), f"ride {number} is", ride, f"{own} m away; wanted",
                   truth.ride(rows[number]), f"{metres[number]} m away")
            demand(abs(float(printed) - own) <= METRES_PRINTED + slack(own), "metres", printed, "wanted", own)
    return check


def aggregate(truth, request, max_rows):
    keys, measures = words_of(request["by"]), words_of(request.get("measure", "trips"))
    wanted = truth.aggregate(keys, measures, **filters_of(request))
    if len(wanted) > max_rows:
        return None

    def check(answer):
        demand(answer["columns"] == [*keys, *(measure.replace(":", "_") for measure in measures)], answer["columns"])
        demand(len(answer["rows"]) == len(wanted), len(answer["rows"]), "rows, wanted", len(wanted))
        for row, right in zip(answer["rows"], wanted):
            demand(row[:len(keys)] == list(right[:len(keys)]), "a group", row, "wanted", right)
            for name, cell, value in zip(measures, row[len(keys):], right[len(keys):]):
                demand(same_measure(name, cell, value), name, "of group", row, "is", cell, "wanted", value)
    return check


def same_measure(name, cell, wanted):
    if wanted is None or cell is None:
        return cell is None and wanted is None
    if name.startswith("mean"):
        return abs(cell - wanted) <= ROUNDED_MEAN
    if name.startswith("p"):
        return abs(cell - wanted) <= abs(wanted) / 100 + Decimal("1e-9")
    return cell == wanted
