"""A request in the other words for it: those of the single commands, and those of the oracle."""
from datetime import datetime
from decimal import Decimal

import oracle
from oracle_rows import COLUMNS, EPOCH, UNKNOWN, UNKNOWN_PASSENGERS, UNKNOWN_TIME, Trip

OF_COMMANDS = {"within_m": "within", "measure": "measure", "by": "by", "k": "k", "limit": "limit", "from": "from",
               "to": "to", "on": "on", "source": "source", "box": "box", "at": "at"}


def command_of(request, store):
    """The single command that asks the same."""
    words = [request["op"], store, *(["--count"] if request.get("count") else ["--format", "json"])]
    for member, option in OF_COMMANDS.items():
        if request.get(member) not in (None, []):
            value = request[member]
            words += [f"--{option}", ",".join(map(str, value)) if isinstance(value, list) else str(value)]
    return words


def body_of(request, printed):
    """What the single command printed, as the part of an answer that follows micros."""
    if request.get("count"):
        return f'"matched":{printed.strip()}}}\n'
    return printed.replace("\n", "").removeprefix("{") + "\n"


def seconds_of(time):
    return int((datetime.fromisoformat(time) - EPOCH).total_seconds())


def angles_of(degrees):
    return tuple(int((Decimal(str(value)) * 10**7).to_integral_value()) for value in degrees)


def words_of(value):
    """A list of words; one string may hold several, as on the command line."""
    return (value if isinstance(value, str) else ",".join(value)).split(",")


def filters_of(request):
    """The request's filters in the oracle's words."""
    read = {"from": ("start", seconds_of), "to": ("end", seconds_of), "box": ("box", angles_of),
            "on": ("on", str), "source": ("sources", words_of)}
    return {name: convert(request[member]) for member, (name, convert) in read.items()
            if request.get(member) is not None}


def trip_of(ride, files):
    """A ride of an answer (its numbers read as Decimal) as the oracle's trip; what is unknown is not there."""
    def scaled(name, scale, unknown):
        return unknown if name not in ride else int(Decimal(ride[name]) * scale)
    values = {name: scaled(name, 100, UNKNOWN) for name in ("distance", "fare", "tip", "tolls", "total")}
    values |= {name: scaled(name, 1, 0) for name in ("payment", "rate", "vendor", "line")}
    values["passengers"] = scaled("passengers", 1, UNKNOWN_PASSENGERS)
    for end in ("pickup", "dropoff"):
        time = ride.get(f"{end}_time")
        values[f"{end}_time"] = UNKNOWN_TIME if time is None else seconds_of(time)
        values[f"{end}_lon"], values[f"{end}_lat"] = angles_of(ride[end]) if end in ride else (UNKNOWN, UNKNOWN)
    values["source"], values["file"] = oracle.SOURCES[ride["source"]], files.index(ride["file"])
    return Trip(*(values[name] for name in COLUMNS))
