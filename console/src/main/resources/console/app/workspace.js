import { LitElement, html, nothing } from '../lib/lit/index.js';
import { endedBadly, noAnswers } from './hints.js';
import { InStep } from './in-step.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { insteadOf } from '../results/asked-of.js';
import { mayOperate } from '../service/access.js';
import { seenWith } from '../session/seen.js';
import { shownOver } from '../session/shown.js';
import { tally } from '../session/tally.js';
import { workspaceStyles } from './workspace-styles.js';
import '../capture/capture-controls.js';
import '../compare/compare-dialog.js';
import { t } from '../messages/messages.js';
import '../lookback/ask-past.js';
import '../player/live-view.js';
import '../player/player.js';
import '../prompt/ask.js';
import '../results/number-chart.js';
import '../results/results-head.js';
import '../results/results-list.js';

/** @typedef {import('../session/open-session.js').OpenSession} OpenSession */

/** Seconds behind live after which "Follow" also moves the video. */
const BEHIND_SECONDS = 3;
/** The service returns the picture nearest to a time, within this. */
const NEAR_MS = 5000;
/** Width of a kept picture of live video, in pixels. */
const STILL_WIDTH = 1280;

/**
 * @param {OpenSession} open of live video
 * @param {number} time in milliseconds of `Date`
 * @returns {boolean} whether a picture of that time may be kept, as far as the service has reported
 */
function isKept({ session, running }, time) {
  const { frames = 0, oldest_at: oldest } = session.kept ?? {};
  return (running || frames > 0) && (oldest === undefined || time > Date.parse(oldest) - NEAR_MS);
}

/** One video or live stream, the question, and the answers. */
export class Workspace extends LitElement {
  static properties = {
    place: { attribute: false },
    open: { attribute: false },
    access: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    broadcast: { attribute: false },
    watchable: { type: Boolean },
    current: { state: true },
    span: { state: true },
    selecting: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./place.js').Place | undefined} second and answer in the page's address */
    this.place = undefined;
    /** @type {OpenSession | undefined} */
    this.open = undefined;
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    /** @type {import('../capture/broadcast.js').Broadcast | undefined} the broadcast of this page to it */
    this.broadcast = undefined;
    /** Whether the user may create watches. */
    this.watchable = false;
    /** @type {ResultEvent | undefined} the current picture's answer */
    this.current = undefined;
    /** @type {{from: number, to: number} | undefined} the span of the timeline to ask about */
    this.span = undefined;
    /** Whether dragging over the timeline selects. */
    this.selecting = false;
  }

  /** @type {import('./place.js').Place | undefined} target of the page's address, until it is shown */
  #target;
  /** Seconds in the video, updated with each answer, not with each picture. */
  #time = 0;
  #changed = () => this.requestUpdate();
  #inStep = new InStep();

