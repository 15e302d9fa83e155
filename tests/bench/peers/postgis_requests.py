"""PostGIS answers the mixed requests.
    python3 postgis_requests.py SOCKET_FOLDER DATABASE REQUESTS OUR_ANSWERS"""
import sys

import sql_turns
from postgis_table import connect
from request_sql import Postgis

socket, database, requests, answers = sys.argv[1:]
cursor = connect(socket, database).cursor()


def ask(text):
    cursor.execute(text)
    return cursor.fetchall()


ask("SELECT count(*) FROM trips")  # into the buffers
sql_turns.run("PostGIS", Postgis(), ask, requests, answers)
