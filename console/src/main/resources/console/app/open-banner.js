import { css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { t } from '../messages/messages.js';

/**
 * Warning shown while the service accepts requests without sign-in.
 *
 * @param {import('../service/access.js').Access | undefined} access
 */
export function openBanner(access) {
  if (access?.mode !== 'open') {
    return nothing;
  }
  return html`<aside class="open-banner" aria-label="${t('app.openAccess')}">
    ${icons.warning}
    <p>
      <strong>${t('app.anyoneWhoCanReachThisService')}</strong>
      ${t('app.toChangeThisRemove')} <code>FRAMEWISE_ACCESS=open</code> ${t('app.fromTheSettingsAndRestartFramewise')}
    </p>
  </aside>`;
}

export const openBannerStyles = css`
  .open-banner {
    display: flex;
    flex: none;
    gap: 10px;
    align-items: start;
    padding: 8px 20px;
    border-bottom: 1px solid light-dark(#e8c3bd, #5b2a24);
    background: var(--bad-wash);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .open-banner .icon {
    margin-top: 2px;
    color: var(--bad);
  }
  .open-banner strong {
    font-weight: 600;
  }
  .open-banner code {
    font-size: 12px;
  }
  @media (max-width: 800px) {
    .open-banner {
      padding: 8px 12px;
    }
  }
`;
