import { LitElement, html, nothing } from '../lib/lit/index.js';
import { commandOf, undoes } from '../keys/keys.js';
import { noticeStyles } from '../look/notice.js';
import { nameOf } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { isLive, isRunning } from '../look/words.js';
import { Film } from '../capture/film.js';
import { saveAddress, savedAddress } from '../service/address.js';
import { Api } from '../service/api.js';
import { Problem } from '../service/problem.js';
import { reported } from '../service/reported.js';
import { appStyles } from './app-styles.js';
import './bar.js';
import { watchesStyles } from '../account/view-only.js';
import { t } from '../messages/messages.js';
import { contentOf } from './content.js';
import { Dialogs } from './dialogs.js';
import { Drop } from './drop.js';
import { Library } from './library.js';
import { openBanner, openBannerStyles } from './open-banner.js';
import { Opened } from './opened.js';
import { placeOf, titleOf } from './place.js';
import { problemOf } from './problems.js';
import { mayChange, mayOperate } from '../service/access.js';
import { keepLinked, linkedStyles } from '../prompt/linked-prompt.js';
import { Removal } from '../sessions/removal.js';
import '../sessions/sessions-list.js';
import '../sessions/undo-toasts.js';
import { Notifier } from '../watches/notifier.js';
import { Arrivals } from '../upload/arrivals.js';

/** The whole console: the bar, the list of videos, and the open session. */
export class App extends LitElement {
  static properties = {
    film: { attribute: false },
    access: { state: true },
    drawer: { state: true },
    place: { state: true },
  };

  constructor() {
    super();
    /** What this page films or shares. */
    this.film = new Film();
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    this.drawer = false;
    this.place = placeOf(location.hash);
    this.#library = this.#newLibrary(savedAddress());
  }

  /** @type {Library} */
  #library;
  /** @type {Notifier} */
  #notifier = /** @type {any} */ (undefined);
  #arrivals = new Arrivals();
  #drop = new Drop();
  #opened = new Opened();
  #removal = new Removal();
  #dialogs = new Dialogs(() => this.renderRoot);
  #changed = () => this.requestUpdate();

