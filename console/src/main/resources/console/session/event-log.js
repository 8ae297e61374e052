import { t } from '../messages/messages.js';
import { continued } from './continued.js';
import { dropped, noticeWords } from './note-words.js';
import { WATCH_ANSWERS, rowsOf } from './rows.js';

/** Number of newest events to search: no other events arrive while a source is disconnected. */
const TROUBLE_BACK = 5;
/** Notice that ends the trouble of a source. */
const BACK = /(?: is back| reconnected)\.$/;

/** Names of questions that the API and agents ask beside the session's own, about any moment. */
const BESIDE = new Set(['API', 'Agent']);

/**
 * The service's notice about a source in trouble.
 *
 * @param {StatusEvent} event
 * @param {string} before the previous notice
 * @returns {string} empty when all is well
 */
export function troubleOf({ detail }, before) {
  if (!detail || BACK.test(detail)) {
    return '';
  }
  return dropped(detail) ? before : detail;
}

/**
 * @param {string} trouble
 * @param {number} at when it was published, in milliseconds of `Date`
 * @returns {string} the notice with its present wait
 */
function countedDown(trouble, at) {
  return noticeWords(trouble).replace(/(?:Trying again in|The next attempt is in) (\d+) s\./, (_, seconds) => {
    const left = Math.ceil((at + Number(seconds) * 1000 - Date.now()) / 1000);
    return left > 0 ? t('session.tryingAgainIn', { left }) : t('session.tryingAgainNow');
  });
}

/** The known events of a session, in order, each once. */
export class EventLog {
  /** @param {boolean} [live] whether its video is live */
  constructor(live = false) {
    this.#live = live;
  }

  #live;
  /** @type {SessionEvent[]} `events` as the service sent them */
  #sent = [];
  /** @type {SessionEvent[]} */
  events = [];
  /** @type {import('./rows.js').Row[]} */
  rows = [];
  /** @type {ResultEvent[]} */
  results = [];
  /** @type {string[]} names of the present questions, where there are several */
  names = [];
  /** When the first picture of each run of a live video arrived, in milliseconds of `Date`; by the run's number. */
  #began = new Map();
  /** Wall-clock time of second 0 of each look-back on live video, likewise. */
  #pastBegan = new Map();

  /**
   * Adds events in any order; known ones are ignored.
   *
   * @param {SessionEvent[]} events
   */
  add(events) {
    const last = this.#sent.at(-1)?.seq ?? 0;
    if (events.every((e, i) => e.seq > (i === 0 ? last : events[i - 1].seq))) {
      this.#sent = [...this.#sent, ...events];
    } else {
      const bySeq = new Map([...this.#sent, ...events].map((e) => [e.seq, e]));
      this.#sent = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    }
    this.events = this.#live ? continued(this.#sent) : this.#sent;
    this.results = this.events.filter((e) => e.type === 'result');
    this.#began.clear();
    this.#pastBegan.clear();
    for (const result of this.results) {
      const run = result.run ?? 0;
      const { start_at, start_seconds } = result.clip;
      if (result.lookback && start_at && !this.#pastBegan.has(run)) {
        this.#pastBegan.set(run, Date.parse(start_at) - start_seconds * 1000);
      }
    }
    for (const result of this.#own) {
      const run = result.run ?? 0;
      if (!result.lookback && !this.#began.has(run)) {
        this.#began.set(run, Date.parse(result.at) - result.clip.end_seconds * 1000 - result.total_latency_ms);
      }
    }
    this.rows = rowsOf(this.events, this.names);
  }

  /** @param {DeliveredEvent} how a result was stored and sent */
  delivered({ result_seq: seq, store_ms, deliver_ms }) {
    const result = this.results.findLast((r) => r.seq === seq);
    if (result) {
      result.delivery = { store_ms, deliver_ms };
    }
  }

  /**
   * Discards the oldest events.
   *
   * @param {number} most to keep
   * @returns {boolean} whether there were more
   */
  trim(most) {
    const more = this.events.length > most;
    if (more) {
      const kept = this.#sent.slice(-most);
      this.#sent = [];
      this.add(kept);
    }
    return more;
  }

  /**
   * @param {number} ms
   * @returns {number} number of events up to this long before the newest
   */
  countWithin(ms) {
    const since = Date.parse(this.events.at(-1)?.at ?? '') - ms;
    return this.events.length - 1 - this.events.findLastIndex(({ at }) => Date.parse(at) < since);
  }

  /** Number of the oldest event here; 0 when there is none. */
  get firstSeq() {
    return this.events[0]?.seq ?? 0;
  }

  /** The service's notice about the source since the newest answer; empty when all is well. */
  get trouble() {
    let trouble = '';
    let at = 0;
    for (const event of this.events.slice(-TROUBLE_BACK)) {
      const before = trouble;
      trouble = event.type === 'status' ? troubleOf(event, trouble) : '';
      at = trouble === before ? at : Date.parse(event.at);
    }
    return countedDown(trouble, at);
  }

  /**
   * When the first picture of the newest run of a live video arrived, in milliseconds of `Date`; derived from any answer,
   * even where the beginning of the log is missing.
   *
   * @returns {number | undefined}
   */
  get firstPictureAt() {
    const first = [...this.#began.values()].at(-1) ?? [...this.#pastBegan.values()].at(-1);
    if (first !== undefined) {
      return first;
    }
    const began = this.events.find((e) => e.type === 'status' && e.status === 'streaming');
    return began && Date.parse(began.at);
  }

  /**
   * Places the runs of a live video on one time axis, which begins with the newest run.
   *
   * @param {ResultEvent} result
   * @returns {number} seconds from the first picture of the newest run to that of the result's run; 0 or negative
   */
  offsetOf({ run = 0 }) {
    const began = this.#began.get(run) ?? this.#pastBegan.get(run);
    return began === undefined ? 0 : (began - (this.firstPictureAt ?? began)) / 1000;
  }

  /**
   * The result for a moment of the video: the last one that starts at or before it; of several that start together, the
   * newest.
   *
   * @param {number} seconds
   * @param {boolean} running if so, results of earlier passes through the video are ignored
   * @param {boolean} [live] if so, the runs follow each other on one time axis
   * @returns {ResultEvent | undefined}
   */
  at(seconds, running, live = false) {
    if (live) {
      return latestAt(this.#own, seconds, (result) => startOf(result) + this.offsetOf(result));
    }
    return latestAt(running ? this.#lastPass() : this.#own, seconds);
  }

  /** Answers to the session's own questions; all of them where it has none. */
  get #own() {
    const own = this.results.filter(({ name = '', lookback }) => !lookback && !BESIDE.has(name) && !name.startsWith(WATCH_ANSWERS));
    return own.length > 0 ? own : this.results;
  }

  #lastPass() {
    const own = this.#own;
    let first = own.length - 1;
    while (first > 0 && startOf(own[first - 1]) <= startOf(own[first])) {
      first--;
    }
    return own.slice(Math.max(0, first));
  }
}

/** @param {ResultEvent} result */
function startOf(result) {
  return result.clip.start_seconds;
}

/**
 * @param {ResultEvent[]} results
 * @param {number} seconds
 * @param {(result: ResultEvent) => number} [start]
 */
function latestAt(results, seconds, start = startOf) {
  /** @type {ResultEvent | undefined} */
  let found;
  // A player that seeks to a result's start lands a few microseconds beside it.
  const until = seconds + 0.02;
  for (const result of results) {
    if (start(result) <= until && (!found || start(result) >= start(found))) {
      found = result;
    }
  }
  return found;
}
