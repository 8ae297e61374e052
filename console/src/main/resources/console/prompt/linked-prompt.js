import { css, html, nothing } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';
import { MAX_PROMPT_LENGTH } from './presets.js';

/** The question of a link, until it is filled in or dismissed. It is never asked without the user. */
let linked = '';

/** @param {string | undefined} prompt of the page's address; a longer one is cut */
export function keepLinked(prompt) {
  linked = (prompt ?? '').trim().slice(0, MAX_PROMPT_LENGTH);
}

/** @returns {string} the question, which is not returned again; empty where there is none */
export function takeLinked() {
  const prompt = linked;
  linked = '';
  return prompt;
}

/**
 * @param {() => void} dismissed
 * @returns {unknown} a note about the question, while there is one
 */
export function linkedNote(dismissed) {
  return linked
    ? html`<div class="linked" role="status">
        <p><span>${t('prompt.questionFromTheLink')}</span> <q>${linked}</q></p>
        <p>${t('prompt.addAVideoOrOpenOne')}</p>
        <button
          class="quiet"
          @click=${() => {
            linked = '';
            dismissed();
          }}
        >
          ${t('common.dismiss')}
        </button>
      </div>`
    : nothing;
}

export const linkedStyles = css`
  .linked {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
    align-items: center;
    max-width: 720px;
    margin: 12px auto 0;
    padding: 10px 8px 10px 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    font-size: 13px;
  }
  .linked p {
    grid-column: 1;
    overflow-wrap: anywhere;
  }
  .linked p:first-child {
    font-weight: 500;
  }
  .linked span,
  .linked p + p {
    color: var(--soft);
    font-weight: 400;
  }
  .linked button {
    grid-row: 1 / span 2;
    grid-column: 2;
  }
  @media (max-width: 800px) {
    .linked {
      margin: 12px 16px 0;
    }
  }
`;
