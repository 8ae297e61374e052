import { css, html, nothing } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';
import * as icons from './icons.js';
import { unlessReported } from './unless-reported.js';

/**
 * An error and how to solve it.
 *
 * @param {import('../service/problem.js').Problem | undefined} problem
 * @param {{label: string, act: () => void}[]} actions
 * @param {(() => void) | undefined} dismiss
 */
export function notice(problem, actions, dismiss) {
  if (!problem) {
    return nothing;
  }
  const { title } = problem;
  // Some details of the service begin with the title.
  const detail = problem.detail.startsWith(`${title}. `) ? problem.detail.slice(title.length + 2) : problem.detail;
  return html`<div class="notice" role="alert">
    ${icons.warning}
    <div class="words">
      <strong>${title}</strong>
      ${detail ? html`<p>${detail}</p>` : nothing}
      ${problem.steps.length > 0
        ? html`<ul>
            ${problem.steps.map((step) => html`<li>${step}</li>`)}
          </ul>`
        : nothing}
      ${actions.length > 0
        ? html`<div class="acts">
            ${actions.map((a) => html`<button @click=${a.act}>${a.label}</button>`)}
          </div>`
        : nothing}
    </div>
    ${dismiss
      ? html`<button class="bare" aria-label="${t('common.dismiss')}" @click=${dismiss}>${icons.close}</button>`
      : nothing}
  </div>`;
}

/**
 * The problem of the last action on a page, in one line.
 *
 * @param {import('../service/problem.js').Problem | undefined} problem
 */
export function complaint(problem) {
  return problem ? unlessReported(problem, html`<p class="wrong" role="alert">${problem.detail}</p>`) : nothing;
}

export const noticeStyles = css`
  .notice {
    display: flex;
    gap: 12px;
    padding: 12px 8px 12px 16px;
    border: 1px solid light-dark(#e8c3bd, #5b2a24);
    border-radius: var(--radius);
    background: var(--bad-wash);
    font-size: 13px;
  }
  .notice > .icon {
    margin-top: 2px;
    color: var(--bad);
  }
  .notice .words {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .notice strong {
    font-weight: 600;
  }
  .notice ul {
    margin: 6px 0 0;
    padding-left: 18px;
  }
  .notice .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 10px;
  }
  .notice .bare {
    margin-top: -6px;
  }
`;
