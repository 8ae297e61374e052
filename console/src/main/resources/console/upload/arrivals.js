import { Problem } from '../service/problem.js';
import { Upload } from '../service/upload.js';
import { size } from '../look/words.js';
import { t } from '../messages/messages.js';

/** @param {File} file */
function isBundle(file) {
  return /\.zip$/i.test(file.name);
}

/** Uploads, of videos and bundles, one at a time in their order. Dispatches `change`. */
export class Arrivals extends EventTarget {
  /** @type {Upload | undefined} */
  upload = undefined;
  /** @type {File[]} waiting files */
  waiting = [];
  /** Whether the service is preparing the sample. */
  drawing = false;
  /** Maximum bytes of a file; undefined where the service doesn't report it. */
  /** @type {number | undefined} */
  limit = undefined;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * Uploads a file after those before it.
   *
   * @param {import('../service/api.js').Api} api
   * @param {File} file
   * @returns {Promise<Session | undefined>} undefined when it was cancelled
   */
  send(api, file) {
    const refused = this.#refused(file);
    if (refused) {
      return refused; // those before it are still waited for
    }
    const sent = this.#inTurn(api, file);
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  /**
   * Refuses before the first byte what the service would refuse.
   *
   * @param {File} file
   */
  #refused(file) {
    if (file.size === 0) {
      return Promise.reject(
        new Problem({ title: t('upload.thisFileIsEmpty'), detail: t('upload.nameContainsNoVideo', { name: file.name }) }),
      );
    }
    if (this.limit !== undefined && file.size > this.limit) {
      const detail = t('upload.nameHasSizeAndTheService', { name: file.name, size: size(file.size), limit: size(this.limit) });
      return Promise.reject(new Problem({ title: t('common.thisVideoIsTooLarge'), detail }));
    }
    return undefined;
  }

  /**
   * @param {import('../service/api.js').Api} api
   * @param {File} file
   */
  async #inTurn(api, file) {
    this.waiting = [...this.waiting, file];
    this.#changed();
    await this.#last;
    this.waiting = this.waiting.filter((one) => one !== file);
    const upload = new Upload(isBundle(file) ? api.openBundleUrl() : api.uploadUrl(), file);
    this.upload = upload;
    this.#changed();
    try {
      return await upload.send();
    } finally {
      this.upload = undefined;
      this.#changed();
    }
  }

  /**
   * @param {import('../service/api.js').Api} api
   * @returns {Promise<Session>}
   */
  async sample(api) {
    this.drawing = true;
    this.#changed();
    try {
      return await api.demo();
    } finally {
      this.drawing = false;
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
