import { html, nothing } from '../lib/lit/index.js';
import { VisibleRows } from './visible-rows.js';

/**
 * Renders the rows of a list that are near the screen: a reactive controller of the element that shows them in an `ol`.
 * Either the element scrolls, or the page around it.
 */
export class LongList extends VisibleRows {
  /** @param {import('../lib/lit/index.js').LitElement} host */
  constructor(host) {
    super();
    this.#host = host;
    host.addController(this);
  }

  #host;
  /** @type {Element | undefined} around the element, which scrolls on small screens */
  #page;

  get #list() {
    return /** @type {HTMLElement} */ (this.#host.renderRoot.querySelector('ol'));
  }

  hostConnected() {
    const root = this.#host.getRootNode();
    this.#page = root instanceof ShadowRoot ? root.host : undefined;
    this.#page?.addEventListener('scroll', this.scrolled, { passive: true });
  }

  hostDisconnected() {
    this.#page?.removeEventListener('scroll', this.scrolled);
  }

  hostUpdated() {
    this.measure(/** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll('li:not(.space)')));
  }

  /** Renders the rows that came near the screen. */
  scrolled = () => {
    if (this.long && this.look(-this.#list.getBoundingClientRect().top, innerHeight)) {
      this.#host.requestUpdate();
    }
  };

  /** Space for the rows before the rendered ones. */
  before() {
    return this.long ? space(this.above) : nothing;
  }

  /** Space for the rows after the rendered ones. */
  after() {
    return this.long ? space(this.below) : nothing;
  }
}

/** @param {number} height in pixels */
function space(height) {
  return html`<li class="space" aria-hidden="true" style="height: ${height}px"></li>`;
}
