import { defaultAddress } from './address.js';

/**
 * The identity of this page's user at a service.
 *
 * @typedef {object} Access
 * @property {'protected' | 'open'} mode
 * @property {'anonymous' | 'local' | 'open' | 'account' | 'key' | 'proxy' | 'link'} kind
 * @property {boolean} accounts whether the service has accounts
 * @property {boolean} encrypted
 * @property {string} [name]
 * @property {'admin' | 'operator' | 'viewer' | 'monitor'} [role]
 * @property {string} [csrf_token]
 */

/** CSRF token of the service that this page came from, sent with every change. */
let csrf = '';

/** @param {Access} access of the service that this page came from */
export function keepToken(access) {
  csrf = access.csrf_token ?? '';
}

/**
 * Headers for a request that changes something. The token is never sent to another service.
 *
 * @param {string} url
 * @returns {Record<string, string>}
 */
export function changeHeaders(url) {
  return csrf && url.startsWith(`${defaultAddress()}/`) ? { 'X-CSRF-Token': csrf } : {};
}

/** Opens the sign-in page, which returns to this place. */
export function signIn() {
  location.assign(
    `../sign-in/?next=${encodeURIComponent(location.pathname + location.search)}${location.hash}`,
  );
}

/**
 * @param {Session | undefined} session
 * @returns {boolean} whether the user may start, change, stop, share and delete it; an older service does not report it
 */
export function mayChange(session) {
  return session?.may_change !== false;
}

/**
 * @param {Access | undefined} access
 * @returns {boolean} whether the user may create sessions
 */
export function mayOperate(access) {
  return access?.role === undefined || access.role === 'admin' || access.role === 'operator';
}

/**
 * @param {Access | undefined} access
 * @returns {boolean} whether the user manages accounts and keys
 */
export function mayAdminister(access) {
  return access?.role === 'admin' && access.kind !== 'open';
}
