import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { backendName } from '../look/backend-name.js';
import { base } from '../look/styles.js';
import { clock, size } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';

/** Evidence of one answer: the pictures sent to a service, and its request without secrets. */
export class EvidenceOf extends LitElement {
  static properties = {
    api: { attribute: false },
    session: { type: String },
    seq: { type: Number },
    evidence: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    this.session = '';
    this.seq = 0;
    /** @type {Evidence | undefined} */
    this.evidence = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  firstUpdated() {
    this.#load();
  }

  async #load() {
    this.problem = undefined;
    try {
      this.evidence = await this.api?.evidence(this.session, this.seq);
    } catch (e) {
      this.problem = Problem.of(e);
    }
    await this.updateComplete;
    this.#show();
  }

  /** Scrolls as much of it into view as fits, from its title on. */
  #show() {
    const details = this.closest('details') ?? this;
    const scroller = scrollerOf(details);
    const fits = details.offsetHeight <= (scroller?.clientHeight ?? innerHeight);
    details.scrollIntoView({ block: fits ? 'nearest' : 'start' });
  }

  render() {
    const { evidence, problem } = this;
    if (problem) {
      return html`<p role="alert">${problem.detail}</p>
        ${problem.code === 'no_evidence' ? nothing : html`<button @click=${this.#load}>${t('common.tryAgain')}</button>`}`;
    }
    if (!evidence) {
      return html`<p role="status">${t('results.loadingTheRequest')}</p>`;
    }
    return html`
      <ul>
        ${evidence.frames.map((frame) => this.#frame(frame))}
      </ul>
      ${this.#request(t('results.requestToBackend', { backend: backendName(evidence.backend) }), evidence.request)}
      ${evidence.further_requests?.map((request) => this.#request(t('results.furtherRequest'), request)) ?? nothing}
    `;
  }

  /**
   * @param {string} title
   * @param {object} request
   */
  #request(title, request) {
    return html`<h3 class="heading">${title}</h3>
      <pre tabindex="0" aria-label=${title}>${JSON.stringify(request, undefined, 2)}</pre>`;
  }

  /** @param {EvidenceFrame} frame */
  #frame({ time_seconds: time, width, height, bytes, sha256, href }) {
    const url = `${this.api?.address ?? ''}${href}`;
    return html`<li>
      <a href=${url} target="_blank" rel="noopener" title="SHA-256 ${sha256}">
        <img crossorigin="anonymous" src=${url} width=${width} height=${height} loading="lazy" alt="${t('results.thePictureAtTime', { time: clock(time, 1) })}" />
      </a>
      <span class="numeric">${clock(time, 1)} · ${width}×${height} · ${size(bytes)}</span>
    </li>`;
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(128px, 1fr));
        gap: 8px;
        margin: 4px 0 10px;
        padding: 0;
        list-style: none;
      }
      img {
        display: block;
        width: 100%;
        height: auto;
        border-radius: var(--radius-small);
        background: var(--sunk);
      }
      li span,
      p {
        color: var(--soft);
        font-size: 12px;
      }
      h3 {
        margin-bottom: 4px;
      }
      pre {
        max-height: 260px;
        margin: 0;
        padding: 8px 10px;
        overflow: auto;
        border-radius: var(--radius-small);
        background: var(--sunk);
        font-size: 11px;
        line-height: 1.5;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

/**
 * @param {Element} element
 * @returns {Element | null} the element that scrolls it, across shadow roots
 */
function scrollerOf(element) {
  /** @type {Node | null} */
  let node = element;
  while (node) {
    if (node instanceof Element && /auto|scroll/.test(getComputedStyle(node).overflowY)) {
      return node;
    }
    node = node instanceof ShadowRoot ? node.host : (node instanceof Element ? node.assignedSlot : null) ?? node.parentNode;
  }
  return null;
}

customElements.define('fw-evidence', EvidenceOf);
