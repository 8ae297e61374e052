/**
 * A receiver of incidents. Secrets are shown once.
 *
 * @typedef {object} Endpoint
 * @property {string} id
 * @property {string} name
 * @property {'webhook' | 'mqtt' | 'ntfy'} kind
 * @property {string} url
 * @property {string[]} types
 * @property {boolean} enabled
 * @property {'active' | 'slowed' | 'off'} state
 * @property {string} [reason]
 * @property {string} [secret] of a webhook, after it was made or replaced
 * @property {string} [paused_until]
 * @property {string} [secret_ends_with]
 *
 * @typedef {object} Delivery
 * @property {string | number} id
 * @property {string} endpoint_id
 * @property {string} type
 * @property {string} [subject]
 * @property {'waiting' | 'delivered' | 'failed' | 'superseded'} state
 * @property {number} attempts
 * @property {string} created_at
 * @property {string} [next_attempt_at]
 * @property {string} [changed_at]
 * @property {number} [status]
 * @property {string} [answer]
 * @property {string} [error]
 *
 * @typedef {object} EndpointRequest
 * @property {string} [name]
 * @property {string} [kind]
 * @property {string} [url]
 * @property {boolean} [enabled]
 * @property {string} [token]
 * @property {string} [user]
 * @property {string} [password]
 * @property {string} [topic]
 */

/** The service's calls for endpoints and deliveries. Each throws a {@link Problem} when it fails. */
export class EndpointCalls {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    this.#api = api;
  }

  #api;

  /** @returns {Promise<{endpoints: Endpoint[]}>} */
  endpoints() {
    return this.#api.call('GET', '/endpoints');
  }

  /**
   * @param {EndpointRequest} endpoint
   * @returns {Promise<Endpoint>}
   */
  add(endpoint) {
    return this.#api.call('POST', '/endpoints', endpoint);
  }

  /**
   * @param {string} id
   * @param {EndpointRequest} changes
   * @returns {Promise<Endpoint>}
   */
  change(id, changes) {
    return this.#api.call('PATCH', `/endpoints/${encodeURIComponent(id)}`, changes);
  }

  /** @param {string} id */
  async remove(id) {
    await this.#api.call('DELETE', `/endpoints/${encodeURIComponent(id)}`);
  }

  /**
   * @param {string} id
   * @returns {Promise<Delivery>} its outcome so far
   */
  test(id) {
    return this.#api.call('POST', `/endpoints/${encodeURIComponent(id)}/test`, {});
  }

  /**
   * @param {string} id
   * @returns {Promise<Endpoint>} with a new secret
   */
  rotate(id) {
    return this.#api.call('POST', `/endpoints/${encodeURIComponent(id)}/rotate`, {});
  }

  /**
   * @param {{endpoint?: string, state?: string, limit?: string, before?: string}} wanted
   * @returns {Promise<{deliveries: Delivery[]}>} newest first
   */
  deliveries(wanted) {
    return this.#api.call('GET', `/deliveries?${new URLSearchParams(wanted)}`);
  }

  /** @param {string | number} id of a delivery */
  async replay(id) {
    await this.#api.call('POST', `/deliveries/${encodeURIComponent(id)}/replay`, {});
  }

  /**
   * @param {string} id of an endpoint
   * @param {string} since a time
   * @returns {Promise<{queued: number}>}
   */
  replayAll(id, since) {
    return this.#api.call('POST', `/endpoints/${encodeURIComponent(id)}/replay?since=${encodeURIComponent(since)}`, {});
  }
}
