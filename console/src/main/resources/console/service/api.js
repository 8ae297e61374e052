import { t } from '../messages/messages.js';
import { changeHeaders, keepToken, signIn } from './access.js';
import { defaultAddress, socketAddress } from './address.js';
import { Problem } from './problem.js';

const ANSWER_WITHIN_MS = 30_000;
/** Timeout of the first sample, which takes long on a busy machine. */
const DRAWN_WITHIN_MS = 180_000;

/** The service's HTTP calls. Each throws a {@link Problem} when it fails. */
export class Api {
  /** @param {string} address without a slash at its end */
  constructor(address) {
    this.address = address;
    /** Called when the service refuses what the page thought was permitted. */
    this.forbidden = () => {};
    /** Called when a change fails because of the service's disk or database. */
    this.storeFailed = () => {};
  }

  /** @returns {Promise<import('./access.js').Access>} the user's identity there */
  async access() {
    const access = await this.call('GET', '/access');
    if (this.address === defaultAddress()) {
      keepToken(access);
    }
    return access;
  }

  async signOut() {
    await this.call('POST', '/access/sign-out', {});
  }

  /**
   * @param {string} current
   * @param {string} next
   * @returns {Promise<import('./access.js').Access>}
   */
  changePassword(current, next) {
    return this.call('POST', '/access/password', { current_password: current, new_password: next });
  }

  /** @returns {Promise<{accounts: import('../account/accounts-page.js').Account[]}>} */
  accounts() {
    return this.call('GET', '/access/accounts');
  }

  /**
   * @param {string} name
   * @param {string} role
   * @param {string} password
   */
  async addAccount(name, role, password) {
    await this.call('POST', '/access/accounts', { name, role, password });
  }

  /**
   * @param {string} id
   * @param {string} role
   */
  async setRole(id, role) {
    await this.call('PATCH', `/access/accounts/${encodeURIComponent(id)}`, { role });
  }

  /** @param {string} id */
  async deleteAccount(id) {
    await this.call('DELETE', `/access/accounts/${encodeURIComponent(id)}`);
  }

  /** @returns {Promise<{keys: import('../account/accounts-page.js').ApiKey[]}>} */
  keys() {
    return this.call('GET', '/access/keys');
  }

  /**
   * @param {string} name
   * @param {string} role
   * @param {number} [days]
   * @returns {Promise<{name: string, key: string}>}
   */
  addKey(name, role, days) {
    return this.call('POST', '/access/keys', { name, role, ...(days ? { expires_in_days: days } : {}) });
  }

  /** @param {string} id */
  async revokeKey(id) {
    await this.call('DELETE', `/access/keys/${encodeURIComponent(id)}`);
  }

  /** @returns {Promise<ServiceNodes>} the nodes that work on the database; none in an older service */
  async nodes() {
    try {
      return await this.call('GET', '/nodes');
    } catch (e) {
      if (Problem.of(e).status === 404) {
        return { clustered: false, nodes: [] };
      }
      throw e;
    }
  }

  /** @param {string} id of a node that hands its sessions over */
  async drainNode(id) {
    await this.call('POST', `/nodes/${encodeURIComponent(id)}/drain`);
  }

  /** @param {string} id of a node that takes sessions again */
  async stopDrainingNode(id) {
    await this.call('DELETE', `/nodes/${encodeURIComponent(id)}/drain`);
  }

  /**
   * @param {string} filter empty for all
   * @param {number | undefined} before only entries with a lower number
   * @param {number} limit
   * @returns {Promise<{entries: import('../account/audit-page.js').AuditEntry[]}>} the newest first
   */
  audit(filter, before, limit) {
    const query = new URLSearchParams({ limit: String(limit) });
    if (filter) {
      query.set('filter', filter);
    }
    if (before) {
      query.set('before', String(before));
    }
    return this.call('GET', `/audit?${query}`);
  }

  /**
   * @param {string} id
   * @returns {Promise<{viewers: {id: string, name: string}[], links: {id: string, expires_at: string}[]}>}
   */
  shares(id) {
    return this.call('GET', `/sessions/${encodeURIComponent(id)}/shares`);
  }

  /**
   * @param {string} id
   * @param {{account?: string, everybody?: boolean, link?: boolean}} whom
   * @returns {Promise<{path?: string}>}
   */
  share(id, whom) {
    return this.call('POST', `/sessions/${encodeURIComponent(id)}/shares`, whom);
  }

  /**
   * @param {string} id
   * @param {string} share
   */
  async endShare(id, share) {
    await this.call('DELETE', `/sessions/${encodeURIComponent(id)}/shares/${encodeURIComponent(share)}`);
  }