  get #player() {
    return /** @type {import('../player/player.js').Player | import('../player/live-view.js').LiveView} */ (
      this.renderRoot.querySelector('fw-player, fw-live-view')
    );
  }

  get #settings() {
    return this.open?.session.settings;
  }

  /** @returns {number} the second of the video that is shown */
  get time() {
    return this.#time;
  }

  get #list() {
    return /** @type {import('../results/results-list.js').ResultsList} */ (
      this.renderRoot.querySelector('fw-results-list')
    );
  }

  /** Names of the questions to compare: the present ones, or those of the answers. */
  get #compared() {
    const { names = [], results = [] } = this.open?.log ?? {};
    return names.length > 1 ? names : [...new Set(results.flatMap(({ name }) => name ?? []))];
  }

  get #comparison() {
    return /** @type {import('../compare/compare-dialog.js').CompareDialog} */ (
      this.renderRoot.querySelector('fw-compare-dialog')
    );
  }

  get #ask() {
    return /** @type {import('../prompt/ask.js').Ask} */ (
      this.renderRoot.querySelector('fw-ask')
    );
  }

  #findCurrent() {
    const log = this.open?.log;
    this.current = this.#player?.showsNewest
      ? log?.results.at(-1)
      : log?.at(this.#time, this.open?.running ?? false, this.open?.live);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('open')) {
      this.#opened(changed);
    }
    if (changed.has('place')) {
      this.#target = this.place;
    }
    if (changed.has('broadcast')) {
      const before = /** @type {typeof this.broadcast} */ (changed.get('broadcast'));
      before?.removeEventListener('change', this.#changed);
      this.broadcast?.addEventListener('change', this.#changed);
    }
    this.#findCurrent();
    this.toggleAttribute('many', (this.open?.session.settings?.prompts?.length ?? 0) > 2);
  }

  /** @param {Map<string, unknown>} changed */
  #opened(changed) {
    const before = /** @type {typeof this.open} */ (changed.get('open'));
    before?.removeEventListener('change', this.#changed);
    this.open?.addEventListener('change', this.#changed);
    this.#time = 0;
    this.span = undefined;
    this.selecting = false;
    this.#inStep.opened(this.open);
  }

  updated() {
    this.#goToTarget();
    if (this.open) {
      this.#inStep.follow(this.open, this.#player);
    }
  }

  /** Goes to the target of the address once the answers are loaded. */
  #goToTarget() {
    const target = this.#target;
    if (!target || !this.open || !this.#player || this.open.loading) {
      return;
    }
    this.#target = undefined;
    const { at, answer } = target;
    if (at !== undefined) {
      this.#inStep.cancel();
      this.#player.seek(at);
    }
    if (answer !== undefined) {
      this.open.bring(answer).then((result) => {
        if (result) {
          this.#player?.seek(this.#startOf(result));
          this.#list.reveal(result);
        }
      });
    }
  }

  /** @param {import('../keys/keys.js').Command} command */
  obey(command) {
    switch (command) {
      case 'submit':
        this.#ask.submit();
        break;
      case 'play':
        this.#player.toggle();
        break;
      case 'prompt':
        this.#ask.focus();
        break;
      case 'next':
        this.#step(1);
        break;
      case 'previous':
        this.#step(-1);
        break;
      case 'follow':
        this.#list.follow();
        break;
    }
  }

  /**
   * @param {1 | -1} by
   * @param {boolean} [focus] the answer
   */
  #step(by, focus = true) {
    const results = this.open?.log.results ?? [];
    const { current } = this;
    let at = current ? results.indexOf(current) + by : by > 0 ? 0 : results.length - 1;
    // Several questions about one clip count as one step.
    while (current?.name && results[at]?.clip.start_seconds === current.clip.start_seconds) {
      at += by;
    }
    const result = results[at];
    if (result) {
      this.#player.seek(this.#startOf(result));
      this.#list.reveal(result, focus);
    }
  }

  #follow() {
    const last = this.open?.log.results.at(-1);
    if (last && this.open?.live) {
      this.#player.playFrom(last.clip.start_seconds);
    } else if (last && this.open?.running && this.#settings?.pace === 'realtime') {
      const now = last.clip.end_seconds;
      if (Math.abs(now - this.#time) > BEHIND_SECONDS) {
        this.#player.playFrom(now);
      }
    }
  }

  #started() {
    this.#list.follow();
    if (this.open?.live || this.#settings?.pace === 'realtime') {
      this.#player.playFrom(0);
    }
  }

  render() {
    const { open } = this;
    if (!open) {
      return nothing;
    }
    const { session, log, running, live } = open;
    const { current } = this;
    return html`
      <div class="main">
        <section class="stage" aria-label=${live ? t('common.liveStream') : t('app.video')}>
          ${live ? this.#liveView(open) : this.#videoPlayer(open)}
          ${this.#past(open)}
          <fw-number-chart
            .results=${log.results}
            .order=${log.names}
            .duration=${session.video?.duration_seconds ?? 0}
            .began=${live ? (log.firstPictureAt ?? 0) : 0}
            .time=${this.current?.clip.start_seconds ?? 0}
            @hover=${(/** @type {CustomEvent<number | null>} */ e) => this.#player?.hover(e.detail)}
            @seek=${(/** @type {CustomEvent<number>} */ e) => this.#player.seek(e.detail)}
          ></fw-number-chart>
        </section>
        ${endedBadly(session)} ${notice(this.broadcast?.capture.problem ?? this.broadcast?.problem, [], undefined)}
        <section class="ask" aria-label="${t('common.question')}">
          <fw-ask
            .open=${open}
            .session=${session}
            .access=${this.access}
            .answered=${log.results.length > 0}
            .backends=${this.backends}
            .defaultBackend=${this.defaultBackend}
            @started=${this.#started}
            @acted=${() => this.dispatchEvent(new Event('acted'))}
          ></fw-ask>
        </section>
      </div>
      <section class="results" aria-label="${t('common.answers')}">
        <fw-results-head
          .counters=${tally(session, log)}
          .comparable=${this.#compared.length > 1}
          @compare=${() => this.#comparison.show()}
          .forecast=${running ? session.forecast : undefined}
          .bundle=${session.may_change === false ? '' : open.api.bundleUrl(open.id)}
          .link=${(/** @type {'jsonl' | 'csv' | 'vtt' | 'srt'} */ f) => open.api.downloadUrl(open.id, f)}
        ></fw-results-head>
        <fw-results-list
          .rows=${log.rows}
          .growing=${open.growing.answers}
          .order=${log.names}
          .insteadOf=${insteadOf(session.settings, log.events)}
          .api=${open.api}
          .frameUrl=${this.#frameUrl}
          .current=${current}
          .running=${running}
          .live=${live}
          .loading=${open.loading}
          .earlier=${open.hasEarlier}
          .tell=${this.watchable ? this.#tell : undefined}
          @seek=${(/** @type {CustomEvent<ResultEvent>} */ e) =>
            this.#player.seek(this.#startOf(e.detail))}
          @follow=${this.#follow}
          @earlier=${() => open.loadEarlier()}
        >
          <div slot="empty" class="empty">${noAnswers(open)}</div>
        </fw-results-list>
      </section>
      <fw-compare-dialog
        .session=${open.id}
        .results=${log.results}
        .order=${this.#compared}
        @seek=${(/** @type {CustomEvent<ResultEvent>} */ e) => {
          this.#player.seek(this.#startOf(e.detail));
          this.#list.reveal(e.detail, false);
        }}
      ></fw-compare-dialog>
    `;
  }

  /**
   * @param {ResultEvent} result
   * @returns {number} its place on the time axis
   */
  #startOf(result) {
    return result.clip.start_seconds + (this.open?.live ? this.open.log.offsetOf(result) : 0);
  }

  /**
   * @param {number} at seconds of the video, or since the first picture of the run
   * @param {ResultEvent} [result] of that run; the newest run by default
   */
  #frameUrl = (at, result) => {
    const { open } = this;
    const began = open?.log.firstPictureAt;
    if (!open || (open.live && began === undefined)) {
      return '';
    }
    const which = began !== undefined && open.live
      ? { time: began + (at + (result ? open.log.offsetOf(result) : 0)) * 1000 }
      : { at };
    if (which.time !== undefined && !isKept(open, which.time)) {
      return '';
    }
    return open.api.frameUrl(open.id, { ...which, width: 160 });
  };

  /** @param {ResultEvent} result of which the user wants to know when it changes */
  #tell = (result) => {
    this.dispatchEvent(new CustomEvent('tell', { detail: result }));
  };

  /** Second of the video until which the answer's boxes apply. */
  get #seenUntil() {
    const held = Math.max(1, 1.5 * (this.#settings?.processing?.delay_seconds ?? 1));
    return (this.current?.clip.start_seconds ?? 0) + held;
  }

  /** @param {OpenSession} open */
  #past(open) {
    const { session, log, live } = open;
    if (session.may_change === false || !mayOperate(this.access) || log.results.length === 0) {
      return nothing;
    }
    return html`<fw-ask-past
      .open=${open}
      .lookback=${open.lookback}
      .span=${this.span}
      .time=${this.current ? this.#startOf(this.current) : 0}
      .length=${session.video?.duration_seconds ?? 0}
      .began=${live ? (log.firstPictureAt ?? 0) : 0}
      .live=${live}
      .selecting=${this.selecting}
      @selecting=${(/** @type {CustomEvent<boolean>} */ e) => this.#select(e.detail)}
      @span=${this.#spanChanged}
    ></fw-ask-past>`;
  }

  /** @param {boolean} on */
  #select(on) {
    this.selecting = on;
    this.span = on ? this.span : undefined;
  }

  /** @param {CustomEvent<{from: number, to: number}>} event */
  #spanChanged(event) {
    this.selecting = true;
    this.span = event.detail;
  }

  /** @param {OpenSession} open */
  #videoPlayer(open) {
    const { api, id, session, log, running } = open;
    return html`<fw-player
      .src=${api.videoUrl(id)}
      .length=${session.video?.duration_seconds ?? 0}
      .results=${log.results}
      .events=${log.events}
      .order=${log.names}
      .frameUrl=${this.#frameUrl}
      .seen=${seenWith(log.results, this.current)}
      .seenUntil=${this.#seenUntil}
      .size=${session.video ?? undefined}
      .current=${this.current}
      .over=${shownOver(open, this.current, this.#time)}
      .looped=${running && (session.settings?.loop ?? false)}
      .selecting=${this.selecting}
      .span=${this.span}
      @span=${this.#spanChanged}
      @time=${this.#moved}
      @step=${(/** @type {CustomEvent<1 | -1>} */ e) => this.#step(e.detail, false)}
    ></fw-player>`;
  }

  /**
   * @param {OpenSession} open of live video
   * @returns {string} URL of the kept picture of the current answer; empty where the live picture is shown, or none is kept
   */
  #still(open) {
    const { current } = this;
    const { api, id, log, running } = open;
    const began = log.firstPictureAt;
    const isLivePicture = running && this.#player?.showsNewest !== false;
    if (!current || began === undefined || isLivePicture) {
      return '';
    }
    const time = began + this.#startOf(current) * 1000;
    return isKept(open, time) ? api.frameUrl(id, { time, width: STILL_WIDTH }) : '';
  }

  /** @param {OpenSession} open */
  #liveView(open) {
    const { api, id, session, log } = open;
    const capture = this.broadcast?.capture;
    return html`<fw-live-view
      .session=${session}
      .log=${log}
      .events=${log.events}
      .order=${log.names}
      .current=${shownOver(open, this.current, this.#player?.showsNewest === false ? this.#time : Infinity)}
      .frameUrl=${this.#frameUrl}
      .seen=${seenWith(log.results, this.current)}
      .still=${this.#still(open)}
      .picture=${capture?.stream}
      .preview=${api.previewUrl(id)}
      .selecting=${this.selecting}
      .span=${this.span}
      .earlier=${open.hasEarlier && !open.isFull}
      @earlier=${() => open.loadEarlier().catch(() => undefined)}
      @span=${this.#spanChanged}
      @time=${this.#chose}
      @step=${(/** @type {CustomEvent<1 | -1>} */ e) => this.#step(e.detail, false)}
      @now=${() => this.#list.follow()}
      >${capture ? html`<fw-capture-controls .capture=${capture}></fw-capture-controls>` : nothing}</fw-live-view
    >`;
  }

  /** @param {CustomEvent<number>} event */
  #moved(event) {
    this.#time = event.detail;
    this.#findCurrent();
  }

  /** @param {CustomEvent<number>} event of live video */
  #chose(event) {
    this.#moved(event);
    if (this.current && !this.#player.showsNewest) {
      this.#list.reveal(this.current, false);
    }
    this.requestUpdate(); // even if the answer stays the same, the live picture is no longer its picture
  }

  static styles = [base, noticeStyles, workspaceStyles];
}

customElements.define('fw-workspace', Workspace);
