import { LitElement, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import './presets-dialog.js';
import { MAX_PROMPT_LENGTH, PRESETS, ownPresets } from './presets.js';
import { promptBarStyles } from './prompt-bar-styles.js';

/**
 * The question, with presets and buttons. Dispatches `prompt-input` while it is edited, `start`, `update`,
 * `undo` and `stop`.
 */
export class PromptBar extends LitElement {
  static properties = {
    prompt: { attribute: false },
    asked: { attribute: false },
    running: { type: Boolean },
    busy: { attribute: false },
    ready: { type: Boolean },
    again: { type: Boolean },
    differs: { type: Boolean },
    applied: { attribute: false },
    presets: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.prompt = '';
    /** The running session's question. */
    this.asked = '';
    this.running = false;
    /** @type {'' | 'start' | 'update' | 'stop'} */
    this.busy = '';
    /** Whether there is a picture to ask about. */
    this.ready = true;
    /** Whether it ran before. */
    this.again = false;
    /** Whether anything differs from the running session. */
    this.differs = false;
    /** @type {'here' | 'elsewhere'} where changes are applied */
    this.applied = 'here';
    this.presets = ownPresets.all;
    /** Why the question could not be saved. */
    this.problem = '';
  }

  #presetsChanged = () => {
    this.presets = ownPresets.all;
  };

  connectedCallback() {
    super.connectedCallback();
    ownPresets.addEventListener('change', this.#presetsChanged);
    this.#presetsChanged();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    ownPresets.removeEventListener('change', this.#presetsChanged);
  }

  focus() {
    const field = this.renderRoot.querySelector('textarea');
    field?.focus();
    field?.select();
  }

  /** Starts the session or changes its prompt, whichever is possible now. */
  submit() {
    if (this.busy || !this.ready || this.prompt.trim() === '') {
      return;
    }
    if (!this.running) {
      this.#say('start');
    } else if (this.differs) {
      this.#say('update');
    }
  }

  /** @param {string} type */
  #say(type) {
    this.dispatchEvent(new Event(type));
  }

  /** @param {string} prompt */
  #type(prompt) {
    this.dispatchEvent(new CustomEvent('prompt-input', { detail: prompt }));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      this.submit();
    }
  }

  render() {
    const empty = this.prompt.trim() === '';
    return html`
      <label class="heading" for="prompt">${t('common.question')}</label>
      <div class="row">
        <textarea
          dir="auto"
          id="prompt"
          rows="1"
          maxlength=${MAX_PROMPT_LENGTH}
          placeholder="${t('prompt.askAboutTheVideoInPlain')}"
          .value=${live(this.prompt)}
          @input=${(/** @type {Event} */ e) =>
            this.#type(/** @type {HTMLTextAreaElement} */ (e.target).value)}
          @keydown=${this.#pressed}
        ></textarea>
        <div class="buttons">
          ${this.running ? this.#runningButtons(empty) : this.#startButton(empty)}
        </div>
      </div>
      ${this.#choices(empty)}
      ${this.problem ? html`<p class="wrong" role="alert">${this.problem}</p>` : nothing}
      ${this.running && this.asked && this.prompt.trim() !== this.asked.trim() && !empty
        ? html`<p class="pending">${t('prompt.currentQuestion')} <q>${this.asked}</q></p>`
        : nothing}
      <fw-presets-dialog></fw-presets-dialog>
    `;
  }

  /** @param {boolean} empty */
  #startButton(empty) {
    return html`<button
      class="main"
      ?disabled=${empty || !this.ready || this.busy !== ''}
      @click=${() => this.submit()}
    >
      ${icons.play} ${this.busy === 'start' ? t('prompt.starting') : this.again ? t('prompt.startAgain') : t('prompt.start')}
    </button>`;
  }

  /** @param {boolean} empty */
  #runningButtons(empty) {
    const here = this.applied === 'here';
    return html`${here && this.differs
        ? html`<button class="quiet" ?disabled=${this.busy !== ''} @click=${() => this.#say('undo')}>${t('prompt.discard')}</button>`
        : nothing}
      ${here
        ? html`<button
            class=${this.differs && !empty ? 'main' : ''}
            title="${t('prompt.appliesFromTheNextClip')}"
            ?disabled=${empty || !this.differs || this.busy !== ''}
            @click=${() => this.submit()}
          >
            ${this.busy === 'update' ? t('prompt.applying') : t('prompt.apply')}
          </button>`
        : nothing}
      <button ?disabled=${this.busy === 'stop'} @click=${() => this.#say('stop')}>
        ${icons.stop} ${this.busy === 'stop' ? t('prompt.stopping') : t('prompt.stop')}
      </button>`;
  }

  /** @param {boolean} empty */
  #choices(empty) {
    const own = this.presets;
    const known = empty || PRESETS.includes(this.prompt.trim()) || own.some((p) => p.prompt.trim() === this.prompt.trim());
    return html`<div class="presets">
      <div class="choices" role="group" aria-label="${t('prompt.savedQuestions')}">
        ${[...own, ...PRESETS.map((prompt) => ({ name: prompt, prompt }))].map(
          ({ name, prompt }) => html`<button
            type="button"
            title=${name === prompt ? nothing : prompt}
            aria-pressed=${String(prompt === this.prompt)}
            @click=${() => this.#type(prompt)}
          >
            ${name}
          </button>`,
        )}
      </div>
      ${known
        ? nothing
        : html`<button
            type="button"
            class="quiet"
            aria-label="${t('prompt.saveQuestion')}"
            title="${t('prompt.saveThisQuestionInThisBrowser')}"
            @click=${this.#save}
          >
            ${icons.bookmark}<span class="word">${t('prompt.saveQuestion')}</span>
          </button>`}
      <button type="button" class="bare" aria-label="${t('prompt.yourQuestions')}" title="${t('prompt.yourQuestionsRenameOrderImportExport')}" @click=${this.#manage}>
        ${icons.pencil}
      </button>
    </div>`;
  }

  #save() {
    try {
      ownPresets.add(this.prompt);
      this.problem = '';
    } catch (e) {
      this.problem = Problem.of(e).detail;
    }
  }

  #manage() {
    /** @type {import('./presets-dialog.js').PresetsDialog} */ (
      this.renderRoot.querySelector('fw-presets-dialog')
    ).show();
  }

  static styles = [base, promptBarStyles];
}

customElements.define('fw-prompt-bar', PromptBar);
