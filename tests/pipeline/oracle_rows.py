"""One line of a publisher's file -> one trip, the slow and obvious way, from DESIGN.md and FORMATS.md. Where they leave
a choice, a comment begins with CHOICE; tests/pipeline/README.md lists them."""
import re
from collections import namedtuple
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, getcontext
from functools import lru_cache

getcontext().prec = 1000  # exact, whatever a damaged file brings

COLUMNS = ("pickup_time dropoff_time pickup_lon pickup_lat dropoff_lon dropoff_lat distance fare tip tolls total "
           "passengers payment rate vendor source file line").split()
Trip = namedtuple("Trip", COLUMNS)
UNKNOWN = -2**31            # of coordinates, money and distance
UNKNOWN_TIME = 0
UNKNOWN_PASSENGERS = 255
SOURCES = {"green": 1, "uber": 2, "yellow": 3}
MONEY = ("fare", "tip", "tolls", "total")

TAXI_NAMES = {
    "vendor": "vendor_name vendor_id vendorid",
    "pickup_time": "trip_pickup_datetime pickup_datetime tpep_pickup_datetime lpep_pickup_datetime",
    "dropoff_time": "trip_dropoff_datetime dropoff_datetime tpep_dropoff_datetime lpep_dropoff_datetime",
    "passengers": "passenger_count", "distance": "trip_distance",
    "pickup_lon": "start_lon pickup_longitude", "pickup_lat": "start_lat pickup_latitude",
    "dropoff_lon": "end_lon dropoff_longitude", "dropoff_lat": "end_lat dropoff_latitude",
    "rate": "rate_code ratecodeid", "payment": "payment_type", "fare": "fare_amt fare_amount",
    "tip": "tip_amt tip_amount", "tolls": "tolls_amt tolls_amount", "total": "total_amt total_amount"}
UBER_NAMES = {"pickup_time": "date/time", "pickup_lat": "lat", "pickup_lon": "lon", "vendor": "base"}

PAYMENTS = {"CREDIT": 1, "CRE": 1, "CRD": 1, "CASH": 2, "CAS": 2, "CSH": 2, "NO CHARGE": 3, "NOC": 3, "DISPUTE": 4,
            "DIS": 4, "UNK": 5, "NA": 5}
VENDORS = {"CMT": 1, "VTS": 2, "DDS": 3}
BASES = {"B02512": 10, "B02598": 11, "B02617": 12, "B02682": 13, "B02764": 14}

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?", re.ASCII)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/])(?P<month>\d{1,2})\2(?P<day>\d{1,2})[ T](?P<clock>.*)",
                        re.ASCII | re.DOTALL)
MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})([-/])(?P<day>\d{1,2})\2(?P<year>\d{4}|\d{2})[ T](?P<clock>.*)",
                         re.ASCII | re.DOTALL)
CLOCK = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?(?: ?([AP])M)?", re.ASCII | re.IGNORECASE)
EPOCH = datetime(1970, 1, 1)


class Malformed(Exception):
    pass


def split_fields(line):
    """Fields between commas that are not quoted; blanks and a pair of quotes around a field do not count."""
    if '"' not in line:
        return [text.strip(" \t\r") for text in line.split(",")]
    fields, field, quoted = [], [], False
    for c in line:
        quoted ^= c == '"'
        if c == "," and not quoted:
            fields.append("".join(field))
            field = []
        else:
            field.append(c)
    fields.append("".join(field))
    trimmed = [text.strip(" \t\r") for text in fields]
    return [t[1:-1].strip(" \t\r") if len(t) >= 2 and t[0] == t[-1] == '"' else t for t in trimmed]


