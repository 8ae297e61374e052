import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { unlessReported } from '../look/unless-reported.js';
import { t } from '../messages/messages.js';
import { askingFields } from '../prompt/asking-fields.js';
import { queryOf, requestOf } from '../prompt/asking-request.js';
import { hintStyles } from '../prompt/hint-styles.js';
import { takeLinked } from '../prompt/linked-prompt.js';
import { saveAsking, savedAsking } from '../sampling/sampling.js';
import { schemaProblem } from '../sampling/schema.js';
import { Problem } from '../service/problem.js';
import { Broadcast, saveKey, savedKey } from './broadcast.js';
import './capture-controls.js';

const PROMPT_KEY = 'framewise.prompt';

/**
 * The picture of a camera or a screen, with the question about it. Dispatches `live` with the {@link Broadcast} once
 * the service accepts it.
 */
export class StartLive extends LitElement {
  static properties = {
    capture: { attribute: false },
    address: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    prompt: { state: true },
    asking: { state: true },
    busy: { state: true },
    problem: { state: true },
    needsKey: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./capture.js').Capture | undefined} */
    this.capture = undefined;
    this.address = '';
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    this.prompt = takeLinked() || (localStorage.getItem(PROMPT_KEY) ?? t('prompt.describeWhatYouSee'));
    this.asking = savedAsking();
    /** @type {'' | 'start'} */
    this.busy = '';
    /** @type {Problem | undefined} */
    this.problem = undefined;
    this.needsKey = false;
  }

  #changed = () => this.requestUpdate();

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('capture')) {
      const before = /** @type {typeof this.capture} */ (changed.get('capture'));
      before?.removeEventListener('change', this.#changed);
      this.capture?.addEventListener('change', this.#changed);
      this.problem = undefined;
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.capture?.removeEventListener('change', this.#changed);
  }

  /** @param {import('../keys/keys.js').Command} command */
  obey(command) {
    const bar = /** @type {import('../prompt/prompt-bar.js').PromptBar | null} */ (
      this.renderRoot.querySelector('fw-prompt-bar')
    );
    if (command === 'submit') {
      bar?.submit();
    } else if (command === 'prompt') {
      bar?.focus();
    }
  }

  async #start() {
    const { capture } = this;
    if (!capture?.stream || this.busy) {
      return;
    }
    const { prompt, asking } = this;
    this.problem = schemaProblem(asking);
    if (this.problem) {
      return;
    }
    this.busy = 'start';
    const broadcast = new Broadcast(this.address, capture);
    try {
      await broadcast.start(queryOf(requestOf(prompt, asking)));
      localStorage.setItem(PROMPT_KEY, prompt.trim());
      saveAsking(asking);
      this.dispatchEvent(new CustomEvent('live', { detail: broadcast }));
    } catch (e) {
      broadcast.detach();
      this.problem = Problem.of(e);
      this.needsKey ||= this.problem.status === 401;
    } finally {
      this.busy = '';
    }
  }

  render() {
    const { capture } = this;
    if (!capture) {
      return nothing;
    }
    const camera = capture.kind === 'webcam';
    return html`
      <h1 class="only-read">${camera ? t('common.webcam') : t('common.screen')}</h1>
      <section class="stage" aria-label=${camera ? t('common.webcam') : t('common.screen')}>
        <div class="screen">
          ${capture.stream
            ? html`<video
                autoplay
                muted
                playsinline
                aria-label=${camera ? t('capture.whatTheCameraSees') : t('capture.whatIsShared')}
                .srcObject=${capture.stream}
              ></video>`
            : html`<div class="placeholder">
                ${camera ? icons.camera : icons.screen}
                <strong>${this.#title(camera)}</strong>
              </div>`}
        </div>
        <div class="controls">
          <span>${camera ? t('common.webcam') : t('common.screen')}</span>
          <span class="gap"></span>
          <fw-capture-controls .capture=${capture}></fw-capture-controls>
        </div>
      </section>
      ${notice(capture.problem, [], undefined)}
      ${unlessReported(this.problem, notice(this.problem, [], () => (this.problem = undefined)))}
      ${this.needsKey ? this.#key() : nothing}
      <section class="ask" aria-label="${t('common.question')}">
        ${askingFields(
          {
            prompt: this.prompt,
            asking: this.asking,
            backends: this.backends,
            defaultBackend: this.defaultBackend,
            errors: this.problem?.fields,
            live: true,
            busy: this.busy,
            ready: Boolean(capture.stream),
          },
          {
            type: (typed) => (this.prompt = typed),
            choose: (part) => {
              this.asking = { ...this.asking, ...part };
              this.problem = undefined;
            },
            start: () => this.#start(),
          },
        )}
        <p class="kept">${t('capture.picturesAreNotStored')}</p>
      </section>
    `;
  }

  /** @param {boolean} camera */
  #title(camera) {
    if (this.capture?.opening) {
      return camera ? t('capture.waitingForTheCamera') : t('capture.chooseWhatToShare2');
    }
    return camera ? t('capture.theCameraIsOff') : t('capture.nothingIsSharedYet');
  }

  #key() {
    return html`<label class="key">
      <span class="heading">${t('capture.apiKeyOfThisService')}</span>
      <input
        type="password"
        autocomplete="off"
        .value=${savedKey()}
        @input=${(/** @type {Event} */ e) =>
          saveKey(/** @type {HTMLInputElement} */ (e.target).value.trim())}
      />
    </label>`;
  }

  static styles = [
    base,
    noticeStyles,
    hintStyles,
    css`
      :host {
        display: block;
        max-width: max(360px, min(900px, calc((100dvh - 360px) * 1.78)));
        margin-inline: auto;
        padding: 0 20px 32px;
      }
      .stage {
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--paper);
        box-shadow: var(--shadow);
      }
      .screen {
        display: grid;
        place-items: center;
        width: 100%;
        aspect-ratio: 16 / 9;
        max-height: 60dvh;
        background: #0b0b0a;
        color: #edebe6;
      }
      video {
        display: block;
        width: 100%;
        height: 100%;
        min-height: 0;
        object-fit: contain;
      }
      .placeholder {
        display: grid;
        justify-items: center;
        gap: 10px;
      }
      .placeholder .icon {
        width: 28px;
        height: 28px;
        color: #f0b04a;
      }
      .controls {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 48px;
        padding: 8px 12px 8px 14px;
        font-size: 13px;
        font-weight: 600;
      }
      .gap {
        flex: 1;
      }
      .notice,
      .key {
        margin-top: 12px;
      }
      .key {
        display: grid;
        gap: 6px;
        max-width: 360px;
      }
      .ask {
        padding-top: 20px;
      }
      .kept {
        margin-top: 10px;
        color: var(--soft);
        font-size: 12px;
      }
      @media (max-width: 800px) {
        :host {
          max-width: none;
          padding: 0 0 24px;
        }
        .stage {
          border-width: 0 0 1px;
          border-radius: 0;
        }
        .ask,
        .notice,
        .key {
          margin-inline: 16px;
        }
      }
    `,
  ];
}

customElements.define('fw-start-live', StartLive);
