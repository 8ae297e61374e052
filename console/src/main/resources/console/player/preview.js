import { LitElement, css, html } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';
import { draw, pictures } from './picture-stream.js';

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 10_000;

/**
 * The service's preview of a session. Loads while the page is visible, and reconnects when it is interrupted.
 * Dispatches `seen` with whether there is a picture.
 */
export class Preview extends LitElement {
  static properties = { src: { type: String } };

  constructor() {
    super();
    this.src = '';
  }

  /** @type {AbortController | undefined} aborts the response being read */
  #reading;
  /** @type {number | undefined} */
  #timer;
  #tries = 0;

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#looked);
    if (this.hasUpdated) {
      this.#begin();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#looked);
    this.#end();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('src')) {
      this.#begin();
    }
  }

  #looked = () => (document.hidden ? this.#end() : this.#begin());

  #end() {
    clearTimeout(this.#timer);
    this.#reading?.abort();
    this.#reading = undefined;
  }

  #begin() {
    this.#end();
    this.#tries = 0;
    if (this.src && this.isConnected && !document.hidden) {
      this.#read();
    }
  }

  async #read() {
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const response = await fetch(this.src, { signal: reading.signal });
      if (response.ok) {
        for await (const jpeg of pictures(response)) {
          await this.#show(jpeg);
        }
      }
    } catch {
      // The request is repeated below, whatever the error.
    }
    if (this.#reading === reading) {
      this.#seen(false);
      const wait = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries++);
      this.#timer = setTimeout(() => this.#read(), wait);
    }
  }

  /** @param {Blob} jpeg */
  async #show(jpeg) {
    const canvas = this.renderRoot.querySelector('canvas');
    if (canvas) {
      await draw(canvas, jpeg);
      this.#tries = 0;
      this.#seen(true);
    }
  }

  /** @param {boolean} seen */
  #seen(seen) {
    this.dispatchEvent(new CustomEvent('seen', { detail: seen }));
  }

  render() {
    return html`<canvas role="img" aria-label="${t('player.whatTheSourceShowsNow')}" width="16" height="9"></canvas>`;
  }

  static styles = css`
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: contain;
    }
  `;
}

customElements.define('fw-preview', Preview);
