/**
 * The one page that is open to everybody: it signs in, or creates the first account with the link from the log.
 * Independent of the rest of the console.
 */

import { t } from './messages/messages.js';

/** @typedef {{kind: string, accounts: boolean, encrypted: boolean, csrf_token?: string}} Access */

const SECONDS_TO_WAIT = 30;
const THIS_MACHINE = /^(localhost|.*\.localhost|127\.[0-9.]+|\[::1\])$/;

/** @template {HTMLElement} T @param {string} id @returns {T} */
const part = (id) => /** @type {T} */ (document.getElementById(id));
const form = /** @type {HTMLFormElement} */ (part('form'));
const error = part('error');
const submit = /** @type {HTMLButtonElement} */ (part('submit'));
/** Secret part of the setup link; it stays in the browser until it is sent in a request body. */
const token = new URLSearchParams(location.hash.slice(1)).get('setup') ?? undefined;

/**
 * @param {string} path
 * @param {object} [body]
 * @param {string} [csrf]
 * @returns {Promise<any>}
 * @throws {Error} with a sentence for the user
 */
async function call(path, body, csrf) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  if (csrf) {
    headers['X-CSRF-Token'] = csrf;
  }
  let response;
  try {
    response = await fetch(`../access${path}`, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(SECONDS_TO_WAIT * 1000),
    });
  } catch {
    throw new Error(t('signIn.cantReachTheServiceCheckThe'));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.detail ?? t('signIn.theServiceAnsweredWithStatusStatus', { status: response.status }));
  }
  return answer;
}

/** Only paths on this service: a link must not lead elsewhere after the sign-in. */
function next() {
  const wanted = new URLSearchParams(location.search).get('next') ?? '';
  const url = URL.canParse(wanted, location.href) ? new URL(wanted, location.href) : undefined;
  const own = url && /^\/(?![/\\])/.test(wanted) && url.origin === location.origin;
  const hash = token === undefined ? location.hash : '';
  return own ? url.pathname + url.search + hash : '../console/';
}

/** @param {string} text */
function explain(text) {
  part('explanation').textContent = text;
  part('explanation').hidden = false;
}

/** @param {boolean} first */
function showForm(first) {
  if (first) {
    part('title').textContent = t('common.createTheFirstAccount');
    explain(t('signIn.itIsAnAdministratorAndCan'));
    part('hint').hidden = false;
    submit.textContent = t('signIn.createAccount');
    const password = /** @type {HTMLInputElement} */ (part('password'));
    password.autocomplete = 'new-password';
    password.minLength = 10;
    document.title = t('signIn.createTheFirstAccountFramewise');
  }
  form.hidden = false;
  part('name').focus();
}

/** @param {Access} access */
function show(access) {
  const first = !access.accounts && (token !== undefined || access.kind === 'local');
  if (access.kind !== 'anonymous' && !first) {
    location.replace(next());
  } else if (first || access.accounts) {
    part('unencrypted').hidden = access.encrypted || THIS_MACHINE.test(location.hostname);
    showForm(first);
    form.onsubmit = (event) => {
      event.preventDefault();
      send(first, access.csrf_token);
    };
  } else {
    part('title').textContent = t('signIn.noAccountYet');
    explain(
      t('signIn.openTheSetupLinkInFramewises'),
    );
  }
}

/**
 * @param {boolean} first
 * @param {string | undefined} csrf
 */
async function send(first, csrf) {
  const fields = new FormData(form);
  const person = { name: fields.get('name'), password: fields.get('password') };
  submit.disabled = true;
  error.textContent = '';
  try {
    await call(first ? '/setup' : '/sign-in', first ? { ...person, token } : person, csrf);
    location.replace(next());
  } catch (e) {
    error.textContent = e instanceof Error ? e.message : String(e);
    part('password').focus();
  } finally {
    submit.disabled = false;
  }
}

for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = t(/** @type {import('./messages/messages.js').Key} */ (element.getAttribute('data-text')));
}
document.title = t('signIn.pageTitle');

try {
  show(await call(''));
} catch (e) {
  part('title').textContent = t('common.signIn');
  explain(e instanceof Error ? e.message : String(e));
}
