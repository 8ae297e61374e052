import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { closeDialog, dialogFoot } from '../look/dialog-foot.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';

/** Asks before a node hands its sessions over. Dispatches `confirm` with the node. */
export class DrainDialog extends LitElement {
  static properties = { node: { state: true }, taken: { state: true } };

  constructor() {
    super();
    /** @type {ServiceNode | undefined} */
    this.node = undefined;
    /** Whether another node has room. */
    this.taken = true;
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  /**
   * @param {ServiceNode} node
   * @param {ServiceNode[]} all
   */
  async show(node, all) {
    this.node = node;
    this.taken = all.some((other) => other.id !== node.id && other.alive && !other.draining && other.room > 0);
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  #confirm() {
    const { node } = this;
    this.#dialog?.close();
    this.dispatchEvent(new CustomEvent('confirm', { detail: node }));
  }

  render() {
    const { node } = this;
    return html`<dialog aria-labelledby="drain-title" @close=${() => (this.node = undefined)}>
      ${node
        ? html`<h2 id="drain-title">${t('status.drainNodeQuestion', { node: node.address })}</h2>
            <p>${this.taken ? t('status.itsSessionsMove', { n: node.sessions }) : t('status.noOtherNodeHasRoom')}</p>
            <p>${t('status.itAcceptsNoNewSessions')}</p>
            <div class="buttons">
              <button autofocus @click=${closeDialog}>${t('common.cancel')}</button>
              <button class="main" @click=${this.#confirm}>${t('status.drain')}</button>
            </div>`
        : nothing}
    </dialog>`;
  }

  static styles = [
    base,
    dialogFoot,
    css`
      dialog {
        padding: 20px 24px;
      }
      h2 {
        margin-bottom: 8px;
        overflow-wrap: anywhere;
      }
      p {
        max-width: 60ch;
        font-size: 13px;
        line-height: 1.5;
      }
      p + p {
        margin-top: 6px;
      }
    `,
  ];
}

customElements.define('fw-drain-dialog', DrainDialog);
