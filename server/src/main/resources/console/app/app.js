import { LitElement, html, nothing } from '../lib/lit/index.js';
import { commandOf } from '../keys/keys.js';
import * as icons from '../look/icons.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { videoFacts } from '../look/words.js';
import { Film } from '../capture/film.js';
import { saveAddress, savedAddress } from '../service/address.js';
import { Api } from '../service/api.js';
import { Problem } from '../service/problem.js';
import { Upload } from '../service/upload.js';
import { OpenSession } from '../session/open-session.js';
import { appStyles } from './app-styles.js';
import { Library } from './library.js';
import './connection-state.js';
import './workspace.js';
import '../capture/start-live.js';
import '../keys/keys-dialog.js';
import '../sessions/sessions-list.js';
import '../settings/settings-dialog.js';
import '../upload/add-video.js';
import '../upload/upload-progress.js';

/** The whole console: the bar, the list of videos, and what is open. */
export class App extends LitElement {
  static properties = {
    open: { state: true },
    film: { attribute: false },
    upload: { state: true },
    drawing: { state: true },
    problem: { state: true },
    drawer: { state: true },
    dropping: { state: true },
  };

  constructor() {
    super();
    /** @type {OpenSession | undefined} */
    this.open = undefined;
    /** @type {Upload | undefined} */
    this.upload = undefined;
    /** What this page films or shares. */
    this.film = new Film();
    this.drawing = false;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    this.drawer = false;
    this.dropping = false;
    this.#library = this.#newLibrary(savedAddress());
  }

  /** @type {Library} */
  #library;
  #changed = () => this.requestUpdate();

