import { t } from '../messages/messages.js';

/**
 * What the page's address points to: a session, the live view, a page about watches or the service, a page for
 * administrators, a camera or screen to send, or none of these: the start screen. `ask` is the question of a link.
 *
 * @typedef {{session?: string, at?: number, answer?: number, live: boolean, accounts: boolean, audit: boolean, service: boolean, nodes: boolean, film?: 'webcam' | 'screen',
 *     ask?: string, watching?: 'incidents' | 'watches' | 'endpoints'}} Place
 */

/**
 * @param {string} hash
 * @param {string} name of a parameter
 */
function numberOf(hash, name) {
  const text = new URLSearchParams(hash.split('?')[1] ?? '').get(name);
  return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/**
 * @param {string} hash of the page's address
 * @returns {Place}
 */
export function placeOf(hash) {
  const film = /^#\/(webcam|screen)$/.exec(hash)?.[1];
  return {
    session: /^#\/session\/([^?]+)/.exec(hash)?.[1],
    at: numberOf(hash, 't'),
    answer: numberOf(hash, 'answer'),
    accounts: hash === '#/accounts',
    audit: hash === '#/audit',
    service: hash === '#/service',
    nodes: hash === '#/nodes',
    live: hash === '#/live',
    watching: /** @type {Place['watching']} */ (/^#\/(incidents|watches|endpoints)$/.exec(hash)?.[1]),
    film: /** @type {Place['film']} */ (film),
    ask: hash.startsWith('#/ask?') ? (new URLSearchParams(hash.slice('#/ask?'.length)).get('prompt') ?? '') : undefined,
  };
}

const WATCHING = { incidents: t('common.incidents'), watches: t('common.watches'), endpoints: t('common.deliveries') };

/**
 * @param {Place} place
 * @returns {string | undefined} its name in the title of the page; undefined for sessions and the start screen
 */
export function titleOf({ live, watching, service, nodes, accounts, audit }) {
  if (watching) {
    return WATCHING[watching];
  }
  return live ? t('common.live') : service ? t('common.service') : nodes ? t('common.nodes') : accounts ? t('common.accountsAndKeys') : audit ? t('common.auditLog') : undefined;
}
