import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { liveIsOver } from '../app/hints.js';
import { viewOnly, viewOnlyStyles } from '../account/view-only.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { unlessReported } from '../look/unless-reported.js';
import { canStartAgain } from '../look/words.js';
import { t } from '../messages/messages.js';
import { saveAsking, savedAsking } from '../sampling/sampling.js';
import { schemaProblem } from '../sampling/schema.js';
import { mayChange, mayOperate } from '../service/access.js';
import { Problem } from '../service/problem.js';
import { askingFields } from './asking-fields.js';
import { askingOf, patchOf, requestOf } from './asking-request.js';
import { applyBarStyles } from './apply-bar.js';
import { hintStyles } from './hint-styles.js';
import { takeLinked } from './linked-prompt.js';

/** @typedef {import('../session/open-session.js').OpenSession} OpenSession */

const PROMPT_KEY = 'framewise.prompt';

/**
 * The question to the open session, with its settings: starts, changes and stops the session. Dispatches `started` and,
 * after each of these, `acted`. Dispatches `film` to send a camera or screen again.
 */
export class Ask extends LitElement {
  static properties = {
    open: { attribute: false },
    session: { attribute: false },
    access: { attribute: false },
    answered: { type: Boolean },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    prompt: { state: true },
    asking: { state: true },
    busy: { state: true },
    problem: { state: true },
    edited: { state: true },
  };

  constructor() {
    super();
    /** @type {OpenSession | undefined} */
    this.open = undefined;
    /** @type {Session | undefined} as the service last reported it; changes with each report, unlike `open` */
    this.session = undefined;
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    /** Whether there are answers. */
    this.answered = false;
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    this.prompt = '';
    this.asking = savedAsking();
    /** @type {'' | 'start' | 'update' | 'stop'} */
    this.busy = '';
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** @type {import('./asking-fields.js').Part} the part that was edited last */
    this.edited = 'prompt';
  }

  /** The prompt before the user edits it. */
  #filled = '';

  get #bar() {
    return /** @type {import('./prompt-bar.js').PromptBar} */ (
      this.renderRoot.querySelector('fw-prompt-bar')
    );
  }

  submit() {
    this.#bar?.submit();
  }

  focus() {
    this.#bar?.focus();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('open')) {
      this.problem = undefined;
      this.busy = '';
      this.#fill();
    } else if (changed.has('session')) {
      this.#follow(/** @type {Session | undefined} */ (changed.get('session')));
    }
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('problem') && this.problem) {
      this.renderRoot.querySelector('.notice')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Fills the fields with the session's settings, or with those used last in this browser. */
  #fill() {
    const settings = this.open?.session.settings;
    this.prompt = this.#filled = takeLinked() || (settings?.prompt ?? localStorage.getItem(PROMPT_KEY) ?? t('prompt.readAnyVisibleText'));
    this.edited = 'prompt';
    this.asking = settings ? askingOf(settings) : savedAsking();
  }

  /**
   * Another user may change the session: the fields follow, unless they were edited.
   *
   * @param {Session | undefined} before
   */
  #follow(before) {
    const was = before?.settings;
    const settingsChanged = this.session?.settings !== was;
    const untouched = was ? isNothing(patchOf(was, this.prompt, this.asking)) : this.prompt === this.#filled;
    if (settingsChanged && this.open?.running && untouched) {
      this.#fill();
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
    const { asking, prompt } = this;
    this.#attempt('start', async (open) => {
      mustBeSound(asking);
      const request = requestOf(prompt, asking);
      await open.start(open.live ? { ...request, pace: 'realtime', loop: false } : request);
      localStorage.setItem(PROMPT_KEY, prompt.trim());
      saveAsking(asking);
      this.dispatchEvent(new Event('started'));
    });
  }

  #update() {
    const { asking, prompt } = this;
    this.#attempt('update', async (open) => {
      mustBeSound(asking);
      const patch = this.#patch();
      // A session without a question gets its first one with all its settings.
      if (Object.keys(patch).join() === 'prompt' && this.session?.settings?.prompt) {
        await open.updatePrompt(prompt.trim());
      } else {
        await open.change(patch);
      }
      localStorage.setItem(PROMPT_KEY, prompt.trim());
      saveAsking(asking);
    });
  }

  /** @param {'webcam' | 'screen'} kind to send again, with the same question and settings */
  #filmAgain(kind) {
    const settings = this.session?.settings;
    if (settings) {
      localStorage.setItem(PROMPT_KEY, settings.prompt ?? '');
      saveAsking(askingOf(settings));
    }
    this.dispatchEvent(new CustomEvent('film', { detail: kind, bubbles: true, composed: true }));
  }

  /** The differences between the fields and the running session. */
  #patch() {
    const settings = this.session?.settings;
    return settings ? patchOf(settings, this.prompt, this.asking) : {};
  }

  /**
   * @param {Partial<typeof this.asking>} part
   * @param {import('./asking-fields.js').Part} edited
   */
  #choose(part, edited) {
    this.asking = { ...this.asking, ...part };
    this.edited = edited;
    this.problem = undefined;
  }

  render() {
    const { open, session, asking, problem } = this;
    if (!open || !session) {
      return nothing;
    }
    if (!mayChange(session)) {
      return viewOnly(session, this.access);
    }
    const { running, live } = open;
    if (!running && !canStartAgain(session)) {
      return liveIsOver(session, mayOperate(this.access) ? (kind) => this.#filmAgain(kind) : undefined);
    }
    const differs = running && !isNothing(this.#patch());
    return html`
      ${unlessReported(problem, notice(problem, [], () => (this.problem = undefined)))}
      ${askingFields(
        {
          prompt: this.prompt,
          asking,
          asked: session.settings?.prompt,
          backends: this.backends,
          defaultBackend: this.defaultBackend,
          errors: problem?.fields,
          running,
          live,
          busy: this.busy,
          again: this.answered,
          differs,
          edited: this.edited,
        },
        {
          type: (typed) => {
            this.prompt = typed;
            this.edited = 'prompt';
          },
          choose: (part, edited) => this.#choose(part, edited),
          start: () => this.#start(),
          update: () => this.#update(),
          stop: () => this.#attempt('stop', (o) => o.stop()),
          undo: () => {
            this.problem = undefined;
            this.#fill();
          },
        },
      )}
    `;
  }

  static styles = [
    base,
    noticeStyles,
    applyBarStyles,
    hintStyles,
    viewOnlyStyles,
    css`
      :host {
        display: block;
      }
      .notice {
        margin-bottom: 16px;
      }
    `,
  ];
}

/** @param {object} patch */
function isNothing(patch) {
  return Object.keys(patch).length === 0;
}

/** @param {import('../sampling/sampling.js').Asking} asking */
function mustBeSound(asking) {
  const problem = schemaProblem(asking);
  if (problem) {
    throw problem;
  }
}

customElements.define('fw-ask', Ask);
