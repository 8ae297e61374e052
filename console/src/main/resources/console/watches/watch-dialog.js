import { LitElement, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { changedExpression, knownFields } from './answer-fields.js';
import { EndpointCalls } from './endpoint-calls.js';
import { conditionPart, hoursPart, morePart, whenPart, wherePart } from './watch-fields.js';
import { draftOf, newDraft, requestOf, withoutNulls } from './watch-draft.js';
import { triedResult } from './tried-result.js';
import { WatchCalls } from './watch-calls.js';
import { watchDialogStyles } from './watch-dialog-styles.js';

/** @typedef {import('./watch-draft.js').Draft} Draft */

/** Creates or changes a watch, and tries it against stored answers. Dispatches `saved`. */
export class WatchDialog extends LitElement {
  static properties = {
    api: { attribute: false },
    sessions: { attribute: false },
    backends: { attribute: false },
    draft: { state: true },
    fields: { state: true },
    questions: { state: true },
    endpoints: { state: true },
    tried: { state: true },
    problem: { state: true },
    busy: { state: true },
    shown: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {Session[]} */
    this.sessions = [];
    /** @type {BackendState[]} */
    this.backends = [];
    this.draft = newDraft();
    /** @type {import('./answer-fields.js').Field[]} that the session's answers have */
    this.fields = [];
    /** @type {string[]} names of the session's questions */
    this.questions = [];
    /** @type {import('./endpoint-calls.js').Endpoint[]} */
    this.endpoints = [];
    /** @type {TriedWatch | undefined} */
    this.tried = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** @type {'' | 'save' | 'try'} */
    this.busy = '';
    this.shown = false;
  }

  /** @type {ResultEvent[]} answers of the session to take fields from */
  #results = [];
  /** @type {Watch | undefined} that is edited */
  #watch;

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  get #calls() {
    return new WatchCalls(/** @type {import('../service/api.js').Api} */ (this.api));
  }

  /** @param {Watch | null} watch to edit; null for a new one */
  async edit(watch) {
    const [session] = watch?.sessions ?? [];
    await this.#open(watch ? draftOf(watch) : newDraft(), watch ?? undefined);
    await this.#learn(session ?? this.#usual);
  }

  /**
   * A new watch that opens when an answer changes.
   *
   * @param {ResultEvent} result
   */
  async tellWhenChanged(result) {
    await this.#open({
      ...newDraft(),
      name: t('watches.questionChanged', { question: (result.name ?? result.prompt).slice(0, 80).trim() }),
      where: 'some',
      sessions: [result.session_id],
      first: [result.session_id],
      expression: changedExpression(result),
      question: result.name ?? '',
    });
    await this.#learn(result.session_id);
  }

  /**
   * @param {Draft} draft
   * @param {Watch} [watch]
   */
  async #open(draft, watch) {
    this.#watch = watch;
    this.draft = draft;
    this.#results = [];
    this.fields = [];
    this.questions = [];
    this.tried = undefined;
    this.problem = undefined;
    this.busy = '';
    this.shown = true;
    await this.updateComplete;
    this.#dialog.showModal();
    const { api } = this;
    if (api) {
      this.endpoints = await new EndpointCalls(api).endpoints().then(({ endpoints }) => endpoints, () => []);
    }
  }

  /** The session whose answers provide suggestions where the watch covers all sessions: the newest with answers. */
  get #usual() {
    return this.sessions.find((s) => (s.counters?.results ?? 0) > 0)?.session_id;
  }

  /** @param {string | undefined} id of the session whose answers provide suggestions */
  async #learn(id) {
    const session = this.sessions.find((s) => s.session_id === id);
    if (!session || !this.api) {
      return;
    }
    try {
      const last = session.last_seq ?? 0;
      const page = await this.api.results(session.session_id, Math.max(0, last - 200), 200);
      this.#results = page.results.filter((e) => e.type === 'result');
      this.questions = [...new Set(this.#results.map((r) => r.name ?? ''))].filter((n) => n && !n.startsWith('watch: '));
      this.#findFields();
    } catch {
      // The fields are suggestions only.
    }
  }

  #findFields() {
    this.fields = knownFields(this.#results, this.draft.question || undefined);
  }

  /** @param {Partial<Draft>} part */
  #change(part) {
    this.draft = { ...this.draft, ...part };
    this.tried = undefined;
    this.problem = undefined;
    if (part.question !== undefined) {
      this.#findFields();
    }
    const [session] = part.sessions ?? [];
    if (session && this.#results[0]?.session_id !== session) {
      this.#learn(session);
    }
  }

  /** @param {string} name of a field, inserted where the cursor is */
  async #insert(name) {
    const input = this.renderRoot.querySelector('#expression');
    if (input instanceof HTMLTextAreaElement) {
      const { selectionStart: from, selectionEnd: to, value } = input;
      const before = value.slice(0, from);
      const put = `${before && !/[\s(]$/.test(before) ? ' ' : ''}${name} `;
      this.#change({ expression: before + put + value.slice(to) });
      await this.updateComplete;
      input.focus();
      input.setSelectionRange(before.length + put.length, before.length + put.length);
    }
  }

  /**
   * @param {'save' | 'try'} what
   * @param {() => Promise<void>} work
   */
  async #attempt(what, work) {
    this.busy = what;
    this.problem = undefined;
    try {
      await work();
    } catch (e) {
      this.problem = Problem.of(e);
      await this.updateComplete;
      this.renderRoot.querySelector('.notice')?.scrollIntoView({ block: 'nearest' });
    } finally {
      this.busy = '';
    }
  }

  #save() {
    const request = requestOf(this.draft, this.#watch?.when);
    this.#attempt('save', async () => {
      await (this.draft.id
        ? this.#calls.change(this.draft.id, request)
        : this.#calls.add({ ...withoutNulls(request), enabled: true }));
      this.#dialog.close();
      this.dispatchEvent(new Event('saved'));
    });
  }

  #try() {
    const request = { ...requestOf(this.draft, this.#watch?.when) };
    request.name ||= t('watches.trial');
    this.#attempt('try', async () => {
      const session = this.draft.where === 'all' ? (this.#results[0]?.session_id ?? this.#usual) : undefined;
      this.tried = await this.#calls.tryOut(withoutNulls(request), session);
      await this.updateComplete;
      this.renderRoot.querySelector('.tried')?.scrollIntoView({ block: 'nearest' });
    });
  }

  render() {
    return html`<dialog aria-labelledby="watch-title" @close=${() => (this.shown = false)}>
      ${this.shown ? this.#form() : nothing}
    </dialog>`;
  }

  #form() {
    const { draft, problem } = this;
    const errors = problem?.fields ?? {};
    const change = (/** @type {Partial<Draft>} */ part) => this.#change(part);
    const ready = draft.name.trim() !== '' && (draft.kind === 'words' ? draft.words.trim() : draft.expression.trim()) !== '';
    return html`<div class="head">
        <h2 id="watch-title">${draft.id ? t('watches.editWatch') : t('watches.newWatch')}</h2>
        <button class="bare" aria-label="${t('common.close')}" @click=${() => this.#dialog.close()}>${icons.close}</button>
      </div>
      <form
        class="body"
        @submit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          this.#save();
        }}
      >
        <div class="field">
          <label for="name">${t('common.name')}</label>
          <input
            id="name"
            required
            maxlength="100"
            placeholder="${t('watches.loadingDockBlocked')}"
            autocomplete="off"
            .value=${draft.name}
            @input=${(/** @type {Event} */ e) => change({ name: /** @type {HTMLInputElement} */ (e.target).value })}
          />
          ${errors.name ? html`<small class="wrong">${errors.name}</small>` : nothing}
        </div>
        ${wherePart(draft, this.sessions, errors, change)}
        ${conditionPart(draft, { fields: this.fields, questions: this.questions, backends: this.backends }, errors, change, (name) => this.#insert(name))}
        ${whenPart(draft, errors, change)} ${hoursPart(draft, errors, change)}
        ${morePart(draft, this.endpoints, errors, change)}
        ${notice(problem, [], () => (this.problem = undefined))}
        ${this.tried ? triedResult(this.tried, this.sessions, () => this.#dialog.close()) : nothing}
        <div class="buttons">
          ${draft.kind === 'expression'
            ? html`<button type="button" ?disabled=${!draft.expression.trim() || this.busy !== ''} @click=${this.#try}>
                ${this.busy === 'try' ? t('watches.trying') : t('watches.tryOnPastAnswers')}
              </button>`
            : nothing}
          <span class="gap"></span>
          <button type="button" class="quiet" @click=${() => this.#dialog.close()}>${t('common.cancel')}</button>
          <button class="main" ?disabled=${!ready || this.busy !== ''}>
            ${this.busy === 'save' ? t('watches.saving') : draft.id ? t('common.save') : t('watches.arm')}
          </button>
        </div>
      </form>`;
  }

  static styles = [base, noticeStyles, watchDialogStyles];
}

customElements.define('fw-watch-dialog', WatchDialog);
