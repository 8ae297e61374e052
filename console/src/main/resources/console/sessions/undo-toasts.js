import { LitElement, css, html } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { nameOf } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { UNDO_MS } from './removal.js';

/** Deletions that can still be undone. Dispatches `undo` and `finish` with a batch. */
export class UndoToasts extends LitElement {
  static properties = { batches: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./removal.js').Batch[]} */
    this.batches = [];
  }

  render() {
    return html`<div role="status">
      ${repeat(
        this.batches,
        (batch) => batch.timer,
        (batch) => html`<div class="toast">
          <span class="words"
            >${t('sessions.deleted')} ${batch.sessions.length === 1 ? html`<b>${nameOf(batch.sessions[0])}</b>` : t('count.videos', { n: batch.sessions.length })}</span
          >
          <button title="${t('sessions.undoCtrlZ')}" @click=${() => this.#say('undo', batch)}>${t('sessions.undo')}</button>
          <button class="bare" aria-label="${t('sessions.deleteNow')}" title="${t('sessions.deleteNow')}" @click=${() => this.#say('finish', batch)}>
            ${icons.close}
          </button>
          <span class="left" style="animation-duration: ${UNDO_MS}ms"></span>
        </div>`,
      )}
    </div>`;
  }

  /**
   * @param {'undo' | 'finish'} what
   * @param {import('./removal.js').Batch} batch
   */
  #say(what, batch) {
    this.dispatchEvent(new CustomEvent(what, { detail: batch }));
  }

  static styles = [
    base,
    css`
      :host {
        position: fixed;
        bottom: 16px;
        left: 16px;
        z-index: 15;
        width: min(340px, calc(100vw - 32px));
      }
      [role='status'] {
        display: grid;
        gap: 8px;
      }
      .toast {
        position: relative;
        display: flex;
        align-items: center;
        gap: 4px;
        overflow: hidden;
        padding: 8px 6px 8px 14px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow-high);
        font-size: 13px;
        animation: rise 0.16s ease-out;
      }
      .words {
        flex: 1;
        overflow: hidden;
        min-width: 0;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .words b {
        font-weight: 600;
      }
      .left {
        position: absolute;
        inset: auto 0 0;
        height: 2px;
        background: var(--now-fill);
        transform-origin: left;
        animation: shrink linear forwards;
      }
      @keyframes shrink {
        to {
          transform: scaleX(0);
        }
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .left {
          display: none;
        }
      }
    `,
  ];
}

customElements.define('fw-undo-toasts', UndoToasts);
