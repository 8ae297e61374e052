import { LitElement, html, nothing } from '../lib/lit/index.js';
import { endedBadly, liveIsOver, motionHint, noAnswers } from './hints.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { canStartAgain } from '../look/words.js';
import { saveAsking, savedAsking } from '../sampling/sampling.js';
import { insteadOf } from '../results/asked-of.js';
import { Problem } from '../service/problem.js';
import { shownOver } from '../session/shown.js';
import { tally } from '../session/tally.js';
import { workspaceStyles } from './workspace-styles.js';
import '../capture/capture-controls.js';
import '../player/live-view.js';
import '../player/player.js';
import '../sampling/how-asked.js';
import '../prompt/prompt-bar.js';
import '../results/latency-chart.js';
import '../results/results-head.js';
import '../results/results-list.js';

/** @typedef {import('../session/open-session.js').OpenSession} OpenSession */

const PROMPT_KEY = 'framewise.prompt';
/** Further behind than this, "Follow" takes the video along. */
const BEHIND_SECONDS = 3;

/** One video or live stream, the question, and the answers. */
export class Workspace extends LitElement {
  static properties = {
    open: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    broadcast: { attribute: false },
    prompt: { state: true },
    asking: { state: true },
    busy: { state: true },
    problem: { state: true },
    current: { state: true },
  };

  constructor() {
    super();
    /** @type {OpenSession | undefined} */
    this.open = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    /** @type {import('../capture/broadcast.js').Broadcast | undefined} what this page sends to it */
    this.broadcast = undefined;
    this.prompt = '';
    this.asking = savedAsking();
    /** @type {'' | 'start' | 'update' | 'stop'} */
    this.busy = '';
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** @type {ResultEvent | undefined} the answer that belongs to the picture */
    this.current = undefined;
  }

  /** Seconds in the video; the page changes with the answer, not with every picture. */
  #time = 0;
  #changed = () => this.requestUpdate();
  #catchUp = false;

