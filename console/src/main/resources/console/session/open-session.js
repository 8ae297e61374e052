import { isLive, isRunning } from '../look/words.js';
import { t } from '../messages/messages.js';
import { EventStream } from '../service/event-stream.js';
import { Problem } from '../service/problem.js';
import { EventLog } from './event-log.js';
import { Growing } from './growing.js';
import { pastIncidents } from './past-incidents.js';

/** @typedef {import('../service/api.js').Api} Api */

const PAGE = 500;
/** Number of results to load at first, and each time older ones are requested. */
const AT_FIRST = 1000;
/** Maximum number of results to load to reach a search hit, or to fill the timeline. */
const MAX_LOADED = 10_000;
/** Maximum number of events kept, for cameras watched for days. */
const KEPT = 2500;
/** The timeline of live video shows this long by default. */
const HOUR_MS = 3_600_000;
/** Time that a start waits for the event connection. */
const LISTENS_WITHIN_MS = 2000;
/** Time that a change waits for a session that resumes after a restart of the service, and between attempts. */
const RESUMES_WITHIN_MS = 30_000;
const TRY_AGAIN_MS = 500;
/** Events after which the session is loaded again. */
const TELL_OF_THE_SESSION = new Set(['status', 'unchanged', 'prompt_updated', 'settings_updated', 'resumed_on']);
/** Interval for drawing partial answers, which arrive faster than a long list can be drawn. */
const GROWN_EVERY_MS = 80;

/** The session on the screen: its state, its events so far, and the connection for new ones. Dispatches `change`. */
export class OpenSession extends EventTarget {
  /**
   * @param {Api} api
   * @param {Session} session
   */
  constructor(api, session) {
    super();
    this.api = api;
    this.log = new EventLog(isLive(session));
    this.session = session;
    /** Partial answers. */
    this.growing = new Growing();
    /** @type {EventStream | undefined} */
    this.stream = undefined;
    this.loading = false;
    /** @type {Lookback | undefined} the newest question about its past, from this page on */
    this.lookback = undefined;
    /** Whether there are results older than those in the log. */
    this.hasEarlier = false;
  }

  /** @type {Session} */
  #session = /** @type {any} */ (undefined);

  /** The session as the service last reported it. */
  get session() {
    return this.#session;
  }

  set session(session) {
    this.#session = session;
    const names = session.settings?.prompts?.map((p) => p.name) ?? [];
    // Another list lets the timeline and the chart be computed again.
    if (names.join('\n') !== this.log.names.join('\n')) {
      this.log.names = names;
    }
  }

  #closed = false;
  /** @type {Promise<void> | undefined} older answers that are being loaded */
  #earlier;
  /** @type {number | undefined} */
  #grew;
  /** @type {SessionEvent[]} */
  #arrived = [];
  #keep = KEPT;
  /** @type {IncidentEvent[]} of the past, whose answers are not loaded yet */
  #incidents = [];
  /** Number of the last event that was loaded, or that is listened for. */
  #loaded = 0;
  /** Whether it has been loaded, and is not being started by this page. */
  #settled = false;

  get id() {
    return this.session.session_id;
  }

  get running() {
    return isRunning(this.session);
  }

  /** Whether its video is live and not stored. */
  get live() {
    return isLive(this.session);
  }

  /** @returns {import('../service/event-stream.js').StreamState} */
  get connection() {
    return this.stream?.state ?? 'idle';
  }

  /** Loads its stored results, then live ones while it runs. */
  async load() {
    const last = this.session.last_seq ?? 0;
    this.#loaded = last;
    if (last > 0) {
      this.loading = true;
      this.#changed();
      const since = Math.max(0, last - AT_FIRST);
      try {
        this.#incidents = await pastIncidents(this.api, this.id);
        await this.#fetchBetween(since, last);
        this.hasEarlier = since > 0;
      } finally {
        this.loading = false;
        this.#changed();
      }
    }
    const { lookbacks } = await this.api.lookbacks(this.id).catch(() => ({ lookbacks: [] })); // an older service has none
    const [newest] = lookbacks;
    this.lookback = newest?.status === 'running' ? newest : undefined;
    if ((this.running || this.lookback) && !this.#closed) {
      this.#follow(this.#listen(last));
    }
    this.#settled = true;
  }

