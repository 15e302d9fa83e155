-- wrk: map tiles over Manhattan and around, of one zoom (ZOOM=11) or, without it, of 10 to 16 as somebody wanders about.
local paths = {}
local next_one = 0

local function tile_at(lon, lat, zoom)
    local side = 2 ^ zoom
    local phi = math.rad(lat)
    local x = math.floor((lon + 180) / 360 * side)
    local y = math.floor((1 - math.log(math.tan(phi) + 1 / math.cos(phi)) / math.pi) / 2 * side)
    return string.format("/tiles/%d/%d/%d.png", zoom, x, y)
end

function init(arguments)
    math.randomseed(tonumber(arguments[1]) or 1)
    local zoom = tonumber(os.getenv("ZOOM") or "")
    for i = 1, 4096 do
        local lon, lat = -74.02 + 0.10 * math.random(), 40.70 + 0.10 * math.random()
        paths[i] = wrk.format("GET", tile_at(lon, lat, zoom or math.random(10, 16)))
    end
end

function request()
    next_one = next_one % #paths + 1
    return paths[next_one]
end
