import { t } from '../messages/messages.js';

/** The service's address, stored in this browser; by default the one this page came from. */

const KEY = 'framewise.service';

/** @returns {string} the address this page came from, without a slash at its end */
export function defaultAddress() {
  return new URL('..', document.baseURI).href.replace(/\/+$/, '');
}

/** @returns {string} */
export function savedAddress() {
  return localStorage.getItem(KEY) ?? defaultAddress();
}

/**
 * Stores an address, or removes it when it is the default.
 *
 * @param {string} address as {@link parseAddress} returns it
 */
export function saveAddress(address) {
  if (address === defaultAddress()) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, address);
  }
}

/**
 * Parses what a user entered; `localhost:8000` is enough.
 *
 * @param {string} text empty means the default
 * @returns {string} an http or https address without a slash at its end
 * @throws {RangeError} with a sentence for the user
 */
export function parseAddress(text) {
  const typed = text.trim();
  if (typed === '') {
    return defaultAddress();
  }
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (!URL.canParse(full)) {
    throw new RangeError(t('service.typedIsNotAnAddressWrite', { typed }));
  }
  const url = new URL(full);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new RangeError(t('service.useAnHttpOrHttpsAddress', { scheme: url.protocol.slice(0, -1) }));
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/**
 * @param {string} address
 * @returns {string} the address for a WebSocket
 */
export function socketAddress(address) {
  return address.replace(/^http/, 'ws');
}