  get #player() {
    return /** @type {import('../player/player.js').Player | import('../player/live-view.js').LiveView} */ (
      this.renderRoot.querySelector('fw-player, fw-live-view')
    );
  }

  get #list() {
    return /** @type {import('../results/results-list.js').ResultsList} */ (
      this.renderRoot.querySelector('fw-results-list')
    );
  }

  get #bar() {
    return /** @type {import('../prompt/prompt-bar.js').PromptBar} */ (
      this.renderRoot.querySelector('fw-prompt-bar')
    );
  }

  #findCurrent() {
    const log = this.open?.log;
    this.current = this.#player?.showsNewest
      ? log?.results.at(-1)
      : log?.at(this.#time, this.open?.running ?? false);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('open')) {
      this.#opened(changed);
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
    this.problem = undefined;
    this.busy = '';
    this.#time = 0;
    const settings = this.open?.session.settings;
    this.prompt = settings?.prompt ?? localStorage.getItem(PROMPT_KEY) ?? 'Read any visible text';
    const { backend, pace, loop } = settings ?? {};
    this.asking = settings
      ? { ...this.asking, ...pickSampling(settings.processing), backend: backend ?? '', pace: pace ?? 'realtime', loop: loop ?? false }
      : savedAsking();
    this.#catchUp = Boolean(this.open?.running && !this.open.live && settings?.pace === 'realtime');
  }

  updated() {
    const last = this.open?.log.results.at(-1);
    if (this.#catchUp && last && !this.open?.loading) {
      this.#catchUp = false;
      this.#player.playFrom(last.clip.end_seconds);
    }
  }

  /** @param {import('../keys/keys.js').Command} command */
  obey(command) {
    switch (command) {
      case 'submit':
        this.#bar.submit();
        break;
      case 'play':
        this.#player.toggle();
        break;
      case 'prompt':
        this.#bar.focus();
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

  /** @param {1 | -1} by */
  #step(by) {
    const results = this.open?.log.results ?? [];
    const { current } = this;
    let at = current ? results.indexOf(current) + by : by > 0 ? 0 : results.length - 1;
    // Several questions about one clip are one step.
    while (current?.name && results[at]?.clip.start_seconds === current.clip.start_seconds) {
      at += by;
    }
    const result = results[at];
    if (result) {
      this.#player.seek(result.clip.start_seconds);
      this.#list.reveal(result);
    }
  }

  #follow() {
    const last = this.open?.log.results.at(-1);
    if (last && this.open?.live) {
      this.#player.playFrom(last.clip.start_seconds);
    } else if (last && this.open?.running && this.asking.pace === 'realtime') {
      const now = last.clip.end_seconds;
      if (Math.abs(now - this.#time) > BEHIND_SECONDS) {
        this.#player.playFrom(now);
      }
    }
  }

  /**
   * @param {'start' | 'update' | 'stop'} what
   * @param {(open: OpenSession) => Promise<void>} work
   */
  async #attempt(what, work) {
    const { open } = this;
    if (!open || this.busy) {
      return;
    }
    this.busy = what;
    this.problem = undefined;
    try {
      await work(open);
    } catch (e) {
      if (open === this.open) {
        this.problem = Problem.of(e);
      }
    } finally {
      if (open === this.open) {
        this.busy = '';
        this.dispatchEvent(new Event('acted'));
      }
    }
  }

  #start() {
    const { backend, ...sampling } = this.asking;
    const prompt = this.prompt.trim();
    this.#attempt('start', async (open) => {
      if (open.live) {
        Object.assign(sampling, { pace: 'realtime', loop: false }); // it comes as it comes
      }
      await open.start({ prompt, ...sampling, ...(backend ? { backend } : {}) });
      localStorage.setItem(PROMPT_KEY, prompt);
      saveAsking(this.asking);
      this.#list.follow();
      if (sampling.pace === 'realtime') {
        this.#player.playFrom(0);
      }
    });
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
        <section class="stage" aria-label=${live ? 'Live stream' : 'Video'}>
          ${live ? this.#liveView(open) : this.#videoPlayer(open)}
        </section>
        ${endedBadly(session)} ${notice(this.broadcast?.capture.problem ?? this.broadcast?.problem, [], undefined)}
        ${notice(this.problem, [], () => (this.problem = undefined))}
        <section class="ask" aria-label="Question">
          ${running || canStartAgain(session) ? this.#question(open) : liveIsOver(session)}
        </section>
      </div>
      <section class="results" aria-label="Answers">
        <fw-results-head
          .counters=${tally(session, log)}
          .forecast=${running ? open.forecast : undefined}
          .link=${(/** @type {'jsonl' | 'csv' | 'vtt' | 'srt'} */ f) => open.api.downloadUrl(open.id, f)}
        ></fw-results-head>
        <fw-results-list
          .rows=${log.rows}
          .growing=${open.growing.answers}
          .insteadOf=${insteadOf(session.settings, log.events)}
          .api=${open.api}
          .current=${current}
          .running=${running}
          .live=${live}
          .loading=${open.loading}
          .earlier=${open.hasEarlier}
          @seek=${(/** @type {CustomEvent<ResultEvent>} */ e) =>
            this.#player.seek(e.detail.clip.start_seconds)}
          @follow=${this.#follow}
          @earlier=${() => open.loadEarlier()}
        >
          <div slot="empty" class="empty">${noAnswers(open)}</div>
        </fw-results-list>
        ${log.results.length > 1
          ? html`<fw-latency-chart .results=${log.results}></fw-latency-chart>`
          : nothing}
      </section>
    `;
  }

  /** @param {OpenSession} open */
  #videoPlayer(open) {
    const { api, id, session, log, running } = open;
    return html`<fw-player
      .src=${api.videoUrl(id)}
      .length=${session.video?.duration_seconds ?? 0}
      .results=${log.results}
      .current=${this.current}
      .over=${shownOver(open, this.current, this.#time)}
      .looped=${running && this.asking.loop}
      @time=${this.#moved}
    ></fw-player>`;
  }

  /** @param {OpenSession} open */
  #liveView(open) {
    const { api, id, session, log } = open;
    const capture = this.broadcast?.capture;
    return html`<fw-live-view
      .session=${session}
      .log=${log}
      .events=${log.events}
      .current=${shownOver(open, this.current, this.#player?.showsNewest === false ? this.#time : Infinity)}
      .picture=${capture?.stream}
      .preview=${api.previewUrl(id)}
      @time=${this.#moved}
      @now=${() => this.#list.follow()}
      >${capture ? html`<fw-capture-controls .capture=${capture}></fw-capture-controls>` : nothing}</fw-live-view
    >`;
  }

  /** @param {CustomEvent<number>} event */
  #moved(event) {
    this.#time = event.detail;
    this.#findCurrent();
  }

  /** @param {OpenSession} open */
  #question({ session, log, running, live }) {
    return html`<fw-prompt-bar
        .prompt=${this.prompt}
        .asked=${session.settings?.prompt ?? ''}
        .running=${running}
        .busy=${this.busy}
        .again=${log.results.length > 0}
        @prompt-input=${(/** @type {CustomEvent<string>} */ e) => (this.prompt = e.detail)}
        @start=${this.#start}
        @update=${() => this.#attempt('update', (o) => o.updatePrompt(this.prompt.trim()))}
        @stop=${() => this.#attempt('stop', (o) => o.stop())}
      ></fw-prompt-bar>
      ${running
        ? nothing
        : motionHint(this.prompt, this.asking, (s) => (this.asking = { ...this.asking, ...s }))}
      <fw-how-asked
        .asking=${this.asking}
        .backends=${this.backends}
        .defaultBackend=${this.defaultBackend}
        .running=${running}
        .live=${live}
        .fixed=${!canStartAgain(session)}
        @change=${(/** @type {CustomEvent<typeof this.asking>} */ e) => (this.asking = e.detail)}
      ></fw-how-asked>`;
  }

  static styles = [base, noticeStyles, workspaceStyles];
}

/** @param {Processing} processing */
function pickSampling({ fps, sampling_ratio, clip_length_seconds, delay_seconds }) {
  return { fps, sampling_ratio, clip_length_seconds, delay_seconds };
}

customElements.define('fw-workspace', Workspace);
