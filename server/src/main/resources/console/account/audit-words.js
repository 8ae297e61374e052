/** What the audit log's entries say, as people read them. */

/** @type {Record<string, string>} */
const ACTIONS = {
  'POST /access/sign-in': 'Signed in',
  'POST /access/sign-out': 'Signed out',
  'POST /access/setup': 'Created the first account',
  'POST /access/password': 'Changed their password',
  'POST /access/accounts': 'Added an account',
  'PATCH /access/accounts/{account_id}': 'Changed the account',
  'DELETE /access/accounts/{account_id}': 'Deleted the account',
  'POST /access/keys': 'Created an API key',
  'DELETE /access/keys/{key_id}': 'Revoked the API key',
  'POST /upload-video': 'Uploaded a video',
  'POST /sessions': 'Added a URL',
  'POST /sessions/demo': 'Added the sample',
  'PATCH /sessions/{session_id}': 'Changed the session',
  'DELETE /sessions/{session_id}': 'Deleted the session',
  'POST /sessions/{session_id}/shares': 'Shared the session',
  'DELETE /sessions/{session_id}/shares/{share_id}': 'Stopped sharing the session',
  'POST /start-stream/{session_id}': 'Started the session',
  'POST /update-prompt/{session_id}': 'Changed the prompt of',
  'POST /stop-stream/{session_id}': 'Stopped the session',
  'POST /whip': 'Published live video',
};

/**
 * @param {string} action such as "POST /sessions"
 * @returns {string} in plain words; calls without any are shown as they are
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

/** @param {string} kind how they had proven who they are */
export function kindWords(kind) {
  return KINDS[kind] ?? kind;
}

/** @param {number} status of the answer */
export function outcomeWords(status) {
  if (status < 400) {
    return 'Done';
  }
  return status < 500 ? 'Refused' : 'Failed';
}
