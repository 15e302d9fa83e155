// What a map's colours may stand for, in words, and how its values are said.
import { sayCount, sayDuration, sayMiles, sayMoney } from "./numbers.js";

export const measures = [
  { key: "trips", name: "Trips", low: "few", high: "many", say: sayCount },
  { key: "mean:fare", name: "Mean fare", column: "mean_fare", low: "low", high: "high", say: sayMoney },
  { key: "mean:tip", name: "Mean tip", column: "mean_tip", low: "low", high: "high", say: sayMoney },
  { key: "mean:distance", name: "Mean distance", column: "mean_distance", low: "short", high: "long", say: sayMiles },
  { key: "mean:duration", name: "Mean duration", column: "mean_duration", low: "short", high: "long", say: sayDuration },
];

export const measureOf = (key) => measures.find((measure) => measure.key === key) ?? { key, name: key, low: "low", high: "high" };