  /**
   * Follows it again where something else than this page has started it.
   *
   * @param {Session} listed the session as the service lists it
   */
  catchUp({ last_seq: last = 0 }) {
    const { stream } = this;
    const since = Math.max(this.#loaded, stream?.lastSeq ?? 0, this.log.events.at(-1)?.seq ?? 0);
    if (this.#settled && last > since && (!stream || stream.isOver)) {
      this.#loaded = last;
      this.#follow(this.#listen(since));
      this.refresh().catch(() => undefined);
    }
  }

  /**
   * Asks a question about a span of the past; the answers arrive beside the others.
   *
   * @param {LookbackRequest} request
   */
  async lookBack(request) {
    const since = Math.max(this.session.last_seq ?? 0, this.log.events.at(-1)?.seq ?? 0);
    this.lookback = await this.api.lookBack(this.id, request);
    if (this.connection !== 'live' && !this.#closed) {
      this.#follow(this.#listen(since));
    }
    this.#changed();
  }

  async cancelLookback() {
    const { lookback } = this;
    if (lookback) {
      this.lookback = await this.api.cancelLookback(this.id, lookback.run);
      this.#changed();
    }
  }

  /** Hides the newest question about the past, which is over. */
  forgetLookback() {
    this.lookback = undefined;
    this.#changed();
  }

  /** @param {SessionEvent} event */
  #past(event) {
    if (event.type === 'lookback') {
      this.lookback = event.lookback;
    } else if (event.type === 'result' && this.lookback && event.run === this.lookback.run) {
      this.lookback = { ...this.lookback, answered: this.lookback.answered + 1 };
    }
  }

  /** Whether as many answers are loaded as a page holds. */
  get isFull() {
    return this.log.events.length >= MAX_LOADED;
  }

  /** Loads a part of the older answers, one part at a time. */
  loadEarlier() {
    this.#earlier ??= this.#loadEarlier().finally(() => (this.#earlier = undefined));
    return this.#earlier;
  }

