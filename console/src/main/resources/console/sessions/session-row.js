import { html, nothing } from '../lib/lit/index.js';
import { classMap } from '../lib/lit-html/directives/class-map.js';
import { live } from '../lib/lit-html/directives/live.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { nameOf, sessionName } from '../look/session-name.js';
import { clock, isLive, isLost, isRunning, sourceWords, statusWords, when } from '../look/words.js';
import { t } from '../messages/messages.js';
import { mayChange } from '../service/access.js';

/** Milliseconds after which a live session's picture is reloaded. */
const PICTURE_EVERY_MS = 30_000;
const PICTURE_WIDTH = 128;

/** @type {Record<Session['source']['type'], unknown>} */
const SOURCE_ICONS = {
  upload: icons.film,
  webrtc: icons.phone,
  whip: icons.live,
  webcam: icons.camera,
  screen: icons.screen,
  livekit: icons.live,
  url: icons.link,
};

/**
 * A session in the list: its picture, name and newest answer.
 *
 * @param {Session} s
 * @param {object} how
 * @param {boolean} how.chosen whether it is open
 * @param {boolean} how.reached whether the Tab key reaches it; arrow keys reach the others
 * @param {import('../service/api.js').Api | undefined} how.api
 * @param {boolean} how.selected
 * @param {boolean} how.selecting whether any session is selected, so that a click selects
 * @param {(s: Session) => void} how.rename
 * @param {(s: Session) => void} how.remove
 * @param {(s: Session, range: boolean) => void} how.select toggles it, or selects all up to it
 */
export function sessionRow(s, { chosen, reached, api, selected, selecting, rename, remove, select }) {
  const name = nameOf(s);
  const tab = reached ? 0 : -1;
  const facts = [when(s.created_at)];
  if (s.video?.duration_seconds) {
    facts.unshift(clock(s.video.duration_seconds));
  }
  if (s.counters?.results) {
    facts.push(t('count.answers', { n: s.counters.results }));
  }
  const source = sourceWords(s);
  const clicked = (/** @type {MouseEvent} */ e) => {
    if (mayChange(s) && (selecting || e.ctrlKey || e.metaKey || e.shiftKey)) {
      e.preventDefault();
      select(s, e.shiftKey);
    }
  };
  return html`<li class=${classMap({ chosen, selected })} data-session=${s.session_id}>
    <a
      class="row"
      href="#/session/${s.session_id}"
      tabindex=${tab}
      aria-current=${chosen ? 'page' : nothing}
      @click=${clicked}
    >
      <span class="picture">${sourceIcon(s)}${picture(s, api)}</span>
      <span class="about">
        ${sessionName(s)}
        <span class="status ${isRunning(s) || s.status === 'failed' ? s.status : ''}"
          >${isLive(s) && isRunning(s) && !isLost(s) ? html`<b>${t('common.live')}</b> ` : nothing}${statusWords(s)}</span
        >
        ${s.newest
          ? html`<span class="newest ${s.newest.ok ? '' : 'bad'}" dir="auto" title=${s.newest.text}
              ><span class="only-read">${t('sessions.newestAnswer')} </span>${answerInWords(s.newest.text, ', ')}</span
            >`
          : nothing}
        <span class="facts numeric"
          ><span class="kind" role="img" aria-label=${source} title=${source}>${sourceIcon(s)}</span
          ><span>${facts.filter(Boolean).join(' · ')}</span></span
        >
      </span>
    </a>
    ${mayChange(s)
      ? html`<input
            type="checkbox"
            class="select"
            tabindex="-1"
            aria-label="${t('sessions.selectName', { name })}"
            title="${t('sessions.selectX')}"
            .checked=${live(selected)}
            @click=${(/** @type {MouseEvent} */ e) => select(s, e.shiftKey)}
          />
          <span class="acts">
          <button class="bare" tabindex=${tab} aria-label="${t('sessions.renameName', { name })}" title="${t('sessions.renameF2')}" @click=${() => rename(s)}>
            ${icons.pencil}
          </button>
          <button class="bare" tabindex=${tab} aria-label="${t('common.deleteName', { name })}" title="${t('common.delete')}" @click=${() => remove(s)}>
            ${icons.trash}
          </button>
        </span>`
      : nothing}
  </li>`;
}

/** @param {Session} s */
function sourceIcon(s) {
  return SOURCE_ICONS[s.source?.type ?? 'upload'] ?? icons.film;
}

/**
 * A picture that fails to load shows the icon behind it.
 *
 * @param {Session} s
 * @param {import('../service/api.js').Api | undefined} api
 */
function picture(s, api) {
  const there = s.video && (!isLive(s) || (isRunning(s) ? s.source.connected !== false : (s.kept?.frames ?? 0) > 0));
  if (!api || !there) {
    return nothing;
  }
  const now = isLive(s) && isRunning(s) ? Math.floor(Date.now() / PICTURE_EVERY_MS) : undefined;
  const missing = (/** @type {Event} */ e) => /** @type {Element} */ (e.target).classList.toggle('missing', e.type === 'error');
  return html`<img
    crossorigin="anonymous"
    src=${api.frameUrl(s.session_id, { width: PICTURE_WIDTH, now })}
    alt=""
    loading="lazy"
    decoding="async"
    @error=${missing}
    @load=${missing}
  />`;
}
