"""The layout of 2014, for those who must be told it: a line of header, then 18 columns."""
COLUMNS = ["vendor", "pickup", "dropoff", "passengers", "distance", "pickup_lon", "pickup_lat", "rate", "stored", "dropoff_lon",
           "dropoff_lat", "payment", "fare", "surcharge", "tax", "tip", "tolls", "total"]
TIMES = ["pickup", "dropoff"]
TEXTS = ["vendor", "stored", "payment"]
WANTED = ["pickup", "dropoff", "pickup_lon", "pickup_lat", "dropoff_lon", "dropoff_lat", "passengers", "distance", "fare", "tip",
          "tolls", "total"]