  async #loadEarlier() {
    const until = this.log.firstSeq - 1;
    const since = Math.max(0, until - AT_FIRST);
    this.#keep += AT_FIRST;
    await this.#fetchBetween(since, until);
    this.hasEarlier = since > 0;
    this.#changed();
  }

  /**
   * Loads the results down to an older one, unless there are too many between.
   *
   * @param {number} seq
   * @returns {Promise<ResultEvent | undefined>} the result; undefined where it is too old or missing
   */
  async bring(seq) {
    const first = this.log.firstSeq;
    if (first > 0 && seq < first && first - seq <= MAX_LOADED) {
      this.#keep += first - seq + 1;
      await this.#fetchBetween(seq - 1, first - 1);
      this.hasEarlier = seq > 1;
      this.#changed();
    }
    return this.log.results.find((r) => r.seq === seq);
  }

  /** @param {StartRequest} request */
  async start(request) {
    const since = Math.max(this.session.last_seq ?? 0, this.log.events.at(-1)?.seq ?? 0);
    // A client that is connected before the start sees the first partial answer.
    let waiting = true;
    this.#settled = false;
    const stream = this.#listen(since, () => waiting);
    try {
      await stream.connected(LISTENS_WITHIN_MS);
      await this.api.start(this.id, request);
    } catch (e) {
      stream.close();
      throw e;
    } finally {
      this.#settled = true;
    }
    waiting = false;
    const now = { ...this.session, reason: undefined };
    now.status = 'streaming';
    this.session = now;
    // A service that does not support waiting has closed it at once.
    this.#follow(stream.isOver && stream.lastSeq === since ? this.#listen(since) : stream);
    this.#changed();
    await this.refresh();
  }

  /** @param {string} prompt */
  async updatePrompt(prompt) {
    await this.#whenResumed(() => this.api.updatePrompt(this.id, prompt));
    await this.refresh();
  }

  /** @param {ChangeRequest} request */
  async change(request) {
    const session = await this.#whenResumed(() => this.api.change(this.id, request));
    if (!this.#closed) {
      this.session = session;
      this.#changed();
    }
  }

  /**
   * Repeats a change that is refused while the session resumes: it counts as running, but does not run yet.
   *
   * @template T
   * @param {() => Promise<T>} change
   * @returns {Promise<T>}
   */
  async #whenResumed(change) {
    for (const until = Date.now() + RESUMES_WITHIN_MS; ; ) {
      try {
        return await change();
      } catch (e) {
        if (Problem.of(e).code !== 'wrong_status' || Date.now() > until || this.#closed) {
          throw e;
        }
        await this.refresh();
        if (!this.running) {
          throw e;
        }
      }
      await new Promise((done) => setTimeout(done, TRY_AGAIN_MS));
    }
  }

  async stop() {
    await this.api.stop(this.id);
    await this.refresh();
  }

  /** Loads the session again. */
  async refresh() {
    const session = await this.api.session(this.id);
    if (!this.#closed) {
      this.session = session;
      this.#changed();
    }
  }

  close() {
    this.#closed = true;
    this.stream?.close();
  }

  /**
   * @param {number} since
   * @param {number} until
   */
  async #fetchBetween(since, until) {
    for (let from = since, more = true; more && from < until && !this.#closed; ) {
      const page = await this.api.results(this.id, from, PAGE);
      this.log.add(page.results);
      more = page.more && page.last_seq > from;
      from = page.last_seq;
      this.#changed();
    }
    const { firstSeq } = this.log;
    const fits = (/** @type {IncidentEvent} */ { seq }) => firstSeq > 0 && seq >= firstSeq;
    if (this.#incidents.some(fits)) {
      this.log.add(this.#incidents.filter(fits));
      this.#incidents = this.#incidents.filter((e) => !fits(e));
      this.#changed();
    }
  }

  /** @param {EventStream} stream replaces the one before */
  #follow(stream) {
    this.stream?.close();
    this.stream = stream;
    if (this.#closed) {
      stream.close();
    }
  }

  /**
   * @param {number} since
   * @param {() => boolean} [waiting] whether to wait for the next start
   */
  #listen(since, waiting = () => false) {
    const url = (/** @type {number} */ seq) => this.api.eventsUrl(this.id, seq, { partial: true, timings: true, wait: waiting() });
    const stream = new EventStream(url, since);
    stream.addEventListener('message', (e) => {
      this.#received(/** @type {CustomEvent<SessionEvent>} */ (e).detail);
    });
    stream.addEventListener('partial', (e) => {
      this.growing.grow(/** @type {CustomEvent<PartialEvent>} */ (e).detail);
      this.#grew ??= setTimeout(() => {
        this.#grew = undefined;
        this.#changed();
      }, GROWN_EVERY_MS);
    });
    stream.addEventListener('delivered', (e) => {
      this.log.delivered(/** @type {CustomEvent<DeliveredEvent>} */ (e).detail);
    });
    stream.addEventListener('state', () => {
      if (stream === this.stream) {
        this.#connectionChanged();
      }
    });
    stream.open();
    return stream;
  }

  /** @param {SessionEvent} event */
  #received(event) {
    // Events that arrive together are shown together.
    if (this.#arrived.push(event) === 1) {
      queueMicrotask(() => {
        this.log.add(this.#arrived.splice(0));
        this.#trim();
        this.#changed();
      });
    }
    this.growing.follow(event);
    this.#past(event);
    const isBack = event.type === 'result' && this.session.source?.trouble !== undefined;
    if (isBack || TELL_OF_THE_SESSION.has(event.type)) {
      this.refresh().catch(() => undefined);
    }
  }

  /** Discards the oldest events, except those of the last hour of live video. */
  #trim() {
    const { length } = this.log.events;
    if (length > this.#keep * 1.2) {
      const lastHour = this.live ? Math.min(MAX_LOADED, this.log.countWithin(HOUR_MS)) : 0;
      const keep = Math.max(this.#keep, lastHour);
      this.hasEarlier = (length > keep * 1.2 && this.log.trim(keep)) || this.hasEarlier;
    }
  }

  #connectionChanged() {
    if (this.connection !== 'live') {
      this.growing.forget(); // missed parts are not sent again
    }
    this.#changed();
    if (this.connection === 'ended' || this.connection === 'live') {
      // An end, or a restart of the service, may change more than the events report.
      this.refresh().catch(() => undefined);
    }
    if (this.connection === 'gone') {
      this.dispatchEvent(
        new CustomEvent('gone', {
          detail: new Problem({
            title: t('session.thisSessionNoLongerExists'),
            detail: t('session.itWasDeletedOrTheService'),
          }),
        }),
      );
    }
  }

  #changed() {
    if (!this.#closed) {
      this.dispatchEvent(new Event('change'));
    }
  }
}
