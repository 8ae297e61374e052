import { t } from '../messages/messages.js';
import { length } from '../watches/watch-words.js';
import { settingsWords } from './settings-words.js';
import { dropped, droppedWords, endWords, noticeWords, unchangedWords } from './note-words.js';

/**
 * Rows of the list, in chronological order. `questions` rows exist where there are several questions, `run` rows where
 * there are several runs.
 *
 * @typedef {{kind: 'result', seq: number, event: ResultEvent}} ResultRow
 * @typedef {{kind: 'prompt', seq: number, prompt: string}} PromptRow
 * @typedef {{kind: 'questions', seq: number, asked: Map<string, string>}} QuestionsRow
 * @typedef {{kind: 'note', seq: number, text: string, tone: 'plain' | 'bad', attempt?: boolean,
 *     dropped?: import('./note-words.js').Dropped}} NoteRow
 * @typedef {{kind: 'run', seq: number, run: number, at: string, past?: boolean}} RunRow `at` is the time of its first event here; `past` where it is a look-back
 * @typedef {{kind: 'unchanged', seq: number, text: string, parts: Map<string, UnchangedEvent>}} UnchangedRow
 * @typedef {ResultRow | PromptRow | QuestionsRow | NoteRow | UnchangedRow | RunRow} Row
 */

/**
 * @param {SessionEvent[]} events
 * @param {string[]} names of the present questions
 * @returns {Row[]}
 */
export function rowsOf(events, names) {
  const rows = new Rows(names, events.at(-1));
  /** @type {Map<number, SessionEvent[]>} */
  const past = new Map();
  const ofPast = new Set(events.filter((event) => 'lookback' in event).map((event) => event.run));
  const isPast = (/** @type {SessionEvent} */ event) => ofPast.has(event.run);
  for (const event of events) {
    if (isPast(event)) {
      const run = event.run ?? 0;
      const own = past.get(run);
      if (own) {
        own.push(event);
      } else {
        past.set(run, [event]);
      }
    } else {
      rows.add(event);
    }
  }
  const [first] = events.filter((event) => !isPast(event));
  const all = first && rows.all.some((row) => row.kind === 'run') ? [runRow(first), ...rows.all] : rows.all;
  return past.size > 0 ? withPast(all, past) : all;
}

/**
 * Puts the answers of each look-back together, where it began.
 *
 * @param {Row[]} rows
 * @param {Map<number, SessionEvent[]>} past
 * @returns {Row[]}
 */
function withPast(rows, past) {
  const all = [...rows];
  for (const events of past.values()) {
    const block = new Rows([]);
    events.forEach((event) => block.add(event));
    const heading = { ...runRow(events[0]), past: true };
    const at = all.findIndex((row) => row.seq > heading.seq);
    all.splice(at < 0 ? all.length : at, 0, heading, ...block.all);
  }
  return all;
}

/**
 * @param {SessionEvent} first event of the run
 * @returns {RunRow}
 */
function runRow({ seq, run = 0, at }) {
  return { kind: 'run', seq: seq - 0.75, run, at };
}

/** Notice about an attempt to reach a camera. */
const ATTEMPT = / *(?:Trying again in|The next attempt is in) \d+ s\.$/;

/** Start of the names of answers that watches ask for: they are on the timeline, not among the questions. */
export const WATCH_ANSWERS = 'watch: ';

class Rows {
  /**
   * @param {string[]} names
   * @param {SessionEvent} [newest] event of the session
   */
  constructor(names, newest) {
    this.#names = names;
    this.#newest = newest;
  }

  #names;
  #newest;
  /** @type {Row[]} */
  all = [];
  /** Position of a run's question: above everything that happened before its first answer. */
  #runStart = 0;
  /** @type {string | undefined} */
  #prompt;
  /** @type {string | undefined} */
  #promptBefore;
  /** @type {QuestionsRow | undefined} */
  #questions;
  /** @type {Map<string, string> | undefined} */
  #questionsBefore;
  /** @type {Map<number, ResultEvent>} */
  #results = new Map();
  /** @type {UnchangedRow[]} */
  #unchanged = [];
  #run = 0;
  /** @type {Map<string, Row>} the rows that report the ends of incidents, by the incidents' ids */
  #over = new Map();
  /** Start of the first clip with the question above; late answers to the question before are older. */
  #firstClip = Infinity;

