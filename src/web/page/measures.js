// What a map's colours may stand for, in words, and what the ends of their scale mean.
export const measures = [
  { key: "trips", name: "Trips", low: "few", high: "many" },
  { key: "mean:fare", name: "Mean fare", low: "low", high: "high" },
  { key: "mean:tip", name: "Mean tip", low: "low", high: "high" },
  { key: "mean:distance", name: "Mean distance", low: "short", high: "long" },
  { key: "mean:duration", name: "Mean duration", low: "short", high: "long" },
];

export const measureOf = (key) => measures.find((measure) => measure.key === key) ?? { key, name: key, low: "low", high: "high" };
