-- wrk: the ten nearest pick-ups of an hour in April 2014, each time at another place of Manhattan and another hour.
local places = 4096 -- requests, made beforehand so that making them is no load
local paths = {}
local next_one = 0

function init(arguments)
    math.randomseed(tonumber(arguments[1]) or 1)
    for i = 1, places do
        local lon = -74.02 + 0.08 * math.random()
        local lat = 40.70 + 0.09 * math.random()
        local day, hour = math.random(1, 30), math.random(0, 22)
        local path = string.format("/api/nearest?at=%.6f,%.6f&k=10&from=2014-04-%02dT%02d:00&to=2014-04-%02dT%02d:00",
            lon, lat, day, hour, day, hour + 1)
        paths[i] = wrk.format("GET", path)
    end
end

function request()
    next_one = next_one % places + 1
    return paths[next_one]
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format("%.0f requests a second, p50 %.2f ms, p99 %.2f ms, errors %d\n",
        summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
