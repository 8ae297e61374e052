import { html } from '../lib/lit/index.js';
import '../account/account-dialog.js';
import '../account/share-dialog.js';
import '../keys/keys-dialog.js';
import '../search/search-dialog.js';
import '../settings/settings-dialog.js';
import '../watches/watch-dialog.js';

/** The dialogs of the page, which are closed until one is opened. */
export class Dialogs {
  #root;

  /** @param {() => ParentNode} root what they are rendered in */
  constructor(root) {
    this.#root = root;
  }

  /** @param {string} name of the element */
  #dialog(name) {
    return /** @type {unknown} */ (this.#root().querySelector(name));
  }

  search() {
    /** @type {import('../search/search-dialog.js').SearchDialog} */ (this.#dialog('fw-search-dialog')).show();
  }

  help() {
    /** @type {import('../keys/keys-dialog.js').KeysDialog} */ (this.#dialog('fw-keys-dialog')).show();
  }

  account() {
    /** @type {import('../account/account-dialog.js').AccountDialog} */ (this.#dialog('fw-account-dialog')).show();
  }

  settings() {
    /** @type {import('../settings/settings-dialog.js').SettingsDialog} */ (this.#dialog('fw-settings-dialog')).show();
  }

  /**
   * @param {string} session
   * @param {{at?: number, answer?: number}} moment
   */
  share(session, moment) {
    /** @type {import('../account/share-dialog.js').ShareDialog} */ (this.#dialog('fw-share-dialog')).show(session, moment);
  }

  get watch() {
    return /** @type {import('../watches/watch-dialog.js').WatchDialog} */ (this.#dialog('fw-watch-dialog'));
  }

  /**
   * @param {object} state
   * @param {import('./library.js').Library} state.library
   * @param {import('../session/open-session.js').OpenSession | undefined} state.open
   * @param {import('../service/access.js').Access | undefined} state.access
   * @param {object} acts
   * @param {(address: string) => void} acts.move to another service
   * @param {() => void} acts.watchSaved
   */
  render({ library, open, access }, { move, watchSaved }) {
    const { api, sessions, backends } = library;
    return html`
      <fw-settings-dialog
        .address=${api.address}
        @address=${(/** @type {CustomEvent<string>} */ e) => move(e.detail)}
      ></fw-settings-dialog>
      <fw-keys-dialog></fw-keys-dialog>
      <fw-search-dialog .api=${api} .open=${open?.session} .backends=${backends}></fw-search-dialog>
      <fw-watch-dialog .api=${api} .sessions=${sessions} .backends=${backends} @saved=${watchSaved}></fw-watch-dialog>
      <fw-account-dialog .api=${api} .access=${access}></fw-account-dialog>
      <fw-share-dialog .api=${api}></fw-share-dialog>
    `;
  }
}
