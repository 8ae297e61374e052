import { t } from '../messages/messages.js';

/** Words for the entries of the audit log. */

/** @type {Record<string, string>} */
const ACTIONS = {
  'POST /access/sign-in': t('common.signIn'),
  'POST /access/sign-out': t('account.signOut'),
  'POST /access/setup': t('common.createTheFirstAccount'),
  'POST /access/password': t('account.changeOwnPassword'),
  'POST /access/accounts': t('account.addAnAccount'),
  'PATCH /access/accounts/{account_id}': t('account.changeTheAccount'),
  'DELETE /access/accounts/{account_id}': t('account.deleteTheAccount'),
  'POST /access/keys': t('account.createAnApiKey'),
  'DELETE /access/keys/{key_id}': t('account.revokeTheApiKey'),
  'POST /upload-video': t('account.uploadAVideo'),
  'POST /sessions': t('account.addAUrl'),
  'POST /sessions/demo': t('account.addTheSample'),
  'PATCH /sessions/{session_id}': t('account.changeTheSession'),
  'DELETE /sessions/{session_id}': t('account.deleteTheSession'),
  'POST /sessions/{session_id}/shares': t('account.shareTheSession'),
  'DELETE /sessions/{session_id}/shares/{share_id}': t('account.stopSharingTheSession'),
  'POST /start-stream/{session_id}': t('account.startTheSession'),
  'POST /update-prompt/{session_id}': t('account.changeTheQuestionOfTheSession'),
  'POST /stop-stream/{session_id}': t('account.stopTheSession'),
  'POST /nodes/{node_id}/drain': t('account.drainTheNode'),
  'DELETE /nodes/{node_id}/drain': t('account.letTheNodeAcceptSessions'),
  'POST /node/drain': t('account.drainTheNode'),
  'DELETE /node/drain': t('account.letTheNodeAcceptSessions'),
  'POST /whip': t('account.publishLiveVideo'),
};

/**
 * @param {string} action such as "POST /sessions"
 * @returns {string} in plain words; a call that has none is shown unchanged
 */
export function actionWords(action) {
  return ACTIONS[action] ?? action;
}

/** @type {Record<string, string>} */
const KINDS = {
  anonymous: t('account.notSignedIn'),
  local: t('account.onThisComputer'),
  open: t('account.openAccess'),
  account: 'account',
  key: t('account.apiKey'),
  proxy: t('account.signedInByTheProxy'),
  link: t('account.shareLink'),
};

/**
 * Words for how the caller was authenticated; a person who signs in does that with this very call.
 *
 * @param {import('./audit-page.js').AuditEntry} entry
 */
export function kindWords({ action, kind, status }) {
  const now = kind === 'anonymous' && action.startsWith('POST /access/') && status < 400;
  return now ? KINDS.account : (KINDS[kind] ?? kind);
}

/** @param {number} status of the answer */
export function outcomeWords(status) {
  if (status < 400) {
    return t('account.done');
  }
  return status < 500 ? t('account.refused') : t('common.failed');
}