  /** @param {SessionEvent} event */
  add(event) {
    if ((event.run ?? 0) > this.#run) {
      if (this.#run > 0) {
        this.all.push(runRow(event));
      }
      this.#run = event.run ?? 0;
      this.#begin();
    }
    switch (event.type) {
      case 'prompt_updated':
        if (event.name === undefined) {
          this.#ask(event.seq, event.prompt);
        } else if (this.#questions) {
          this.#askAll(event.seq, new Map(this.#questions.asked).set(event.name, event.prompt));
        }
        break;
      case 'settings_updated':
        this.#settings(event);
        break;
      case 'result':
        if (!event.name?.startsWith(WATCH_ANSWERS)) {
          this.#result(event);
        }
        break;
      case 'unchanged':
        this.#stillHolds(event);
        break;
      case 'status':
        this.#status(event);
        break;
      case 'resumed_on':
        this.#note(event.seq, t('session.resumedOn', { node: event.node, gap: length(event.gap_seconds) }), 'plain');
        break;
      case 'incident.opened':
        this.#note(event.seq, t('session.incidentWatch', { watch: event.incident.watch }), 'bad');
        break;
      case 'incident.updated':
      case 'incident.ended':
        this.#incident(event);
        break;
      case 'end':
        this.#note(event.seq, endWords(event, event === this.#newest), event.status === 'failed' ? 'bad' : 'plain');
        break;
    }
  }

