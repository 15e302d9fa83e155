"""Apache Sedona on Spark with two threads answers the mixed requests, over a table in memory.
    python3 sedona_requests.py STORE REQUESTS OUR_ANSWERS SCRATCH_FOLDER"""
import os
import sys

import pyarrow
import pyarrow.parquet
import sql_turns
from request_sql import Sedona
from sedona.spark import SedonaContext
from store_columns import read_columns

store, requests, answers, scratch = sys.argv[1:]
JARS = "org.apache.sedona:sedona-spark-shaded-3.5_2.12:1.8.0"  # from Maven Central; the version of the Python package
table = f"{scratch}/trips.parquet"
if not os.path.exists(table):
    columns = {name: column.astype("int32") if column.dtype.kind in "iu" else column
               for name, column in read_columns(store).items()}
    pyarrow.parquet.write_table(pyarrow.table(columns), table, row_group_size=250_000)
spark = SedonaContext.create(
    SedonaContext.builder().master("local[2]").config("spark.jars.packages", JARS).config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "6g").config("spark.sql.shuffle.partitions", "2").config("spark.log.level", "ERROR")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.local.dir", scratch).config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1").getOrCreate())
places = [f"CASE WHEN isnan({e}x) THEN NULL ELSE ST_Point(double({e}x), double({e}y)) END AS {end}_place"
          for e, end in (("p", "pickup"), ("d", "dropoff"))]
spark.read.parquet(table).selectExpr("*", *places).cache().createOrReplaceTempView("trips")
spark.sql("SELECT count(*) FROM trips").collect()
sql_turns.run("Sedona", Sedona(), lambda text: spark.sql(text).collect(), requests, answers)
