// The bars of the time: a chart of trips by hour, day or month; those in the chosen window are bright.
import { labelsOf, sayBin } from "./bins.js";
import { make } from "./element.js";
import { sayTrips } from "./numbers.js";
import { colorOf, onThemeChange } from "./theme.js";

const label_px = 64;

function optionsFor(look) {
  return {
    animation: false, maintainAspectRatio: false, responsive: true, events: [], layout: { padding: { left: 0, right: 0, top: 4 } },
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
    scales: {
      x: {
        grid: { display: false, drawBorder: false },
        ticks: { autoSkip: false, maxRotation: 0, align: "start", font: { size: 11 }, color: () => look.quiet,
          callback(value) { return this.ticksSaid?.get(value) ?? null; } },
        afterBuildTicks(axis) {
          if (!look.bins) return;
          const labels = labelsOf(look.bins, Math.max(2, Math.floor(axis.chart.width / label_px)));
          axis.ticksSaid = new Map(labels);
          axis.ticks = labels.map(([value]) => ({ value }));
        },
      },
      y: { display: false, beginAtZero: true },
    },
  };
}

/** `onLayout` is told the chart's area whenever it may have moved. */
export function createTimeBars(onLayout) {
  const canvas = make("canvas", { role: "img", "aria-label": "Trips over time" });
  const look = { bins: null, counts: [], inside: () => true };
  const readColors = () => Object.assign(look, { bar: colorOf("bar"), dim: colorOf("bar-dim"), quiet: colorOf("quiet") });
  readColors();
  let chart = null;
  const start = () => new Chart(canvas, {
    type: "bar", options: optionsFor(look), plugins: [{ id: "layout", afterLayout: ({ chartArea }) => onLayout(chartArea) }],
    data: { labels: [], datasets: [{ data: [], categoryPercentage: 1, minBarLength: 1,
      backgroundColor: ({ dataIndex }) => (look.inside(dataIndex) ? look.bar : look.dim) }] },
  });
  onThemeChange(() => {
    readColors();
    chart?.update();
  });
  return {
    canvas,
    show(bins, counts) {
      chart ??= start();
      Object.assign(look, { bins, counts });
      chart.data.labels = counts.map((_, i) => i);
      Object.assign(chart.data.datasets[0], { data: counts.map((count) => count || null), barPercentage: counts.length > 150 ? 1 : 0.86 });
      chart.update();
      const total = counts.reduce((sum, count) => sum + count, 0);
      canvas.setAttribute("aria-label", `Trips by ${bins.unit}, ${sayTrips(total)} in all.`);
      canvas.dataset.unit = bins.unit;
      canvas.dataset.counts = JSON.stringify(counts);
    },
    /** Bars whose middle is between two places (in bars from the left) are bright. */
    lightBetween(from, to) {
      look.inside = (i) => i + 0.5 > from && i + 0.5 < to;
      chart?.update();
    },
    say(i) {
      return look.bins && look.counts[i] !== undefined ? `${sayBin(look.bins, i)}: ${sayTrips(look.counts[i])}` : "";
    },
  };
}
