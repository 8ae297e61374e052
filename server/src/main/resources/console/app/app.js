import { LitElement, html, nothing } from '../lib/lit/index.js';
import { commandOf } from '../keys/keys.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { isLive, isRunning } from '../look/words.js';
import { Film } from '../capture/film.js';
import { saveAddress, savedAddress } from '../service/address.js';
import { Api } from '../service/api.js';
import { Problem } from '../service/problem.js';
import { OpenSession } from '../session/open-session.js';
import { appStyles } from './app-styles.js';
import './bar.js';
import { Drop } from './drop.js';
import { Library } from './library.js';
import { placeOf } from './place.js';
import './workspace.js';
import '../capture/start-live.js';
import '../keys/keys-dialog.js';
import '../live/live-grid.js';
import '../sessions/sessions-list.js';
import '../settings/settings-dialog.js';
import '../upload/add-video.js';
import { Arrivals } from '../upload/arrivals.js';
import '../upload/upload-progress.js';

/** The whole console: the bar, the list of videos, and what is open. */
export class App extends LitElement {
  static properties = {
    open: { state: true },
    film: { attribute: false },
    problem: { state: true },
    drawer: { state: true },
    place: { state: true },
  };

  constructor() {
    super();
    /** @type {OpenSession | undefined} */
    this.open = undefined;
    /** What this page films or shares. */
    this.film = new Film();
    /** @type {Problem | undefined} */
    this.problem = undefined;
    this.drawer = false;
    this.place = placeOf(location.hash);
    this.#library = this.#newLibrary(savedAddress());
  }

  /** @type {Library} */
  #library;
  #arrivals = new Arrivals();
  #drop = new Drop();
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
      if (session && !this.place.session) {
        location.hash = `#/session/${session}`;
      }
    });
    addEventListener('hashchange', () => this.#route());
    addEventListener('keydown', (e) => this.#pressed(e));
    this.#drop.addEventListener('change', this.#changed);
    this.#drop.open((file) => this.#send(file));
    this.#arrivals.addEventListener('change', this.#changed);
    addEventListener('beforeunload', (e) => {
      if (this.#arrivals.upload) {
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
    this.place = placeOf(location.hash);
    const id = this.place.session;
    this.drawer = false;
    this.film.prepare(this.place.film);
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
      if (this.place.session !== id) {
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
  #send(file) {
    location.hash = '#/';
    this.#begin(this.#arrivals.send(this.#api, file));
  }

  /** @param {Promise<Session | undefined>} arrival */
  async #begin(arrival) {
    this.problem = undefined;
    try {
      const session = await arrival;
      if (session) {
        this.#show(session);
      }
    } catch (e) {
      this.problem = Problem.of(e);
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
    } else if (command === 'live') {
      location.hash = '#/live';
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

  updated() {
    const name = this.open?.session.filename ?? (this.place.live ? 'Live' : undefined);
    document.title = name ? `${name} – Framewise` : 'Framewise';
  }

  render() {
    const library = this.#library;
    return html`
      <fw-bar
        .open=${this.open}
        .reachable=${library.reachable}
        .live=${library.sessions.filter((session) => isLive(session) && isRunning(session)).length}
        .drawer=${this.drawer}
        .at=${this.place.live ? 'live' : ''}
        @drawer=${() => (this.drawer = !this.drawer)}
        @help=${this.#help}
        @settings=${this.#settings}
      ></fw-bar>
      <fw-sessions-list
        class=${this.drawer ? 'open' : ''}
        .sessions=${this.#sessions()}
        .selected=${this.open?.id ?? ''}
        .more=${library.hasMore}
        .known=${library.reachable === true}
        .uploading=${this.#arrivals.upload?.file}
        @add=${() => this.#add()}
        @more=${() => library.more()}
        @remove=${(/** @type {CustomEvent<Session>} */ e) => this.#remove(e.detail)}
      ></fw-sessions-list>
      ${this.drawer ? html`<div class="shade" @click=${() => (this.drawer = false)}></div>` : nothing}
      <main>
        ${this.#problems()}
        <div class="content">${this.#content()}</div>
      </main>
      ${this.#drop.over ? html`<div class="drop"><p>Drop the video to add it</p></div>` : nothing}
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
    if (this.#arrivals.upload) {
      return html`<fw-upload-progress
        .upload=${this.#arrivals.upload}
        @cancel=${() => this.#arrivals.upload?.cancel()}
      ></fw-upload-progress>`;
    }
    if (this.film.capture) {
      return html`<fw-start-live
        .capture=${this.film.capture}
        .address=${this.#api.address}
        .backends=${this.#library.backends}
        .defaultBackend=${this.#library.defaultBackend}
        @live=${this.#live}
      ></fw-start-live>`;
    }
    if (this.place.live) {
      return html`<fw-live-grid .api=${this.#api}></fw-live-grid>`;
    }
    if (this.place.session && !this.problem) {
      return nothing;
    }
    return html`<fw-add-video
      .drawing=${this.#arrivals.drawing}
      .disabled=${this.#library.reachable === false}
      .api=${this.#api}
      @added=${(/** @type {CustomEvent<Session>} */ e) => this.#show(e.detail)}
      @file=${(/** @type {CustomEvent<File>} */ e) => this.#send(e.detail)}
      @film=${(/** @type {CustomEvent<'webcam' | 'screen'>} */ e) => this.#film(e.detail)}
      @sample=${() => this.#begin(this.#arrivals.sample(this.#api))}
    ></fw-add-video>`;
  }

  static styles = [base, noticeStyles, appStyles];
}

customElements.define('fw-app', App);
