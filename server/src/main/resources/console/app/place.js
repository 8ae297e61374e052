/**
 * What the address of the page asks for: a session, the live ones, a picture to be sent, or none of
 * these, which is the way in.
 *
 * @typedef {{session?: string, at?: number, live: boolean, accounts: boolean, audit: boolean, film?: 'webcam' | 'screen'}} Place
 */

/**
 * @param {string} hash of the page's address
 * @returns {Place}
 */
export function placeOf(hash) {
  const film = /^#\/(webcam|screen)$/.exec(hash)?.[1];
  return {
    session: /^#\/session\/([^?]+)/.exec(hash)?.[1],
    at: Number(/\?t=(\d+(?:\.\d+)?)$/.exec(hash)?.[1] ?? 0),
    accounts: hash === '#/accounts',
    audit: hash === '#/audit',
    live: hash === '#/live',
    film: /** @type {Place['film']} */ (film),
  };
}
