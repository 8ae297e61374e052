import { defaultAddress } from './address.js';

/**
 * Who one is at a service.
 *
 * @typedef {object} Access
 * @property {'protected' | 'open'} mode
 * @property {'anonymous' | 'local' | 'open' | 'account' | 'key' | 'proxy' | 'link'} kind
 * @property {boolean} accounts whether there is one
 * @property {boolean} encrypted
 * @property {string} [name]
 * @property {'admin' | 'operator' | 'viewer' | 'monitor'} [role]
 * @property {string} [csrf_token]
 */

/** Of the service that this page came from; what it is sent with everything that changes something. */
let csrf = '';

/** @param {Access} access of the service that this page came from */
export function keepToken(access) {
  csrf = access.csrf_token ?? '';
}

/**
 * Headers for a request that changes something. No other service learns the token of this one.
 *
 * @param {string} url
 * @returns {Record<string, string>}
 */
export function changeHeaders(url) {
  return csrf && url.startsWith(`${defaultAddress()}/`) ? { 'X-CSRF-Token': csrf } : {};
}

/** Leaves for the page that signs in, and comes back to this place. */
export function signIn() {
  location.assign(
    `../sign-in/?next=${encodeURIComponent(location.pathname + location.search)}${location.hash}`,
  );
}

/**
 * @param {Session | undefined} session
 * @returns {boolean} whether they start, change, stop, share and delete it; an older service does not tell
 */
export function mayChange(session) {
  return session?.may_change !== false;
}

/**
 * @param {Access | undefined} access
 * @returns {boolean} whether they make sessions
 */
export function mayOperate(access) {
  return access?.role === undefined || access.role === 'admin' || access.role === 'operator';
}

/**
 * @param {Access | undefined} access
 * @returns {boolean} whether they look after accounts and keys
 */
export function mayAdminister(access) {
  return access?.role === 'admin' && access.kind !== 'open';
}
