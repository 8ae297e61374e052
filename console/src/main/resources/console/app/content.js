import { html, nothing } from '../lib/lit/index.js';
import './workspace.js';
import '../account/accounts-page.js';
import '../account/audit-page.js';
import { onlyForAdmins, onlyWatches } from '../account/view-only.js';
import '../capture/start-live.js';
import '../live/live-grid.js';
import '../status/nodes-page.js';
import '../status/service-page.js';
import '../upload/add-video.js';
import '../upload/upload-progress.js';
import '../watches/endpoints-page.js';
import '../watches/incidents-page.js';
import '../watches/watches-page.js';
import { linkedNote } from '../prompt/linked-prompt.js';
import { mayAdminister, mayOperate } from '../service/access.js';

/**
 * The content of the page.
 *
 * @typedef {object} State
 * @property {import('./library.js').Library} library
 * @property {import('../upload/arrivals.js').Arrivals} arrivals
 * @property {import('../capture/film.js').Film} film
 * @property {import('./opened.js').Opened} opened
 * @property {import('./place.js').Place} place
 * @property {import('../watches/notifier.js').Notifier} notifier
 * @property {import('../service/access.js').Access | undefined} access
 *
 * @typedef {object} Acts
 * @property {(session: Session) => void} show
 * @property {(file: File) => void} send
 * @property {() => void} sample
 * @property {(kind: 'webcam' | 'screen') => void} capture
 * @property {() => void} changed
 * @property {(watch: Watch | null) => void} editWatch
 * @property {(result: ResultEvent) => void} tellWhenChanged
 * @property {(broadcast: import('../capture/broadcast.js').Broadcast) => void} live
 */

/**
 * The open session; else a camera that is being started; else the page that the address names; else the start screen, or
 * the upload that was begun there.
 *
 * @param {State} state
 * @param {Acts} acts
 */
export function contentOf({ library, arrivals, film, opened, place, notifier, access }, acts) {
  const { session } = opened;
  if (session) {
    return html`<fw-workspace
      .open=${session}
      .place=${place}
      .access=${access}
      .backends=${library.backends}
      .defaultBackend=${library.defaultBackend}
      .broadcast=${film.broadcastOf(session.id)}
      @acted=${() => library.refresh()}
      @tell=${(/** @type {CustomEvent<ResultEvent>} */ e) => acts.tellWhenChanged(e.detail)}
      .watchable=${notifier.supported && mayOperate(access)}
      @film=${(/** @type {CustomEvent<'webcam' | 'screen'>} */ e) => acts.capture(e.detail)}
    ></fw-workspace>`;
  }
  if (film.capture && mayOperate(access)) {
    return html`<fw-start-live
      .capture=${film.capture}
      .address=${library.api.address}
      .backends=${library.backends}
      .defaultBackend=${library.defaultBackend}
      @live=${(/** @type {CustomEvent<import('../capture/broadcast.js').Broadcast>} */ e) => acts.live(e.detail)}
    ></fw-start-live>`;
  }
  if (place.live) {
    return html`<fw-live-grid .api=${library.api} .adds=${mayOperate(access)}></fw-live-grid>`;
  }
  if (place.watching) {
    return watchingOf(place.watching, { library, notifier, access }, acts);
  }
  if (place.service) {
    return html`<fw-service-page .api=${library.api} .access=${access}></fw-service-page>`;
  }
  if ((place.accounts || place.audit || place.nodes) && access && !mayAdminister(access)) {
    return onlyForAdmins(access);
  }
  if (place.accounts) {
    return html`<fw-accounts-page .api=${library.api}></fw-accounts-page>`;
  }
  if (place.nodes) {
    return html`<fw-nodes-page .api=${library.api}></fw-nodes-page>`;
  }
  if (place.audit) {
    return html`<fw-audit-page .api=${library.api}></fw-audit-page>`;
  }
  if (place.session && !opened.problem) {
    return nothing;
  }
  if (!mayOperate(access)) {
    return onlyWatches(access);
  }
  if (arrivals.upload) {
    return html`<fw-upload-progress
      .upload=${arrivals.upload}
      @cancel=${() => arrivals.upload?.cancel()}
    ></fw-upload-progress>`;
  }
  return html`${linkedNote(acts.changed)}<fw-add-video
    .drawing=${arrivals.drawing}
    .disabled=${library.reachable === false}
    .api=${library.api}
    @added=${(/** @type {CustomEvent<Session>} */ e) => acts.show(e.detail)}
    @file=${(/** @type {CustomEvent<File>} */ e) => acts.send(e.detail)}
    @film=${(/** @type {CustomEvent<'webcam' | 'screen'>} */ e) => acts.capture(e.detail)}
    @sample=${acts.sample}
  ></fw-add-video>`;
}

/**
 * @param {NonNullable<import('./place.js').Place['watching']>} which
 * @param {Pick<State, 'library' | 'notifier' | 'access'>} state
 * @param {Acts} acts
 */
function watchingOf(which, { library, notifier, access }, acts) {
  const { api, sessions } = library;
  switch (which) {
    case 'incidents':
      return html`<fw-incidents-page
        .api=${api}
        .access=${access}
        .sessions=${sessions}
        .notifier=${notifier}
      ></fw-incidents-page>`;
    case 'endpoints':
      return html`<fw-endpoints-page .api=${api} .access=${access}></fw-endpoints-page>`;
    default:
      return html`<fw-watches-page
        .api=${api}
        .access=${access}
        .sessions=${sessions}
        @edit=${(/** @type {CustomEvent<Watch | null>} */ e) => acts.editWatch(e.detail)}
      ></fw-watches-page>`;
  }
}