  #openedChanged = () => {
    this.requestUpdate();
    if (this.open) {
      this.film.look(this.open.session);
    }
  };

  #libraryChanged = () => {
    this.requestUpdate();
    this.#library.sessions.forEach((session) => this.film.look(session));
    if (!this.#library.reachable) {
      return;
    }
    this.#sizeChanged();
    const listed = this.#library.sessions.find((session) => session.session_id === this.open?.id);
    if (listed) {
      this.open?.catchUp(listed);
    }
    // The service is back: open what failed to open before, without waiting for the next retry.
    this.open?.stream?.retryNow();
    if (this.#opened.problem?.unreachable) {
      this.#opened.fail(undefined);
      this.#route();
    }
  };

  /** The list knows the size of live pictures, which changes without an event. */
  #sizeChanged() {
    const now = this.#library.sessions.find((s) => s.session_id === this.open?.id)?.video;
    const { width, height } = this.open?.session.video ?? {};
    if (now && this.open?.live && (now.width !== width || now.height !== height)) {
      this.open.refresh().catch(() => undefined);
    }
  }

  get open() {
    return this.#opened.session;
  }

  get #api() {
    return this.#library.api;
  }

  connectedCallback() {
    super.connectedCallback();
    this.film.addEventListener('change', this.#changed);
    reported.addEventListener('change', this.#changed);
    this.#opened.addEventListener('change', this.#openedChanged);
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
    this.#removal.addEventListener('change', this.#changed);
    this.#removal.addEventListener('failed', (e) => {
      this.#opened.fail(/** @type {CustomEvent<Problem>} */ (e).detail);
      this.#library.refresh();
    });
    addEventListener('pagehide', () => this.#removal.finishAll());
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
    library.api.forbidden = () => this.#forbidden();
    // Which calls are allowed depends on who the user is.
    this.#ask(library).then(() => library.open());
    this.#notifier?.close();
    this.#notifier = new Notifier(library.api);
    this.#notifier.addEventListener('change', this.#changed);
    this.#notifier.refresh();
    return library;
  }

  /** @param {Library} library */
  async #ask(library) {
    try {
      this.access = await library.api.access();
      library.linked = this.access.kind === 'link';
    } catch {
      // An older service has no accounts; if it can't be reached, the connection state shows that.
      this.access = undefined;
    }
  }

  /** The role of this page's user has changed. */
  #forbidden() {
    this.#ask(this.#library);
    this.open?.refresh().catch(() => undefined);
  }

  #route() {
    this.place = placeOf(location.hash);
    this.drawer = false;
    if (this.place.ask !== undefined) {
      keepLinked(this.place.ask);
    }
    this.film.prepare(this.place.film);
    this.#opened.show(this.#api, this.place.session);
  }

  /** @param {string} address */
  #move(address) {
    if (address !== this.#api.address) {
      saveAddress(address);
      this.film.close();
      this.#library.removeEventListener('change', this.#libraryChanged);
      this.#library.close();
      this.#library = this.#newLibrary(address);
      this.#opened.leave();
      this.#route();
    }
  }

  /** @param {File} file */
  #send(file) {
    if (!mayOperate(this.access)) {
      return;
    }
    this.#arrivals.limit = this.#library.uploadLimit;
    location.hash = '#/';
    this.#begin(this.#arrivals.send(this.#api, file));
  }

  /** @param {Promise<Session | undefined>} arrival */
  async #begin(arrival) {
    this.#opened.fail(undefined);
    try {
      const session = await arrival;
      // Don't return to it if the user has opened something else.
      if (session && !this.place.session && !this.place.live && !this.place.watching && !this.place.service && !this.place.nodes) {
        this.#show(session);
      } else if (session) {
        this.#library.refresh();
      }
    } catch (e) {
      const problem = Problem.of(e);
      this.#opened.fail(problem);
      if (problem.isOfStore) {
        this.#library.refresh();
      }
    }
  }

  /** @param {'webcam' | 'screen'} kind */
  #film(kind) {
    this.#opened.fail(undefined);
    this.film.prepare(kind, true);
    location.hash = `#/${kind}`;
  }

  /** @param {import('../capture/broadcast.js').Broadcast} broadcast */
  #live(broadcast) {
    this.film.begin(broadcast);
    location.hash = `#/session/${broadcast.session}`;
    this.#library.refresh();
  }

  /** @param {Session} session */
  #show(session) {
    location.hash = `#/session/${session.session_id}`;
    this.#library.refresh();
  }

  /** @param {Session[]} sessions */
  #remove(sessions) {
    this.#removal.remove(this.#api, sessions);
    if (sessions.some((s) => s.session_id === this.open?.id)) {
      location.hash = '#/';
    }
  }

  /** @param {import('../sessions/removal.js').Batch} [batch] the newest by default */
  #undo(batch) {
    const [session] = this.#removal.undo(batch);
    if (session && !this.open) {
      location.hash = `#/session/${session.session_id}`;
    }
  }

  /** @param {Session} session with its new name */
  #renamed(session) {
    if (this.open?.id === session.session_id) {
      this.open.refresh().catch(() => undefined);
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
    if (undoes(event) && this.#removal.batches.length > 0) {
      event.preventDefault();
      this.#undo();
      return;
    }
    const command = commandOf(event);
    if (!command) {
      return;
    }
    event.preventDefault();
    if (command === 'help') {
      this.#dialogs.help();
    } else if (command === 'search') {
      this.#dialogs.search();
    } else if (command === 'live') {
      location.hash = '#/live';
    } else if (command === 'watches') {
      location.hash = this.#notifier.waiting > 0 ? '#/incidents' : '#/watches';
    } else {
      this.#workspace?.obey(command);
    }
  }

  get #workspace() {
    return /** @type {import('./workspace.js').Workspace | import('../capture/start-live.js').StartLive | null} */ (
      this.renderRoot.querySelector('fw-workspace, fw-start-live')
    );
  }

  #share() {
    const workspace = /** @type {any} */ (this.renderRoot.querySelector('fw-workspace'));
    const moment = this.open && isLive(this.open.session) ? { answer: workspace?.current?.seq } : { at: workspace?.time };
    this.#dialogs.share(this.open?.id ?? '', moment);
  }

  updated() {
    const name = (this.open && nameOf(this.open.session)) ?? titleOf(this.place);
    document.title = name ? `${name} – Framewise` : 'Framewise';
  }

  render() {
    const library = this.#library;
    return html`
      <button class="skip" @click=${() => this.renderRoot.querySelector('main')?.focus()}>${t('app.skipToContent')}</button>
      <fw-bar
        role="banner"
        .open=${this.open}
        .reachable=${library.reachable}
        .live=${library.sessions.filter((session) => isLive(session) && isRunning(session)).length}
        .drawer=${this.drawer}
        .at=${this.place.live ? 'live' : this.place.watching ? 'watching' : ''}
        .watches=${this.#notifier.supported && this.access?.kind !== 'link'}
        .incidents=${this.#notifier.waiting}
        .moreIncidents=${this.#notifier.more}
        .access=${this.access}
        .shareable=${Boolean(this.open) && mayOperate(this.access) && mayChange(this.open?.session)}
        @account=${() => this.#dialogs.account()}
        @share=${this.#share}
        @drawer=${() => (this.drawer = !this.drawer)}
        @search=${() => this.#dialogs.search()}
        @help=${() => this.#dialogs.help()}
        @settings=${() => this.#dialogs.settings()}
      ></fw-bar>
      <fw-sessions-list
        class=${this.drawer ? 'open' : ''}
        .api=${library.api}
        .sessions=${this.#sessions()}
        .selected=${this.open?.id ?? ''}
        .more=${library.hasMore}
        .known=${library.reachable === true}
        .uploading=${this.#uploading}
        .adds=${mayOperate(this.access)}
        @add=${() => this.#add()}
        @more=${() => library.more()}
        @renamed=${(/** @type {CustomEvent<Session>} */ e) => this.#renamed(e.detail)}
        @remove=${(/** @type {CustomEvent<Session[]>} */ e) => this.#remove(e.detail)}
      ></fw-sessions-list>
      ${this.drawer ? html`<div class="shade" @click=${() => (this.drawer = false)}></div>` : nothing}
      <main tabindex="-1">
        ${openBanner(this.access)} ${this.#problems()}
        <div class="content">${this.#content()}</div>
      </main>
      ${this.#drop.over && mayOperate(this.access) ? html`<div class="drop"><p>${t('app.dropTheVideoToAddIt')}</p></div>` : nothing}
      <fw-undo-toasts
        .batches=${this.#removal.batches}
        @undo=${(/** @type {CustomEvent<import('../sessions/removal.js').Batch>} */ e) => this.#undo(e.detail)}
        @finish=${(/** @type {CustomEvent<import('../sessions/removal.js').Batch>} */ e) => this.#removal.finish(e.detail)}
      ></fw-undo-toasts>
      ${this.#dialogs.render(
        { library, open: this.open, access: this.access },
        { move: (address) => this.#move(address), watchSaved: () => this.#watchSaved() },
      )}
    `;
  }

  #watchSaved() {
    /** @type {import('../watches/watches-page.js').WatchesPage | null} */ (
      this.renderRoot.querySelector('fw-watches-page')
    )?.load();
  }

  get #uploading() {
    const { upload, waiting } = this.#arrivals;
    return upload ? [upload.file, ...waiting] : waiting;
  }

  /** The open session has newer data than the list, which is loaded every few seconds. */
  #sessions() {
    const open = this.open?.session;
    return this.#library.sessions
      .filter((s) => !this.#removal.has(s.session_id))
      .map((s) => (s.session_id === open?.session_id ? open : s));
  }

  #add() {
    this.drawer = false;
    location.hash = '#/';
  }

  #problems() {
    return problemOf(this.#library, this.film, this.#opened, () => this.#dialogs.settings());
  }

  #content() {
    return contentOf(
      {
        library: this.#library,
        arrivals: this.#arrivals,
        film: this.film,
        opened: this.#opened,
        place: this.place,
        notifier: this.#notifier,
        access: this.access,
      },
      {
        show: (session) => this.#show(session),
        send: (file) => this.#send(file),
        sample: () => this.#begin(this.#arrivals.sample(this.#api)),
        capture: (kind) => this.#film(kind),
        changed: () => this.requestUpdate(),
        editWatch: (watch) => this.#dialogs.watch.edit(watch),
        tellWhenChanged: (result) => this.#dialogs.watch.tellWhenChanged(result),
        live: (broadcast) => this.#live(broadcast),
      },
    );
  }

  static styles = [base, noticeStyles, openBannerStyles, watchesStyles, linkedStyles, appStyles];
}

customElements.define('fw-app', App);