@lru_cache(1 << 18)  # a month has few distinct values
def read_number(text, decimals):
    """The number times 10^decimals, rounded half away from zero."""
    number = NUMBER.fullmatch(text)
    # CHOICE: an exponent beyond 400, and a result of more than 18 digits, are no number that anyone meant.
    if not number or abs(int(number[2] or 0)) > 400:
        raise Malformed(text)
    scaled = Decimal(text).scaleb(decimals)
    if abs(scaled) >= 10**18:
        raise Malformed(text)
    return int(scaled.to_integral_value(ROUND_HALF_UP))


@lru_cache(1 << 16)
def read_time(text):
    date = YEAR_FIRST.fullmatch(text) or MONTH_FIRST.fullmatch(text)
    clock = CLOCK.fullmatch(date["clock"]) if date else None
    if not clock:
        raise Malformed(text)
    year, hour = int(date["year"]), int(clock[1])
    year += 2000 if len(date["year"]) == 2 else 0
    if clock[4]:
        if not 1 <= hour <= 12:
            raise Malformed(text)
        hour = hour % 12 + (12 if clock[4] in "Pp" else 0)
    try:
        moment = datetime(year, int(date["month"]), int(date["day"]), hour, int(clock[2]), int(clock[3] or 0))
    except ValueError:
        raise Malformed(text) from None
    seconds = int((moment - EPOCH).total_seconds())
    # CHOICE: what 32 bits of whole years cannot hold is no time.
    if seconds <= 0 or year > 2105:
        raise Malformed(text)
    return seconds


def read_place(lon, lat):
    """A point, or None where there is none: empty, or 0,0."""
    if not lon or not lat:
        return None
    point = read_number(lon, 7), read_number(lat, 7)
    return None if point == (0, 0) else point


def read_code(text, most, words):
    if text.upper() in words:
        return words[text.upper()]
    # CHOICE: a code that is no code of the dictionary is "not given", and no reason to reject the row.
    try:
        code = read_number(text, 0)
    except Malformed:
        return 0
    return code if 1 <= code <= most else 0


def read_amount(text):
    if not text:
        return UNKNOWN
    amount = read_number(text, 2)
    # CHOICE: an amount that 32 bits cannot hold makes the row malformed.
    if not -2**31 < amount < 2**31:
        raise Malformed(text)
    return amount


def read_passengers(text):
    if not text:
        return UNKNOWN_PASSENGERS
    number = read_number(text, 0)
    if number < 0:
        raise Malformed(text)
    return number if number < 255 else UNKNOWN_PASSENGERS


def read_trip(line, columns, source, file, number):
    """A Trip whose pick-up is None,None where it has none. `columns`: our field -> index. Raises Malformed."""
    fields = split_fields(line)
    # CHOICE: a row must reach the last column that means something to us.
    if len(fields) <= max(columns.values()):
        raise Malformed(line)
    text = {name: fields[columns[name]] if name in columns else ""
            for name in COLUMNS if name not in ("source", "file", "line")}
    pickup = read_place(text["pickup_lon"], text["pickup_lat"]) or (None, None)
    dropoff = read_place(text["dropoff_lon"], text["dropoff_lat"])
    # CHOICE: a drop-off that lies nowhere on earth is unknown; one far from the city is kept.
    if dropoff is None or abs(dropoff[0]) > 180 * 10**7 or abs(dropoff[1]) > 90 * 10**7:
        dropoff = (UNKNOWN, UNKNOWN)
    uber_vendor = BASES.get(text["vendor"].upper(), 15) if text["vendor"] else 0
    return Trip(
        read_time(text["pickup_time"]),
        # CHOICE: a drop-off time may be empty, and is unknown then; one that does not parse makes the row malformed.
        read_time(text["dropoff_time"]) if text["dropoff_time"] else UNKNOWN_TIME,
        *pickup, *dropoff, read_amount(text["distance"]), *(read_amount(text[name]) for name in MONEY),
        read_passengers(text["passengers"]), read_code(text["payment"], 6, PAYMENTS), read_code(text["rate"], 6, {}),
        uber_vendor if source == "uber" else read_code(text["vendor"], 3, VENDORS), SOURCES[source], file, number)
