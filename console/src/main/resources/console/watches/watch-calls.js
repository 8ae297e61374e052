/** The service's calls for watches and incidents. Each throws a {@link Problem} when it fails. */
export class WatchCalls {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    this.#api = api;
  }

  #api;

  /** @returns {Promise<{watches: Watch[]}>} by name */
  watches() {
    return this.#api.call('GET', '/watches');
  }

  /**
   * @param {WatchRequest} watch
   * @returns {Promise<Watch>}
   */
  add(watch) {
    return this.#api.call('POST', '/watches', watch);
  }

  /**
   * @param {string} id
   * @param {WatchRequest} changes
   * @returns {Promise<Watch>}
   */
  change(id, changes) {
    return this.#api.call('PATCH', `/watches/${encodeURIComponent(id)}`, changes);
  }

  /** @param {string} id */
  async remove(id) {
    await this.#api.call('DELETE', `/watches/${encodeURIComponent(id)}`);
  }

  /**
   * @param {string} id
   * @param {string | null} until a time; null ends it
   * @returns {Promise<Watch>}
   */
  snooze(id, until) {
    return this.#api.call('POST', `/watches/${encodeURIComponent(id)}/snooze`, { until });
  }

  /**
   * The incidents that a watch would have opened. Nothing is stored.
   *
   * @param {WatchRequest} watch
   * @param {string} [session] whose answers to test; those of the watch by default
   * @returns {Promise<TriedWatch>}
   */
  tryOut(watch, session) {
    return this.#api.call('POST', '/watches/try', session ? { ...watch, session } : watch);
  }

  /**
   * @param {{session?: string, watch?: string, state?: string, acknowledged?: string, before?: string,
   *     limit?: string}} wanted
   * @returns {Promise<IncidentsPage>} newest first
   */
  incidents(wanted) {
    return this.#api.call('GET', `/incidents?${new URLSearchParams(wanted)}`);
  }

  /**
   * @param {string} id
   * @param {{note?: string, by?: string}} words `by` is for services without accounts
   * @returns {Promise<Incident>}
   */
  acknowledge(id, words) {
    const given = Object.entries(words).filter(([, text]) => text?.trim());
    return this.#api.call('POST', `/incidents/${encodeURIComponent(id)}/acknowledge`, Object.fromEntries(given));
  }

  /** @param {string} id */
  pictureUrl(id) {
    return `${this.#api.address}/incidents/${encodeURIComponent(id)}/picture.jpg`;
  }

  /** @param {string} id */
  clipUrl(id) {
    return `${this.#api.address}/incidents/${encodeURIComponent(id)}/clip.mp4`;
  }
}
