// How numbers are shown. The exact value always stays in a data attribute or a title.
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const oneDigit = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToOneDigit = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const sayCount = (count) => whole.format(count);
export const sayMoney = (dollars) => money.format(dollars);
export const sayMiles = (miles) => `${twoDigits.format(miles)} mi`;

export function sayTrips(count) {
  return count === 1 ? "1 trip" : `${sayCount(count)} trips`;
}

export function sayMetres(metres) {
  return metres < 1000 ? `${oneDigit.format(metres)} m` : `${twoDigits.format(metres / 1000)} km`;
}

export function sayDuration(seconds) {
  if (seconds < 60) return `${whole.format(seconds)} s`;
  return seconds < 5400 ? `${upToOneDigit.format(seconds / 60)} min` : `${upToOneDigit.format(seconds / 3600)} h`;
}

/** Degrees to 5 digits, about a metre. */
export function sayPoint([lon, lat]) {
  const north = `${Math.abs(lat).toFixed(5)}° ${lat < 0 ? "S" : "N"}`;
  return `${north}, ${Math.abs(lon).toFixed(5)}° ${lon < 0 ? "W" : "E"}`;
}