  #libraryChanged = () => {
    this.requestUpdate();
    this.#library.sessions.forEach((session) => this.film.look(session));
    if (!this.#library.reachable) {
      return;
    }
    // The service is back: what could not be opened then can be now, and nobody waits out a back-off.
    this.open?.stream?.retryNow();
    if (this.problem?.unreachable) {
      this.problem = undefined;
      this.#route();
    }
  };

  get #api() {
    return this.#library.api;
  }

  connectedCallback() {
    super.connectedCallback();
    this.film.addEventListener('change', this.#changed);
    this.film.resume(this.#api.address).then((session) => {
      if (session && !location.hash.startsWith('#/session/')) {
        location.hash = `#/session/${session}`;
      }
    });
    addEventListener('hashchange', () => this.#route());
    addEventListener('keydown', (e) => this.#pressed(e));
    addEventListener('dragover', (e) => this.#dragged(e));
    addEventListener('dragleave', (e) => (this.dropping = this.dropping && e.relatedTarget !== null));
    addEventListener('drop', (e) => this.#dropped(e));
    addEventListener('beforeunload', (e) => {
      if (this.upload) {
        e.preventDefault();
      }
    });
    this.#route();
  }

  /** @param {string} address */
  #newLibrary(address) {
    const library = new Library(new Api(address));
    library.addEventListener('change', this.#libraryChanged);
    library.open();
    return library;
  }

  async #route() {
    const id = /^#\/session\/(.+)$/.exec(location.hash)?.[1];
    this.drawer = false;
    this.film.prepare(/^#\/(webcam|screen)$/.exec(location.hash)?.[1]);
    if (id === this.open?.id) {
      return;
    }
    this.#leave();
    this.problem = undefined;
    if (!id) {
      return;
    }
    try {
      const open = new OpenSession(this.#api, await this.#api.session(id));
      if (location.hash !== `#/session/${id}`) {
        return;
      }
      this.open = open;
      open.addEventListener('change', () => {
        this.#changed();
        this.film.look(open.session);
      });
      open.addEventListener('gone', (e) => {
        this.problem = /** @type {CustomEvent<Problem>} */ (e).detail;
      });
      await open.load();
    } catch (e) {
      this.problem = Problem.of(e);
    }
  }

  #leave() {
    this.open?.close();
    this.open = undefined;
  }

  /** @param {string} address */
  #move(address) {
    if (address !== this.#api.address) {
      saveAddress(address);
      this.film.close();
      this.#library.removeEventListener('change', this.#libraryChanged);
      this.#library.close();
      this.#library = this.#newLibrary(address);
      this.#leave();
      this.#route();
    }
  }

  /** @param {File} file */
  async #send(file) {
    this.upload?.cancel();
    location.hash = '#/';
    this.problem = undefined;
    const upload = new Upload(this.#api.uploadUrl(), file);
    this.upload = upload;
    try {
      const session = await upload.send();
      if (session) {
        this.#show(session);
      }
    } catch (e) {
      this.problem = Problem.of(e);
    } finally {
      if (this.upload === upload) {
        this.upload = undefined;
      }
    }
  }

  async #sample() {
    this.drawing = true;
    this.problem = undefined;
    try {
      this.#show(await this.#api.demo());
    } catch (e) {
      this.problem = Problem.of(e);
    } finally {
      this.drawing = false;
    }
  }

  /** @param {'webcam' | 'screen'} kind */
  #film(kind) {
    this.problem = undefined;
    this.film.prepare(kind, true);
    location.hash = `#/${kind}`;
  }

  /** @param {CustomEvent<import('../capture/broadcast.js').Broadcast>} event */
  #live(event) {
    this.film.begin(event.detail);
    location.hash = `#/session/${event.detail.session}`;
    this.#library.refresh();
  }

  /** @param {Session} session */
  #show(session) {
    location.hash = `#/session/${session.session_id}`;
    this.#library.refresh();
  }

  /** @param {Session} session */
  async #remove(session) {
    try {
      await this.#api.remove(session.session_id);
      if (this.open?.id === session.session_id) {
        location.hash = '#/';
      }
    } catch (e) {
      this.problem = Problem.of(e);
    }
    this.#library.refresh();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key === 'Escape') {
      this.drawer = false;
      /** @type {HTMLElement} */ (event.composedPath()[0]).blur?.();
      return;
    }
    const command = commandOf(event);
    if (!command) {
      return;
    }
    event.preventDefault();
    if (command === 'help') {
      this.#help();
    } else {
      this.#workspace?.obey(command);
    }
  }

  get #workspace() {
    return /** @type {import('./workspace.js').Workspace | import('../capture/start-live.js').StartLive | null} */ (
      this.renderRoot.querySelector('fw-workspace, fw-start-live')
    );
  }

  #help() {
    /** @type {any} */ (this.renderRoot.querySelector('fw-keys-dialog')).show();
  }

  #settings() {
    /** @type {any} */ (this.renderRoot.querySelector('fw-settings-dialog')).show();
  }

  /** @param {DragEvent} event */
  #dragged(event) {
    if (event.dataTransfer?.types.includes('Files')) {
      event.preventDefault();
      this.dropping = true;
    }
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    event.preventDefault();
    this.dropping = false;
    const file = event.dataTransfer?.files[0];
    if (file) {
      this.#send(file);
    }
  }

  updated() {
    const name = this.open?.session.filename;
    document.title = name ? `${name} – Framewise` : 'Framewise';
  }

  render() {
    const library = this.#library;
    return html`
      ${this.#bar()}
      <fw-sessions-list
        class=${this.drawer ? 'open' : ''}
        .sessions=${this.#sessions()}
        .selected=${this.open?.id ?? ''}
        .more=${library.hasMore}
        .known=${library.reachable === true}
        .uploading=${this.upload?.file}
        @add=${() => this.#add()}
        @more=${() => library.more()}
        @remove=${(/** @type {CustomEvent<Session>} */ e) => this.#remove(e.detail)}
      ></fw-sessions-list>
      ${this.drawer ? html`<div class="shade" @click=${() => (this.drawer = false)}></div>` : nothing}
      <main>
        ${this.#problems()}
        <div class="content">${this.#content()}</div>
      </main>
      ${this.dropping ? html`<div class="drop"><p>Drop the video to add it</p></div>` : nothing}
      <fw-settings-dialog
        .address=${this.#api.address}
        @address=${(/** @type {CustomEvent<string>} */ e) => this.#move(e.detail)}
      ></fw-settings-dialog>
      <fw-keys-dialog></fw-keys-dialog>
    `;
  }

  /** What is open is known better than the list, which is asked for every few seconds. */
  #sessions() {
    const open = this.open?.session;
    return this.#library.sessions.map((s) => (s.session_id === open?.session_id ? open : s));
  }

  #add() {
    this.drawer = false;
    location.hash = '#/';
  }

  #bar() {
    const { open } = this;
    return html`<header>
      <button
        class="bare drawer"
        aria-label="Videos"
        aria-expanded=${String(this.drawer)}
        @click=${() => (this.drawer = !this.drawer)}
      >
        ${icons.menu}
      </button>
      <a class="mark" href="#/" aria-label="Framewise, add a video">
        <img src="icon.svg" alt="" width="22" height="22" /><span>Framewise</span>
      </a>
      ${open
        ? html`<div class="title">
            <h1 title=${open.session.filename}>${open.session.filename}</h1>
            <span class="numeric">${videoFacts(open.session).join(' · ')}</span>
          </div>`
        : html`<div class="title"></div>`}
      <fw-connection-state
        .state=${open?.connection ?? 'idle'}
        .retryAt=${open?.stream?.retryAt ?? 0}
        .reachable=${this.#library.reachable}
        @retry=${() => open?.stream?.retryNow()}
      ></fw-connection-state>
      <button class="bare keys" aria-label="Keys" title="Keys (?)" @click=${this.#help}>
        ${icons.keyboard}
      </button>
      <button class="bare" aria-label="Settings" title="Settings" @click=${this.#settings}>
        ${icons.gear}
      </button>
    </header>`;
  }

  #problems() {
    const library = this.#library;
    const settings = { label: 'Open settings', act: () => this.#settings() };
    if (library.problem) {
      return notice(
        library.problem,
        [{ label: 'Try again', act: () => library.refresh() }, settings],
        undefined,
      );
    }
    if (this.film.interrupted) {
      const { problem, again } = this.film.interrupted;
      return notice(problem, [{ label: 'Go on', act: again }], () => this.film.giveUp());
    }
    return notice(
      this.problem,
      this.problem?.unreachable ? [settings] : [],
      () => (this.problem = undefined),
    );
  }

  #content() {
    if (this.open) {
      return html`<fw-workspace
        .open=${this.open}
        .backends=${this.#library.backends}
        .defaultBackend=${this.#library.defaultBackend}
        .broadcast=${this.film.broadcastOf(this.open.id)}
        @acted=${() => this.#library.refresh()}
      ></fw-workspace>`;
    }
    if (this.upload) {
      return html`<fw-upload-progress
        .upload=${this.upload}
        @cancel=${() => this.upload?.cancel()}
      ></fw-upload-progress>`;
    }
    if (this.film.capture) {
      return html`<fw-start-live
        .capture=${this.film.capture}
        .address=${this.#api.address}
        .defaultBackend=${this.#library.defaultBackend}
        @live=${this.#live}
      ></fw-start-live>`;
    }
    if (location.hash.startsWith('#/session/') && !this.problem) {
      return nothing;
    }
    return html`<fw-add-video
      .drawing=${this.drawing}
      .disabled=${this.#library.reachable === false}
      @file=${(/** @type {CustomEvent<File>} */ e) => this.#send(e.detail)}
      @film=${(/** @type {CustomEvent<'webcam' | 'screen'>} */ e) => this.#film(e.detail)}
      @sample=${this.#sample}
    ></fw-add-video>`;
  }

  static styles = [base, noticeStyles, appStyles];
}

customElements.define('fw-app', App);
