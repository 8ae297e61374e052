import { css, html } from '../lib/lit/index.js';

/** Number of characters of a URL that fit in two or three lines of the list of videos. */
const ROOM = 48;

/** Number of those at the end, where cameras of one recorder differ. */
const END = 30;

/** Longer names keep their end visible, where files of one series differ. */
const LONG = 24;
const TAIL = 10;

/**
 * @param {Pick<Session, 'name' | 'filename'>} session an older service only has filenames
 * @returns {string} display name
 */
export function nameOf({ name, filename }) {
  return name || filename;
}

/** What all URLs share, with their hidden user and password. */
const URL_START = /^[a-z][a-z0-9+.-]*:\/\/(?:\*\*\*@)?(?=.)/i;

/**
 * @param {Pick<Session, 'name' | 'filename'>} session
 * @returns {string} display name; a URL without the beginning that all URLs share
 */
export function shortName(session) {
  return nameOf(session).replace(URL_START, '');
}

/**
 * The name of a session in little space: the middle is shortened first. A URL has two or three lines, without the beginning
 * that all URLs share.
 *
 * @param {Session} session
 */
export function sessionName(session) {
  const name = nameOf(session);
  if (URL_START.test(name)) {
    return html`<span class="name url" title=${name}>${breakable(shortened(shortName(session)))}</span>`;
  }
  return html`<span class="name ${isLong(name) ? 'long' : ''}" dir="auto" title=${name}>${endKept(name)}</span>`;
}

/** @param {string} name */
export function isLong(name) {
  return [...name].length > LONG;
}

/**
 * A name in two parts where it is long, of which the second is never shortened. Its element has the class `long` then.
 *
 * @param {string} name
 */
export function endKept(name) {
  const characters = [...name];
  return isLong(name)
    ? html`<span class="only-read">${name}</span
        ><span class="start" dir="auto" aria-hidden="true">${characters.slice(0, -TAIL).join('')}</span
        ><span class="end" aria-hidden="true">${characters.slice(-TAIL).join('')}</span>`
    : name;
}

/** @param {string} url */
function shortened(url) {
  const characters = [...url];
  return characters.length <= ROOM
    ? url
    : `${characters.slice(0, ROOM - END - 1).join('').replace(/[/.:-]+$/, '')}…${characters.slice(-END).join('')}`;
}

/**
 * @param {string} url
 * @returns {unknown} the same, which breaks between its parts rather than inside one
 */
function breakable(url) {
  return url.split(/(?<=[/?&=.:@_-])(?![/?&=.:@_-])/).map((part, i) => (i === 0 ? part : html`<wbr />${part}`));
}

export const endKeptStyles = css`
  .long {
    position: relative;
    display: flex;
    white-space: pre;
  }
  .long .start {
    overflow: hidden;
    min-width: 0;
    text-overflow: ellipsis;
  }
  .long .end {
    flex: none;
  }
`;

export const sessionNameStyles = css`
  ${endKeptStyles}
  .name {
    overflow: hidden;
    font-size: 13px;
    text-align: left;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name.long {
    white-space: pre;
  }
  .name.long:dir(rtl) {
    justify-content: flex-end;
  }
  .name.url {
    white-space: normal;
    overflow-wrap: anywhere;
  }
`;