  /**
   * Adds a row for a prompt where it changes. Late answers to the previous prompt stay below that one.
   *
   * @param {ResultEvent} event
   */
  #result(event) {
    this.#results.set(event.seq, event);
    const { name, prompt, seq } = event;
    if (name === undefined) {
      if (prompt !== this.#prompt && prompt === this.#promptBefore && event.clip.start_seconds < this.#firstClip) {
        this.#late(event);
        return;
      }
      this.#ask(seq - 0.5, prompt);
      this.#firstClip = Math.min(this.#firstClip, event.clip.start_seconds);
    } else if (!this.#questions) {
      this.#askAll(seq - 0.5, new Map([[name, prompt]]));
    } else if (this.#questionsBefore?.get(name) !== prompt) {
      const { asked } = this.#questions;
      const now = this.#names;
      if (!asked.has(name) && now.includes(name) && [...asked.keys()].some((n) => !now.includes(n))) {
        // Stored results alone don't show that the questions were changed.
        this.#askAll(seq - 0.5, new Map([...asked].filter(([n]) => now.includes(n))).set(name, prompt));
      } else if (!asked.has(name)) {
        asked.set(name, prompt); // the first answers of a run arrive one by one
      } else if (asked.get(name) !== prompt) {
        this.#askAll(seq - 0.5, new Map(asked).set(name, prompt));
      }
    }
    this.all.push({ kind: 'result', seq, event });
  }

  /**
   * An answer to the previous question that arrived after the change.
   *
   * @param {ResultEvent} event
   */
  #late(event) {
    const heading = this.all.findLastIndex((row) => row.kind === 'prompt');
    this.all.splice(Math.max(0, heading), 0, { kind: 'result', seq: event.seq, event });
  }

  /** A run begins: show its question again. */
  #begin() {
    this.#prompt = this.#promptBefore = undefined;
    this.#questions = undefined;
    this.#questionsBefore = undefined;
    this.#firstClip = Infinity;
    this.#runStart = this.all.length;
  }

  /** @param {number} seq @param {string} prompt */
  #ask(seq, prompt) {
    if (prompt !== this.#prompt) {
      this.#firstClip = Infinity;
      this.#promptBefore = this.#prompt;
      this.#announce({ kind: 'prompt', seq, prompt });
      this.#prompt = prompt;
      this.#questions = undefined;
    }
  }

  /** @param {number} seq @param {Map<string, string>} asked */
  #askAll(seq, asked) {
    const before = this.#questions?.asked;
    if (!before || [...asked].join() !== [...before].join()) {
      /** @type {QuestionsRow} */
      const row = { kind: 'questions', seq, asked };
      this.#announce(row);
      this.#questionsBefore = before;
      this.#questions = row;
      this.#prompt = undefined;
    }
  }

  /** @param {PromptRow | QuestionsRow} row */
  #announce(row) {
    const first = this.#prompt === undefined && this.#questions === undefined;
    this.all.splice(first ? this.#runStart : this.all.length, 0, row);
  }

  /**
   * An incident that is opened again within the merge gap is over once, at its last end.
   *
   * @param {IncidentEvent} event
   */
  #incident({ type, seq, incident }) {
    const before = this.#over.get(incident.id);
    if (before && (type === 'incident.ended' || incident.state === 'open')) {
      this.all.splice(this.all.indexOf(before), 1);
      this.#over.delete(incident.id);
    }
    if (type === 'incident.ended') {
      this.#note(seq, t('session.incidentEndedWatchLength', { watch: incident.watch, length: length(incident.length_seconds) }), 'plain');
      this.#over.set(incident.id, this.all[this.all.length - 1]);
    }
  }

  /** @param {SettingsEvent} event */
  #settings({ seq, changed, settings }) {
    const words = settingsWords(changed, settings);
    if (words) {
      this.#note(seq, words, 'plain');
    }
    if (settings.prompts && changed.includes('prompts')) {
      this.#askAll(seq, new Map(settings.prompts.map((p) => [p.name, p.prompt])));
    }
  }

  /** @param {StatusEvent} event */
  #status({ seq, status, detail }) {
    // The event that follows has the reason.
    if (detail && (status === 'streaming' || status === 'waiting')) {
      this.#note(seq, detail, 'plain');
    } else if (!detail && status === 'streaming' && this.#run === 0) {
      this.#begin(); // older services don't number runs
    }
  }

  /**
   * Adds a note; consecutive drops become one row.
   *
   * @param {number} seq
   * @param {string} text
   * @param {'plain' | 'bad'} tone
   */
  #note(seq, text, tone) {
    const more = dropped(text);
    const attempt = ATTEMPT.test(text);
    // The wait counts down beside the picture; here it would stand still.
    const words = more ? droppedWords(more.whose, more.clips) : noticeWords(text.replace(ATTEMPT, ''));
    const last = this.all.at(-1);
    if (last?.kind === 'note' && last.attempt && attempt) {
      this.all[this.all.length - 1] = { ...last, text: words }; // one row for any number of attempts
      return;
    }
    for (let i = this.all.length - 1; more && i >= 0; i--) {
      const row = this.all[i];
      const before = row.kind === 'note' ? row.dropped : undefined;
      if (!before || row.kind !== 'note') {
        break;
      }
      if (before.whose === more.whose) {
        const clips = before.clips + more.clips;
        this.all[i] = { ...row, text: droppedWords(more.whose, clips), dropped: { ...more, clips } };
        return;
      }
    }
    this.all.push({ kind: 'note', seq, text: words, tone, attempt, dropped: more });
  }

  /**
   * One row while the same answers apply, for any number of questions.
   *
   * @param {UnchangedEvent} event
   */
  #stillHolds(event) {
    const name = event.name ?? '';
    const last = this.all.at(-1);
    const since = this.#clipOf(event);
    let row =
      this.#unchanged.find((r) => r.parts.get(name)?.since_seq === event.since_seq) ??
      this.#unchanged.find(
        (r) => !r.parts.has(name) && since !== undefined && [...r.parts.values()].some((e) => this.#clipOf(e) === since),
      );
    if (!row && last?.kind === 'unchanged' && !last.parts.has(name)) {
      row = last;
    }
    if (!row) {
      row = { kind: 'unchanged', seq: event.seq, text: '', parts: new Map() };
      this.all.push(row);
      this.#unchanged = [...this.#unchanged.slice(-8), row];
    }
    row.parts.set(name, event);
    row.text = unchangedWords([...row.parts.values()], (seq) => this.#results.get(seq));
  }

  /**
   * Start of the clip whose answer still applies.
   *
   * @param {UnchangedEvent} event
   */
  #clipOf(event) {
    return this.#results.get(event.since_seq)?.clip.start_seconds;
  }
}
