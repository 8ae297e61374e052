import { css, html } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';

/** @type {['incidents' | 'watches' | 'endpoints', string][]} */
const PAGES = [
  ['incidents', t('common.incidents')],
  ['watches', t('common.watches')],
  ['endpoints', t('common.deliveries')],
];

/**
 * The title of the three pages about watches, with links to the others.
 *
 * @param {'incidents' | 'watches' | 'endpoints'} here
 * @param {unknown} acts buttons on the right
 * @param {boolean} writes whether the user may see deliveries
 */
export function pageHead(here, acts, writes) {
  const shown = PAGES.filter(([page]) => writes || page !== 'endpoints');
  return html`<header class="page-head">
    <h1 class="only-read">${PAGES.find(([page]) => page === here)?.[1]}</h1>
    <nav aria-label="${t('common.watches')}">
      ${shown.map(
        ([page, words]) => html`<a href="#/${page}" aria-current=${page === here ? 'page' : 'false'}>${words}</a>`,
      )}
    </nav>
    <span class="gap"></span>
    ${acts}
  </header>`;
}

export const pageStyles = css`
  :host {
    display: block;
    max-width: 1180px;
    margin-inline: auto;
    padding: 0 20px 40px;
  }
  .page-head {
    position: sticky;
    top: 0;
    z-index: 3;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-height: 48px;
    padding: 4px 0;
    background: var(--ground);
  }
  .page-head nav {
    display: flex;
    gap: 2px;
    margin-left: -10px;
  }
  .page-head nav a {
    padding: 6px 10px;
    border-radius: var(--radius-small);
    color: var(--soft);
    font-size: 14px;
    font-weight: 600;
    text-decoration: none;
  }
  .page-head nav a:hover {
    background: var(--hover);
  }
  .page-head nav a[aria-current='page'] {
    color: var(--ink);
  }
  .gap {
    flex: 1;
  }
  .panel {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    box-shadow: var(--shadow);
  }
  .panel ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .panel li + li {
    border-top: 1px solid var(--line);
  }
  .nothing {
    padding: 56px 24px;
    color: var(--soft);
    font-size: 14px;
    text-align: center;
    text-wrap: balance;
  }
  .nothing h2 {
    margin-bottom: 4px;
    color: var(--ink);
    font-size: 16px;
    font-weight: 600;
  }
  .nothing p {
    max-width: 52ch;
    margin-inline: auto;
  }
  .nothing button {
    margin-top: 16px;
  }
  .state {
    color: var(--soft);
    font-size: 12px;
  }
  .wrong {
    margin: 8px 0;
    color: var(--bad);
    font-size: 13px;
  }
  @media (max-width: 800px) {
    :host {
      padding: 0 12px 32px;
    }
    .page-head {
      margin-inline: -12px;
      padding-inline: 12px;
    }
  }
`;
