// Trips by hour of the day.
import { make } from "./element.js";
import { sayTrips } from "./numbers.js";
import { colorOf, onThemeChange } from "./theme.js";

const clock = (hour) => `${String(hour).padStart(2, "0")}:00`;

function colorsOf(chart) {
  const [data] = chart.data.datasets, { x, y } = chart.options.scales;
  data.backgroundColor = colorOf("bar");
  data.hoverBackgroundColor = colorOf("accent");
  x.ticks.color = y.ticks.color = colorOf("quiet");
  y.grid.color = colorOf("line");
}

const options = {
  animation: false, maintainAspectRatio: false, responsive: true, interaction: { mode: "index", intersect: false },
  plugins: {
    legend: { display: false },
    tooltip: { displayColors: false, callbacks: {
      title: ([item]) => `${item.label} – ${clock((item.dataIndex + 1) % 24)}`, label: (item) => sayTrips(item.raw),
    } },
  },
  scales: {
    x: { grid: { display: false, drawBorder: false }, ticks: { maxRotation: 0, autoSkip: false, font: { size: 11 },
      callback: (value) => (value % 6 === 0 ? clock(value) : null) } },
    y: { beginAtZero: true, grid: { drawBorder: false }, ticks: { maxTicksLimit: 4, precision: 0, font: { size: 11 } } },
  },
};

export function createHoursChart() {
  const canvas = make("canvas", { role: "img" });
  const element = make("div", { class: "hours" }, canvas);
  let chart = null;
  onThemeChange(() => {
    if (!chart) return;
    colorsOf(chart);
    chart.update();
  });
  return {
    element,
    show(hours) {
      chart ??= new Chart(canvas, { type: "bar", options, data: {
        labels: hours.map((_, hour) => clock(hour)), datasets: [{ data: [], categoryPercentage: 1, barPercentage: 0.84 }] } });
      chart.data.datasets[0].data = hours;
      colorsOf(chart);
      chart.update();
      const most = hours.indexOf(Math.max(...hours));
      canvas.setAttribute("aria-label", `Trips by hour of the day; most, ${sayTrips(hours[most])}, from ${clock(most)}.`);
      element.dataset.hours = JSON.stringify(hours);
    },
  };
}
