import { css, html, nothing } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';

/**
 * The changes to a running session, next to what was edited last. There is one at a time.
 *
 * @param {boolean} shown
 * @param {boolean} busy
 * @param {{update?: () => void, undo?: () => void}} acts
 */
export function applyBar(shown, busy, { update, undo }) {
  return shown
    ? html`<div class="apply">
        <span>${t('prompt.appliedFromTheNextClip')}</span>
        <button class="quiet" ?disabled=${busy} @click=${undo}>${t('prompt.discard')}</button>
        <button class="main" ?disabled=${busy} @click=${update}>${busy ? t('prompt.applying') : t('prompt.apply')}</button>
      </div>`
    : nothing;
}

export const applyBarStyles = css`
  .apply {
    position: sticky;
    bottom: 12px;
    z-index: 2;
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 10px;
    padding: 8px 8px 8px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    box-shadow: var(--shadow-high);
  }
  .apply span {
    flex: 1;
    color: var(--soft);
    font-size: 13px;
  }
`;
