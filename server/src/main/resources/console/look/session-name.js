import { css, html } from '../lib/lit/index.js';

/** So many characters of a URL stand in two lines of the list of videos. */
const ROOM = 48;

/** Of them at the end, where cameras of one recorder differ. */
const END = 30;

/**
 * The name of a session where there is little room. A URL has two lines, without what all URLs begin with, and
 * loses its middle first.
 *
 * @param {Session} session
 */
export function sessionName({ filename }) {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:\*\*\*@)?(.+)$/i.exec(filename)?.[1];
  return url
    ? html`<span class="name url" title=${filename}>${shortened(url)}</span>`
    : html`<span class="name" title=${filename}>${filename}</span>`;
}

/** @param {string} url */
function shortened(url) {
  const characters = [...url];
  return characters.length <= ROOM
    ? url
    : `${characters.slice(0, ROOM - END - 1).join('')}…${characters.slice(-END).join('')}`;
}

export const sessionNameStyles = css`
  .name {
    overflow: hidden;
    font-size: 13px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name.url {
    white-space: normal;
    word-break: break-all;
  }
`;
