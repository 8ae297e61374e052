import { LitElement, css, html } from '../lib/lit/index.js';
import { closeDialog, dialogFoot } from '../look/dialog-foot.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { KEYS } from './keys.js';

/** Keyboard shortcuts. */
export class KeysDialog extends LitElement {
  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  show() {
    this.#dialog.showModal();
  }

  render() {
    return html`<dialog aria-labelledby="keys-title">
      <h2 id="keys-title">${t('common.keys')}</h2>
      <dl>
        ${KEYS.map(
          ({ keys, means }) =>
            html`<div>
              <dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
              <dd>${means}</dd>
            </div>`,
        )}
      </dl>
      <div class="buttons"><button autofocus @click=${closeDialog}>${t('common.close')}</button></div>
    </dialog>`;
  }

  static styles = [
    base,
    dialogFoot,
    css`
      dialog {
        --foot-gap: 16px;
        padding: 20px 24px;
      }
      h2 {
        margin-bottom: 12px;
      }
      dl {
        margin: 0;
      }
      dl div {
        display: grid;
        grid-template-columns: 150px 1fr;
        padding: 6px 0;
        font-size: 13px;
      }
      dd {
        margin: 0;
      }
    `,
  ];
}

customElements.define('fw-keys-dialog', KeysDialog);
