import { LitElement, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { presetsDialogStyles } from './presets-dialog-styles.js';
import { MAX_NAME_LENGTH, MAX_PROMPT_LENGTH, MAX_PRESETS, exported, linkTo, ownPresets } from './presets.js';

/** The user's own questions: rename, edit, order, delete, export and import. */
export class PresetsDialog extends LitElement {
  static properties = {
    presets: { state: true },
    problem: { state: true },
    done: { state: true },
    shown: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./presets.js').Preset[]} */
    this.presets = [];
    this.problem = '';
    /** What happened last. */
    this.done = '';
    this.shown = false;
  }

  #changed = () => {
    this.presets = ownPresets.all;
  };

  connectedCallback() {
    super.connectedCallback();
    ownPresets.addEventListener('change', this.#changed);
    this.#changed();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    ownPresets.removeEventListener('change', this.#changed);
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  async show() {
    this.problem = '';
    this.done = '';
    this.shown = true;
    await this.updateComplete;
    this.#dialog.showModal();
  }

  /**
   * @param {() => unknown} work
   * @param {string} [done]
   */
  async #attempt(work, done = '') {
    this.problem = '';
    this.done = '';
    try {
      await work();
      this.done ||= done;
    } catch (e) {
      this.problem = Problem.of(e).detail;
    }
  }

  /**
   * @param {number} i
   * @param {Partial<import('./presets.js').Preset>} part
   */
  #edit(i, part) {
    this.#attempt(() => ownPresets.save(this.presets.map((p, at) => (at === i ? { ...p, ...part } : p))));
  }

  /** @param {number} i */
  #delete(i) {
    const { name } = this.presets[i];
    this.#attempt(() => ownPresets.save(this.presets.toSpliced(i, 1)), t('prompt.deletedName', { name }));
  }

  /**
   * @param {number} i
   * @param {-1 | 1} by
   */
  async #move(i, by) {
    const to = i + by;
    const moved = this.presets[i];
    if (to < 0 || to >= this.presets.length) {
      return;
    }
    await this.#attempt(() => ownPresets.save(this.presets.toSpliced(i, 1).toSpliced(to, 0, moved)), t('prompt.movedNameToPosition', { name: moved.name, position: to + 1 }));
    await this.updateComplete;
    const [up, down] = this.renderRoot.querySelectorAll(`li:nth-child(${to + 1}) .move`);
    const button = /** @type {HTMLButtonElement} */ (by < 0 ? up : down);
    (button.disabled ? /** @type {HTMLButtonElement} */ (by < 0 ? down : up) : button).focus();
  }

  /** @param {Event} event */
  #import(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (file) {
      this.#attempt(async () => {
        const added = await ownPresets.import(file);
        this.done = added > 0 ? t('prompt.importedQuestions', { questions: t('count.questions', { n: added }) }) : t('prompt.allQuestionsOfThisFileAre');
      });
    }
    input.value = '';
  }

  #export() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([exported()], { type: 'application/json' }));
    link.download = 'framewise-questions.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  render() {
    return html`<dialog aria-labelledby="presets-title" @close=${() => (this.shown = false)}>
      ${this.shown ? this.#content() : nothing}
    </dialog>`;
  }

  #content() {
    const { presets } = this;
    return html`<div class="head">
        <h2 id="presets-title">${t('prompt.yourQuestions')}</h2>
        <button class="bare" aria-label="${t('common.close')}" @click=${() => this.#dialog.close()}>${icons.close}</button>
      </div>
      <p class="about">${t('prompt.theyAreKeptInThisBrowser')}</p>
      ${presets.length > 0
        ? html`<ol>
            ${presets.map((preset, i) => this.#preset(preset, i))}
          </ol>`
        : html`<p class="none">${t('prompt.noQuestionsYetTypeOneAnd')}</p>`}
      ${this.problem ? html`<p class="wrong" role="alert">${this.problem}</p>` : nothing}
      <p class="done" role="status">${this.done}</p>
      <div class="buttons">
        <button @click=${() => this.renderRoot.querySelector('input[type=file]')?.dispatchEvent(new MouseEvent('click'))}>
          ${t('prompt.import')}
        </button>
        <input type="file" hidden aria-label="${t('prompt.fileWithQuestions')}" accept=".json,application/json" @change=${this.#import} />
        <button ?disabled=${presets.length === 0} @click=${this.#export}>${icons.download} ${t('prompt.export')}</button>
        <span class="gap numeric">${presets.length > 0 ? t('prompt.lengthOfMost', { length: presets.length, most: MAX_PRESETS }) : ''}</span>
        <button class="main" @click=${() => this.#dialog.close()}>${t('common.done')}</button>
      </div>`;
  }

  /**
   * @param {import('./presets.js').Preset} preset
   * @param {number} i
   */
  #preset({ name, prompt }, i) {
    return html`<li>
      <input
        class="name"
        aria-label="${t('prompt.nameOfQuestionNumber', { number: i + 1 })}"
        maxlength=${MAX_NAME_LENGTH}
        .value=${live(name)}
        @change=${(/** @type {Event} */ e) => this.#edit(i, { name: /** @type {HTMLInputElement} */ (e.target).value })}
      />
      <div class="acts">
        <button class="bare move" aria-label="${t('prompt.moveNameUp', { name })}" title="${t('prompt.moveUp')}" ?disabled=${i === 0} @click=${() => this.#move(i, -1)}>
          ${icons.up}
        </button>
        <button
          class="bare move"
          aria-label="${t('prompt.moveNameDown', { name })}"
          title="${t('prompt.moveDown')}"
          ?disabled=${i === this.presets.length - 1}
          @click=${() => this.#move(i, 1)}
        >
          ${icons.down}
        </button>
        <button
          class="bare"
          aria-label="${t('prompt.copyALinkToName', { name })}"
          title="${t('prompt.copyALink')}"
          @click=${() => this.#attempt(() => navigator.clipboard.writeText(linkTo(prompt)), t('prompt.linkCopied'))}
        >
          ${icons.link}
        </button>
        <button class="bare" aria-label="${t('common.deleteName', { name })}" title="${t('common.delete')}" @click=${() => this.#delete(i)}>
          ${icons.trash}
        </button>
      </div>
      <textarea
          dir="auto"
        aria-label="${t('prompt.textOfName', { name })}"
        rows="1"
        maxlength=${MAX_PROMPT_LENGTH}
        .value=${live(prompt)}
        @change=${(/** @type {Event} */ e) => this.#edit(i, { prompt: /** @type {HTMLTextAreaElement} */ (e.target).value })}
      ></textarea>
    </li>`;
  }

  static styles = [base, presetsDialogStyles];
}

customElements.define('fw-presets-dialog', PresetsDialog);
