/** Words for the entries of the audit log. */

/** @type {Record<string, string>} */
const ACTIONS = {
  'POST /access/sign-in': 'Sign in',
  'POST /access/sign-out': 'Sign out',
  'POST /access/setup': 'Create the first account',
  'POST /access/password': 'Change their password',
  'POST /access/accounts': 'Add an account',
  'PATCH /access/accounts/{account_id}': 'Change the account',
  'DELETE /access/accounts/{account_id}': 'Delete the account',
  'POST /access/keys': 'Create an API key',
  'DELETE /access/keys/{key_id}': 'Revoke the API key',
  'POST /upload-video': 'Upload a video',
  'POST /sessions': 'Add a URL',
  'POST /sessions/demo': 'Add the sample',
  'PATCH /sessions/{session_id}': 'Change the session',
  'DELETE /sessions/{session_id}': 'Delete the session',
  'POST /sessions/{session_id}/shares': 'Share the session',
  'DELETE /sessions/{session_id}/shares/{share_id}': 'Stop sharing the session',
  'POST /start-stream/{session_id}': 'Start the session',
  'POST /update-prompt/{session_id}': 'Change the prompt of the session',
  'POST /stop-stream/{session_id}': 'Stop the session',
  'POST /whip': 'Publish live video',
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
  anonymous: 'not signed in',
  local: 'on this computer',
  open: 'open access',
  account: 'account',
  key: 'API key',
  proxy: 'signed in by the proxy',
  link: 'share link',
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
    return 'Done';
  }
  return status < 500 ? 'Refused' : 'Failed';
}
