import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { unlessReported } from '../look/unless-reported.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';

/** User and password of a URL, before its host. */
const LOGIN = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@([^/?#@]*.*)$/i;

/**
 * The same with a `#`, `/` or `?` in the password, which ends the host of a URL: the text before it is not a host and
 * port. Matches up to the last `@`, so that no part of the password remains.
 */
const BROKEN_LOGIN =
  /^([a-z][a-z0-9+.-]*:\/\/)((?:[^/?#]*#|[^/?#@[]*:(?!(?:\d{1,4}|[1-6]\d{4})\/)[^/?#@]*[/?]).*)@(.*)$/i;

/**
 * A camera, playlist or file by URL. A pasted password moves into a field that hides it. Dispatches `added` with the
 * session.
 */
export class AddUrl extends LitElement {
  static properties = {
    api: { attribute: false },
    disabled: { type: Boolean },
    url: { state: true },
    name: { state: true },
    login: { state: true },
    busy: { state: true },
    problem: { state: true },
    dropped: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    this.disabled = false;
    this.url = '';
    /** Display name of the session; the address when empty. */
    this.name = '';
    /** Login for the camera. */
    this.login = { user: '', password: '' };
    this.busy = false;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** The host whose login was discarded; empty where none was. */
    this.dropped = '';
  }

  /** The host for which user and password were entered; empty while there is none. */
  #host = '';

  /** @param {InputEvent} event */
  #typed(event) {
    this.url = /** @type {HTMLInputElement} */ (event.target).value;
    this.problem = undefined;
    this.#leaveHost();
    if (event.data?.length !== 1) {
      this.#hideLogin(); // pasted; typed text stays as it is until it is complete
    }
  }

  /** Moves user and password out of the visible address. */
  #hideLogin() {
    const url = this.url.trim();
    const parts = BROKEN_LOGIN.exec(url) ?? LOGIN.exec(url);
    if (parts) {
      const [user, ...password] = parts[2].split(':');
      this.url = parts[1] + parts[3];
      this.#enter({ user: decoded(user), password: decoded(password.join(':')) });
      this.dropped = '';
    }
  }

  /** @param {{user: string, password: string}} login for the present host of the address */
  #enter(login) {
    this.login = login;
    this.#host = hostOf(this.url);
    this.dropped = '';
  }

  /** User and password belong to one host and are never sent to another. */
  #leaveHost() {
    const { user, password } = this.login;
    if ((user || password) && this.#host && hostOf(this.url) !== this.#host) {
      this.login = { user: '', password: '' };
      this.dropped = this.#host;
    }
  }

  /** The URL with its login, for the service. */
  get #whole() {
    const { user, password } = this.login;
    const url = this.url.trim();
    if (!user && !password) {
      return url;
    }
    const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
    return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)/i, `$1${login}@`);
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    if (!this.api || this.busy) {
      return;
    }
    this.#hideLogin();
    this.#host ||= hostOf(this.url);
    this.problem = undefined;
    if (!this.url.trim()) {
      this.#refuse(t('upload.typeTheAddressOfACamera'));
      return;
    }
    this.busy = true;
    try {
      const session = await this.api.addUrl(this.#whole, this.name.trim());
      this.url = '';
      this.name = '';
      this.login = { user: '', password: '' };
      this.#host = '';
      this.dropped = '';
      this.dispatchEvent(new CustomEvent('added', { detail: session }));
    } catch (e) {
      this.problem = Problem.of(e);
      this.#focus();
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} message */
  #refuse(message) {
    this.problem = new Problem({ title: message, detail: message, fields: { url: message } });
    this.#focus();
  }

  #focus() {
    this.renderRoot.querySelector('input')?.focus();
  }

  render() {
    const { url: wrong, name: wrongName } = this.problem?.fields ?? {};
    return html`
      <form novalidate @submit=${this.#submit}>
        <label for="url">${t('upload.orEnterTheAddress')}</label>
        <div class="row">
          <input
            id="url"
            type="url"
            inputmode="url"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            placeholder="rtsp://192.168.1.20/stream1"
            aria-describedby="url-help"
            aria-invalid=${wrong ? 'true' : 'false'}
            ?disabled=${this.disabled}
            .value=${live(this.url)}
            @input=${this.#typed}
            @change=${this.#hideLogin}
          />
          <button ?disabled=${this.disabled || this.busy}>${this.busy ? t('upload.adding') : t('common.add')}</button>
        </div>
        <p id="url-help" class=${wrong ? 'wrong' : ''} role=${wrong ? 'alert' : nothing}>
          ${wrong ? sentence(wrong) : t('upload.rtspHlsM3u8OrAVideo')}
        </p>
        ${this.dropped
          ? html`<p role="status">${t('upload.theUserAndPasswordForDropped', { dropped: this.dropped })}</p>`
          : nothing}
        <details ?open=${Boolean(this.login.user || this.login.password || wrongName)}>
          <summary>${t('upload.nameAndPassword')}</summary>
          <div class="more">
            ${this.#field(t('common.name'), 'text', this.name, (name) => (this.name = name))}
            ${this.#field(t('common.user'), 'text', this.login.user, (user) => this.#enter({ ...this.login, user }))}
            ${this.#field(t('common.password'), 'password', this.login.password, (password) => this.#enter({ ...this.login, password }))}
          </div>
        </details>
        ${this.problem && !wrong ? unlessReported(this.problem, notice(this.problem, [], () => (this.problem = undefined))) : nothing}
      </form>
    `;
  }

  /**
   * @param {string} label
   * @param {'text' | 'password'} type
   * @param {string} value
   * @param {(value: string) => void} take
   */
  #field(label, type, value, take) {
    return html`<label
      >${label}
      <input
        type=${type}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        .value=${live(value)}
        @input=${(/** @type {Event} */ e) => take(/** @type {HTMLInputElement} */ (e.target).value)}
      />
    </label>`;
  }

  static styles = [
    base,
    noticeStyles,
    css`
      :host {
        display: block;
        width: min(460px, 100%);
        text-align: left;
      }
      form > label {
        display: block;
        margin-bottom: 6px;
        color: var(--soft);
        font-size: 13px;
      }
      .row {
        display: flex;
        gap: 8px;
      }
      .row input {
        min-height: 40px;
        min-width: 0;
      }
      .row button {
        min-height: 40px;
        padding: 0 18px;
        font-size: 14px;
      }
      input[aria-invalid='true'] {
        border-color: var(--bad);
      }
      p {
        margin-top: 6px;
        color: var(--soft);
        font-size: 12px;
        overflow-wrap: anywhere;
      }
      .wrong {
        color: var(--bad);
        font-size: 13px;
      }
      details {
        margin-top: 8px;
        font-size: 13px;
      }
      summary {
        width: fit-content;
        border-radius: var(--radius-small);
        color: var(--soft);
        font-size: 12px;
        cursor: pointer;
      }
      summary:hover {
        color: var(--ink);
      }
      .more {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
        gap: 8px;
        margin-top: 8px;
      }
      .more label {
        display: grid;
        gap: 4px;
        color: var(--soft);
        font-size: 12px;
      }
      .notice {
        margin-top: 12px;
      }
    `,
  ];
}

/** @param {string} url */
function hostOf(url) {
  return (/^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#@]*)/i.exec(url.trim())?.[1] ?? '').toLowerCase();
}

/** @param {string} part of a URL */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** @param {string} message of the API, which begins with the field's name */
function sentence(message) {
  const said = message.replace(/^url is refused: /, '').replace(/^url /, 'The address ');
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

customElements.define('fw-add-url', AddUrl);
