-- wrk: what a map page asks: the nearest of an hour, the rides of some blocks in a day, and hours of the day of a box.
local requests = 4096 -- made beforehand, so that making them is no load
local texts = {}
local next_one = 0

function init(arguments)
    math.randomseed(tonumber(arguments[1]) or 1)
    for i = 1, requests do
        local lon, lat = -74.02 + 0.08 * math.random(), 40.70 + 0.09 * math.random()
        local day, hour = math.random(1, 29), math.random(0, 22)
        local box = string.format("%.4f,%.4f,%.4f,%.4f", lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02)
        local kind, path = math.random(1, 10)
        if kind <= 6 then
            path = string.format("/api/nearest?at=%.6f,%.6f&k=10&from=2014-04-%02dT%02d:00&to=2014-04-%02dT%02d:00",
                lon, lat, day, hour, day, hour + 1)
        elseif kind <= 8 then
            path = string.format("/api/range?box=%s&limit=20&from=2014-04-%02d&to=2014-04-%02d", box, day, day + 1)
        else
            path = string.format("/api/aggregate?by=hour&measure=trips&box=%s", box)
        end
        texts[i] = wrk.format("GET", path)
    end
end

function request()
    next_one = next_one % requests + 1
    return texts[next_one]
end

function done(summary, latency, requests_made)
    local errors = summary.errors
    io.write(string.format("%.0f requests a second, p50 %.2f ms, p99 %.2f ms, errors %d\n",
        summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
