/**
 * What the list shows, in the order it happened.
 *
 * @typedef {{kind: 'result', seq: number, event: ResultEvent}} ResultRow
 * @typedef {{kind: 'prompt', seq: number, prompt: string}} PromptRow
 * @typedef {{kind: 'note', seq: number, text: string, tone: 'plain' | 'bad'}} NoteRow
 * @typedef {ResultRow | PromptRow | NoteRow} Row
 */

/**
 * Ends that need no sentence.
 *
 * @type {Record<string, string>}
 */
const USUAL_ENDS = {
  '': 'Ended',
  'The video ended.': 'End of the video',
  'Stopped on request.': 'Stopped',
};
/** A source that is away tells so at least every half minute, so that its last words are among these. */
const TROUBLE_BACK = 5;
const DROPPED = /^(\d+) clips? dropped, newest kept$/;

/** What was told before is over. */
const BACK = / is back\.$/;

/**
 * What the service says of a source that is not well.
 *
 * @param {StatusEvent} event
 * @param {string} before what it said last
 * @returns {string} empty when all is well
 */
export function troubleOf({ detail }, before) {
  if (!detail || BACK.test(detail)) {
    return '';
  }
  return DROPPED.test(detail) ? before : detail;
}

/** The events of a session that this page knows, in order, each once. */
export class EventLog {
  /** @type {SessionEvent[]} */
  events = [];
  /** @type {Row[]} */
  rows = [];
  /** @type {ResultEvent[]} */
  results = [];

  /**
   * Takes events in any order; those that are known already are left out.
   *
   * @param {SessionEvent[]} events
   */
  add(events) {
    const last = this.events.at(-1)?.seq ?? 0;
    if (events.every((e, i) => e.seq > (i === 0 ? last : events[i - 1].seq))) {
      this.events = [...this.events, ...events];
    } else {
      const bySeq = new Map([...this.events, ...events].map((e) => [e.seq, e]));
      this.events = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    }
    this.results = this.events.filter((e) => e.type === 'result');
    this.rows = rowsOf(this.events);
  }

  /**
   * Forgets the oldest events.
   *
   * @param {number} most that stay
   * @returns {boolean} whether there were more
   */
  trim(most) {
    const more = this.events.length > most;
    if (more) {
      const kept = this.events.slice(-most);
      this.events = [];
      this.add(kept);
    }
    return more;
  }

  /** The number of the oldest event here, 0 when there is none. */
  get firstSeq() {
    return this.events[0]?.seq ?? 0;
  }

  /** What the service says of the source since the newest answer; empty when all is well. */
  get trouble() {
    let trouble = '';
    for (const event of this.events.slice(-TROUBLE_BACK)) {
      trouble = event.type === 'status' ? troubleOf(event, trouble) : '';
    }
    return trouble;
  }

  /**
   * When the first picture of a live video came, in milliseconds of `Date`; every answer tells it,
   * also where the beginning of the log is not here.
   *
   * @returns {number | undefined}
   */
  get firstPictureAt() {
    const [result] = this.results;
    if (result) {
      return Date.parse(result.at) - result.clip.end_seconds * 1000 - result.total_latency_ms;
    }
    const began = this.events.find((e) => e.type === 'status' && e.status === 'streaming');
    return began && Date.parse(began.at);
  }

  /**
   * The result that belongs to a moment of the video: the last one that starts at or before it, of
   * several that start together the newest.
   *
   * @param {number} seconds
   * @param {boolean} running then what an earlier pass through the video said is history
   * @returns {ResultEvent | undefined}
   */
  at(seconds, running) {
    return latestAt(running ? this.#lastPass() : this.results, seconds);
  }

  #lastPass() {
    let first = this.results.length - 1;
    while (first > 0 && startOf(this.results[first - 1]) <= startOf(this.results[first])) {
      first--;
    }
    return this.results.slice(Math.max(0, first));
  }
}

/** @param {ResultEvent} result */
function startOf(result) {
  return result.clip.start_seconds;
}

/**
 * @param {ResultEvent[]} results
 * @param {number} seconds
 */
function latestAt(results, seconds) {
  /** @type {ResultEvent | undefined} */
  let found;
  // A player that was told to go to a result's start lands a few microseconds beside it.
  const until = seconds + 0.02;
  for (const result of results) {
    if (startOf(result) <= until && (!found || startOf(result) >= startOf(found))) {
      found = result;
    }
  }
  return found;
}

/**
 * A prompt is announced where it changes. Answers that were under way when it changed still carry the
 * one before and announce nothing.
 *
 * @param {SessionEvent[]} events
 * @returns {Row[]}
 */
function rowsOf(events) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {string | undefined} */
  let prompt;
  /** @type {string | undefined} */
  let promptBefore;

  /** Where the prompt of a run stands: above what happened before its first answer. */
  let runStart = 0;

  /** @param {number} seq @param {string} next */
  const announce = (seq, next) => {
    const at = prompt === undefined ? runStart : rows.length;
    promptBefore = prompt;
    prompt = next;
    rows.splice(at, 0, { kind: 'prompt', seq, prompt: next });
  };

  for (const event of events) {
    switch (event.type) {
      case 'prompt_updated':
        if (event.prompt !== prompt) {
          announce(event.seq, event.prompt);
        }
        break;
      case 'result':
        if (event.prompt !== prompt && event.prompt !== promptBefore) {
          announce(event.seq - 0.5, event.prompt);
        }
        rows.push({ kind: 'result', seq: event.seq, event });
        break;
      case 'status':
        // How it ended is told by the event that follows.
        if (event.detail && (event.status === 'streaming' || event.status === 'waiting')) {
          note(rows, event.seq, event.detail);
        } else if (!event.detail && event.status === 'streaming') {
          prompt = promptBefore = undefined;
          runStart = rows.length;
        }
        break;
      case 'end':
        rows.push({
          kind: 'note',
          seq: event.seq,
          text: endWords(event),
          tone: event.status === 'failed' ? 'bad' : 'plain',
        });
        break;
    }
  }
  return rows;
}

/**
 * Adds what happened; drops that follow each other become one line.
 *
 * @param {Row[]} rows
 * @param {number} seq
 * @param {string} text
 */
function note(rows, seq, text) {
  const last = rows.at(-1);
  const more = DROPPED.exec(text);
  const before = last?.kind === 'note' ? DROPPED.exec(last.text) : null;
  if (more && before && last?.kind === 'note') {
    const clips = Number(before[1]) + Number(more[1]);
    rows[rows.length - 1] = { ...last, text: `${clips} clips dropped, newest kept` };
  } else {
    rows.push({ kind: 'note', seq, text, tone: 'plain' });
  }
}

/** @param {EndEvent} event */
function endWords(event) {
  switch (event.status) {
    case 'finished':
    case 'stopped':
      return USUAL_ENDS[event.reason ?? ''] ?? event.reason;
    default:
      return `Failed: ${reasonWords(event.reason)}`;
  }
}

/**
 * @param {string | null | undefined} reason why a session failed, as the API has it
 * @returns {string} a sentence
 */
export function reasonWords(reason) {
  if (reason === 'interrupted') {
    return 'The service was restarted while it ran. Start it again.';
  }
  return reason || 'The service gave no reason.';
}
