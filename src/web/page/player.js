// A window replayed at a speed. To pause is to leave the stream; to go on is to ask again from where it was.
import { begin as beginWork, fail, succeed } from "./activity.js";
import { queryOf, Refused, Superseded } from "./api.js";
import { parseTime } from "./civil_time.js";
import { readEvents } from "./event_stream.js";

const subject = "events";
const looks_per_s = 8;     // how often the counts change, at the least
const points_per_look = 250;
const lengths_s = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/** Windows that divide a day, so that going on in the middle finds the same ones. */
export function windowLength(speed) {
  return lengths_s.find((length) => length >= speed / looks_per_s) ?? lengths_s[lengths_s.length - 1];
}

const nothing = () => ({ trips: 0, sources: {}, fares: 0, known: 0 });

function add(counts, window) {
  counts.trips += window.trips;
  for (const [name, trips] of Object.entries(window.sources)) counts.sources[name] = (counts.sources[name] ?? 0) + trips;
  counts.fares += Math.round(window.fares.sum * 100); // cents: their sum is exact
  counts.known += window.fares.known;
}

/** `onChange` is called with the player whenever something of it changes, and with the newest window, if there is one. */
export function createPlayer(onChange) {
  let control = null;
  const player = {
    phase: "stopped", // playing, paused, ended
    from: 0, to: 0, at: 0, counts: nothing(), last: null,
    start(from, to, request) {
      Object.assign(player, { from, to, at: from, counts: nothing(), last: null });
      player.resume(request);
    },
    resume(request) {
      control?.abort(new Superseded());
      control = new AbortController();
      player.phase = "playing";
      onChange(player, null);
      follow(control, request);
    },
    pause() {
      control?.abort(new Superseded());
      player.phase = "paused";
      onChange(player, null);
    },
    stop() {
      control?.abort(new Superseded());
      player.phase = "stopped";
      succeed(subject);
      onChange(player, null);
    },
  };

  function take(window) {
    add(player.counts, window);
    player.last = window;
    player.at = parseTime(window.to);
    onChange(player, window);
  }

  async function follow(mine, request) {
    const { speed, ...filters } = request;
    const query = queryOf({ ...filters, from: player.at, to: player.to, speed, every: `${windowLength(speed)}s`, points: points_per_look });
    const started = beginWork(subject, "Starting the replay");
    try {
      for await (const { event, data } of readEvents(subject, `/events?${query}`, mine)) {
        started();
        if (mine.signal.aborted) return;
        if (event === "window") take(JSON.parse(data));
        if (event === "end") {
          player.phase = "ended";
          player.at = player.to;
          succeed(subject);
          onChange(player, null);
          return;
        }
      }
      throw new Refused("The replay broke off: the server ended the stream.", 0);
    } catch (problem) {
      if (problem instanceof Superseded || mine.signal.aborted && !(mine.signal.reason instanceof Refused)) return;
      if (!(problem instanceof Refused)) throw problem;
      player.phase = "paused";
      onChange(player, null);
      fail(subject, problem.message, () => player.resume(request));
    } finally {
      started();
    }
  }
  return player;
}
