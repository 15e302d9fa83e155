// Pick-ups of the replay as sparks on a canvas over the map: each is seen for a moment. Who likes stillness sees the
// newest window's points without fading.
import { colorOf, likesStillness, onThemeChange } from "./theme.js";

const life_ms = 1400, radius_px = 2.2, most_points = 8000;

export function createLivePoints(map) {
  const container = map.getContainer();
  const canvas = document.createElement("canvas");
  canvas.className = "live-points";
  canvas.setAttribute("aria-hidden", "true");
  container.append(canvas);
  const pen = canvas.getContext("2d");
  let sparks = [], frame = 0, color = colorOf("spark"), zooming = false;

  function fit() {
    const scale = window.devicePixelRatio || 1, { clientWidth: width, clientHeight: height } = container;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
  }

  function draw(now) {
    frame = 0;
    fit();
    if (!likesStillness()) sparks = sparks.filter((spark) => now - spark.born < life_ms);
    if (zooming) return schedule();
    const scale = 2 ** map.getZoom(), corner = map.getPixelBounds().min;
    pen.fillStyle = color;
    for (const { x, y, born } of sparks) {
      const age = likesStillness() ? 0 : (now - born) / life_ms;
      if (age < 0) continue;
      pen.globalAlpha = 0.9 * (1 - age) ** 1.5;
      pen.beginPath();
      pen.arc(x * scale - corner.x, y * scale - corner.y, radius_px + 3 * Math.max(0, 0.15 - age), 0, 2 * Math.PI);
      pen.fill();
    }
    if (!likesStillness()) schedule();
  }
  function schedule() {
    if (frame === 0 && sparks.length > 0) frame = requestAnimationFrame(draw);
  }

  map.on("zoomstart", () => { zooming = true; });
  map.on("zoomend moveend move", () => {
    zooming = false;
    schedule();
  });
  map.on("resize", schedule);
  onThemeChange(() => {
    color = colorOf("spark");
    schedule();
  });
  return {
    /** [[lon, lat], ...], to appear one after the other within `spread_ms`. */
    add(points, spread_ms) {
      const now = performance.now();
      const born = (i) => now + spread_ms * i / points.length;
      const fresh = points.map(([lon, lat], i) => ({ ...map.project([lat, lon], 0), born: born(i) }));
      sparks = likesStillness() ? fresh : sparks.concat(fresh).slice(-most_points);
      schedule();
    },
    clear() {
      sparks = [];
      fit();
    },
  };
}