  /** @returns {Promise<{version: string, active_sessions: number, upload_limit_bytes?: number, storage?: {ok: boolean, code?: string, detail?: string}}>} */
  health() {
    return this.call('GET', '/');
  }

  /** @returns {Promise<string>} the metrics as text, for administrators */
  async metrics() {
    const response = await fetch(`${this.address}/metrics`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => {
      throw Problem.unreachable(this.address);
    });
    const text = await response.text();
    if (!response.ok) {
      throw Problem.ofAnswer(response.status, text);
    }
    return text;
  }

  /** @returns {Promise<PhoneAccess>} where a phone opens the console */
  phone() {
    return this.call('GET', '/phone');
  }

  /** @param {string} url one of those that {@link phone} names */
  phoneCodeUrl(url) {
    return `${this.address}/phone.svg?url=${encodeURIComponent(url)}`;
  }

  /** @returns {Promise<{default?: string | null, backends: BackendState[]}>} */
  backends() {
    return this.call('GET', '/backends');
  }

  /**
   * @param {number} limit from 1 to 200
   * @returns {Promise<{sessions: Session[], total: number}>} the newest
   */
  sessions(limit) {
    return this.call('GET', `/sessions?limit=${limit}`);
  }

  /**
   * @param {{q: string, session?: string, question?: string, backend?: string, ok?: string, from?: string}} wanted
   * @returns {Promise<SearchPage>} sessions with a match; the one with the newest match comes first
   */
  search(wanted) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(wanted)) {
      if (value !== undefined) {
        query.set(name, value);
      }
    }
    return this.call('GET', `/search?${query}`);
  }

  /**
   * @param {string} id
   * @returns {Promise<Session>}
   */
  session(id) {
    return this.call('GET', `/sessions/${encodeURIComponent(id)}`);
  }

  /**
   * @param {string} id
   * @param {string} name blank for its filename
   * @returns {Promise<Session>} with the new name
   */
  rename(id, name) {
    return this.call('PATCH', `/sessions/${encodeURIComponent(id)}`, { name });
  }

  /**
   * @param {string} id
   * @param {boolean} [closing] whether the request must survive the page
   */
  async remove(id, closing = false) {
    await this.call('DELETE', `/sessions/${encodeURIComponent(id)}`, undefined, ANSWER_WITHIN_MS, closing);
  }

  /** @returns {Promise<Session>} a session with the sample clip, which the service makes */
  demo() {
    return this.call('POST', '/sessions/demo', undefined, DRAWN_WITHIN_MS);
  }

  /**
   * @param {string} url of a camera, a playlist or a file
   * @param {string} name may be empty
   * @returns {Promise<Session>} a session that waits to be started
   */
  addUrl(url, name) {
    return this.call('POST', '/sessions', name ? { url, name } : { url });
  }

  /**
   * @param {string} id
   * @param {StartRequest} request
   */
  async start(id, request) {
    await this.call('POST', `/start-stream/${encodeURIComponent(id)}`, request);
  }

  /**
   * @param {string} id
   * @param {ChangeRequest} request changes from the next clip on
   * @returns {Promise<Session>} with the changes
   */
  change(id, request) {
    return this.call('PATCH', `/sessions/${encodeURIComponent(id)}`, request);
  }

  /**
   * @param {string} id
   * @param {string} prompt
   */
  async updatePrompt(id, prompt) {
    await this.call('POST', `/update-prompt/${encodeURIComponent(id)}`, { prompt });
  }

  /** @param {string} id */
  async stop(id) {
    await this.call('POST', `/stop-stream/${encodeURIComponent(id)}`);
  }

  /**
   * @param {string} id
   * @param {number} since only events with a higher number
   * @param {number} limit
   * @returns {Promise<ResultsPage>} results, and the reports of unchanged clips between them
   */
  results(id, since, limit) {
    return this.call(
      'GET',
      `/sessions/${encodeURIComponent(id)}/results?since=${since}&limit=${limit}&unchanged=true`,
    );
  }

  /**
   * @param {string} id
   * @param {number} seq of a result
   * @returns {Promise<Evidence>} what was sent to a service for it
   */
  evidence(id, seq) {
    return this.call('GET', `/sessions/${encodeURIComponent(id)}/results/${seq}/evidence`);
  }

  /** @returns {Promise<Usage>} today's spending */
  usage() {
    return this.call('GET', '/usage');
  }

  /**
   * Questions about its past, the newest first.
   *
   * @param {string} id
   * @returns {Promise<{lookbacks: Lookback[]}>}
   */
  lookbacks(id) {
    return this.call('GET', `/sessions/${encodeURIComponent(id)}/lookbacks`);
  }

  /**
   * @param {string} id
   * @param {LookbackRequest} request
   * @returns {Promise<Lookback>}
   */
  lookBack(id, request) {
    return this.call('POST', `/sessions/${encodeURIComponent(id)}/lookbacks`, request);
  }

  /**
   * @param {string} id
   * @param {number} run
   * @returns {Promise<Lookback>}
   */
  lookback(id, run) {
    return this.call('GET', `/sessions/${encodeURIComponent(id)}/lookbacks/${run}`);
  }

  /**
   * @param {string} id
   * @param {number} run
   * @returns {Promise<Lookback>}
   */
  cancelLookback(id, run) {
    return this.call('DELETE', `/sessions/${encodeURIComponent(id)}/lookbacks/${run}`);
  }

  /** @param {string} id */
  bundleUrl(id) {
    return `${this.address}/sessions/${encodeURIComponent(id)}/bundle.zip`;
  }

  openBundleUrl() {
    return `${this.address}/sessions/bundle`;
  }

  /** @param {string} id */
  videoUrl(id) {
    return `${this.address}/sessions/${encodeURIComponent(id)}/video`;
  }

  /**
   * @param {string} id
   * @param {number} width pixels, at most
   */
  snapshotUrl(id, width) {
    return `${this.address}/sessions/${encodeURIComponent(id)}/snapshot.jpg?width=${width}`;
  }

  /**
   * @param {string} id
   * @param {{at?: number, time?: number, width: number, now?: number}} which picture: that at a second of the video, or
   *     of live video at a moment in milliseconds of `Date`; `now` changes where the newest is wanted again
   */
  frameUrl(id, { at, time, width, now }) {
    const query = new URLSearchParams({ width: String(width) });
    if (at !== undefined) {
      query.set('at', at.toFixed(2));
    }
    if (time !== undefined) {
      query.set('time', new Date(Math.round(time / 500) * 500).toISOString());
    }
    if (now !== undefined) {
      query.set('now', String(now));
    }
    return `${this.address}/sessions/${encodeURIComponent(id)}/frame.jpg?${query}`;
  }

  /** @param {string} id */
  previewUrl(id) {
    return `${this.address}/sessions/${encodeURIComponent(id)}/preview`;
  }

  /**
   * @param {string} id
   * @param {'jsonl' | 'csv' | 'vtt' | 'srt'} format
   */
  downloadUrl(id, format) {
    return `${this.address}/sessions/${encodeURIComponent(id)}/results.${format}`;
  }

  /**
   * @param {string} id
   * @param {number} since
   * @param {{partial?: boolean, timings?: boolean, wait?: boolean}} [wanted] `partial` adds answers that are being
   *     written, `timings` how long each took to be stored and sent; `wait` waits for the next start of a session that
   *     is over
   */
  eventsUrl(id, since, { partial = false, timings = false, wait = false } = {}) {
    const url = `${socketAddress(this.address)}/ws/${encodeURIComponent(id)}?since=${since}`;
    return `${url}${partial ? '&partial=true' : ''}${timings ? '&timings=true' : ''}${wait ? '&wait=true' : ''}`;
  }

  uploadUrl() {
    return `${this.address}/upload-video`;
  }

  /**
   * Any call of the service.
   *
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {number} [withinMs]
   * @param {boolean} [keepalive] whether the request must survive the page
   * @returns {Promise<any>}
   */
  async call(method, path, body, withinMs = ANSWER_WITHIN_MS, keepalive = false) {
    /** @type {RequestInit} */
    const request = {
      method,
      keepalive,
      headers: {
        Accept: 'application/json',
        ...(method === 'GET' ? {} : changeHeaders(this.address + path)),
      },
      signal: AbortSignal.timeout(withinMs),
    };
    if (body) {
      request.headers = { ...request.headers, 'Content-Type': 'application/json' };
      request.body = JSON.stringify(body);
    }
    let status;
    let text;
    try {
      const response = await fetch(this.address + path, request);
      status = response.status;
      text = await response.text();
    } catch (e) {
      throw e instanceof DOMException && e.name === 'TimeoutError'
        ? Problem.tooSlow(withinMs / 1000)
        : Problem.unreachable(this.address);
    }
    if (status === 401 && this.address === defaultAddress() && !path.startsWith('/access')) {
      signIn();
    }
    if (status === 403) {
      this.forbidden();
    }
    if (status >= 400) {
      const problem = Problem.ofAnswer(status, text);
      if (problem.isOfStore && method !== 'GET') {
        this.storeFailed();
      }
      throw problem;
    }
    if (text === '') {
      return undefined;
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new Problem({
        title: t('service.thisIsNotFramewise'),
        detail: t('service.somethingElseAnswersAtAddressCheck', { address: this.address }),
      });
    }
  }
}
