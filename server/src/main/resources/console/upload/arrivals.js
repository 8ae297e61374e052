import { Upload } from '../service/upload.js';

/** Files on their way to the service, one at a time. Dispatches `change`. */
export class Arrivals extends EventTarget {
  /** @type {Upload | undefined} */
  upload = undefined;
  /** The service is drawing the sample. */
  drawing = false;

  /**
   * Sends a file in the place of one that is still on its way.
   *
   * @param {import('../service/api.js').Api} api
   * @param {File} file
   * @returns {Promise<Session | undefined>} undefined when it was cancelled
   */
  async send(api, file) {
    this.upload?.cancel();
    const upload = new Upload(api.uploadUrl(), file);
    this.upload = upload;
    this.#changed();
    try {
      return await upload.send();
    } finally {
      if (this.upload === upload) {
        this.upload = undefined;
        this.#changed();
      }
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
