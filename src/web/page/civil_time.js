// Times are New York's wall clock as published: seconds since 1970 with no zone, so that the hour of the day is exact.
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?$/;

export const minute_s = 60, hour_s = 3600, day_s = 86400;

const two = (number) => String(number).padStart(2, "0");

/** Seconds of a civil date and time; a month beyond 12 or a day beyond the month's last goes on counting. */
export function secondsOf(year, month = 1, day = 1, hour = 0) {
  return Date.UTC(year, month - 1, day, hour) / 1000;
}

/** Seconds of "2014-04-01", "2014-04-01T08:00" or "2014-04-01T08:00:30"; null for anything else. */
export function parseTime(text) {
  const parts = pattern.exec(text ?? "");
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0));
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return formatTime(seconds).startsWith(text.slice(0, 16)) ? seconds : null; // no 31 February
}

export function partsOf(seconds) {
  const date = new Date(seconds * 1000);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(), weekday: date.getUTCDay(),
  };
}

/** As requests have it: 2014-04-01T08:00:00. */
export function formatTime(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** The same without what is zero anyway: for addresses. */
export function shortTime(seconds) {
  return formatTime(seconds).replace(/:00$/, "").replace(/T00:00$/, "");
}

export const monthName = (seconds) => months[partsOf(seconds).month - 1];

export function sayDay(seconds) {
  const { year, day, weekday } = partsOf(seconds);
  return `${weekdays[weekday]} ${day} ${monthName(seconds)} ${year}`;
}

export function sayClock(seconds) {
  const { hour, minute, second } = partsOf(seconds);
  return second ? `${two(hour)}:${two(minute)}:${two(second)}` : `${two(hour)}:${two(minute)}`;
}

export function sayTime(seconds) {
  const { year, day } = partsOf(seconds);
  return `${day} ${monthName(seconds)} ${year}, ${sayClock(seconds)}`;
}

/** A half-open window in words: whole days by their first and last day. */
export function sayWindow(from, to) {
  if (from % day_s !== 0 || to % day_s !== 0) {
    const sameDay = Math.floor(from / day_s) === Math.floor((to - 1) / day_s);
    return `${sayDay(from)}, ${sayClock(from)} – ${sameDay ? sayClock(to) : sayTime(to)}`;
  }
  const last = to - day_s;
  if (last === from) return sayDay(from);
  const a = partsOf(from), b = partsOf(last);
  const start = a.year === b.year ? `${a.day} ${monthName(from)}` : `${a.day} ${monthName(from)} ${a.year}`;
  return `${start} – ${b.day} ${monthName(last)} ${b.year}`;
}
