import { html, nothing } from '../lib/lit/index.js';
import { nameOf } from '../look/session-name.js';
import { unlessReported } from '../look/unless-reported.js';
import { t } from '../messages/messages.js';

const MAX_NAME_LENGTH = 200;

/**
 * Replaces a session's row while it is renamed.
 *
 * @param {Session} s
 * @param {object} how
 * @param {import('../service/problem.js').Problem | undefined} how.problem why the name was refused
 * @param {() => void} how.save
 * @param {() => void} how.cancel
 */
export function nameForm(s, { problem, save, cancel }) {
  return html`<li class="chosen" data-session=${s.session_id}>
    <form
      @submit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        save();
      }}
    >
      <input
        aria-label="${t('common.name')}"
        maxlength=${MAX_NAME_LENGTH}
        placeholder=${s.filename}
        .value=${nameOf(s)}
        @keydown=${(/** @type {KeyboardEvent} */ e) => {
          if (e.key === 'Escape') {
            e.stopPropagation();
            cancel();
          }
        }}
        @blur=${save}
      />
      ${problem
        ? unlessReported(problem, html`<p role="alert">${problem.detail}</p>`, html`<p role="alert">${t('sessions.nameNotSaved')}</p>`)
        : nothing}
    </form>
  </li>`;
}
