import { css, html, nothing } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';
import { mayOperate } from '../service/access.js';

/** @typedef {import('../service/access.js').Access} Access */

/** @param {Access | undefined} access */
function why(access) {
  if (access?.kind === 'link') {
    return t('account.youOpenedAShareLinkYou');
  }
  return mayOperate(access)
    ? t('account.thisSessionBelongsToSomebodyElse')
    : t('account.yourRoleIsViewerYouCan');
}

/**
 * Replaces the question and its buttons for viewers.
 *
 * @param {Session} session
 * @param {Access | undefined} access
 */
export function viewOnly(session, access) {
  const { settings } = session;
  const prompts = settings?.prompts ?? (settings?.prompt ? [{ name: '', prompt: settings.prompt }] : []);
  return html`
    <div class="heading">${prompts.length > 1 ? t('account.questions') : t('common.question')}</div>
    ${prompts.length > 0
      ? html`<ul class="asked">
          ${prompts.map(({ name, prompt }) => html`<li>${name ? html`<strong>${name}</strong> ` : nothing}${prompt}</li>`)}
        </ul>`
      : html`<p class="none">${t('account.noQuestionsYet')}</p>`}
    <p class="why">${why(access)}</p>
  `;
}

/**
 * Replaces the start screen for users who cannot create sessions.
 *
 * @param {Access | undefined} access
 */
export function onlyWatches(access) {
  return html`<section class="watches">
    <h1>${t('account.chooseAVideoToWatch')}</h1>
    <p>
      ${access?.kind === 'link'
        ? t('account.theSessionThatWasSharedWith')
        : t('account.sessionsThatAreSharedWithYou')}
    </p>
  </section>`;
}

/**
 * Replaces an administrators' page for everybody else.
 *
 * @param {Access | undefined} access
 */
export function onlyForAdmins(access) {
  return html`<section class="watches">
    <h1>${t('account.forAdministrators')}</h1>
    <p>
      ${access?.kind === 'open'
        ? t('account.onlySignedInAdministrators')
        : t('account.onlyAdministrators')}
    </p>
  </section>`;
}

export const viewOnlyStyles = css`
  .asked {
    display: grid;
    gap: 4px;
    margin: 6px 0 0;
    padding: 0;
    font-size: 15px;
    list-style: none;
    overflow-wrap: anywhere;
  }
  .none,
  .why {
    margin-top: 8px;
    color: var(--soft);
    font-size: 13px;
  }
`;

export const watchesStyles = css`
  .watches {
    max-width: 52ch;
    margin: 12vh auto 0;
    padding: 0 20px;
    text-align: center;
    text-wrap: balance;
  }
  .watches h1 {
    margin-bottom: 6px;
    font-size: 20px;
    font-weight: 600;
  }
  .watches p {
    color: var(--soft);
    font-size: 14px;
  }
`;
