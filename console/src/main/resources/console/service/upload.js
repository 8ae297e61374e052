import { t } from '../messages/messages.js';
import { changeHeaders } from './access.js';
import { Problem } from './problem.js';

const USUAL_LIMIT = 500 * 1024 * 1024;
/** Milliseconds over which speed is averaged: shorter jumps, longer lags. */
const SPEED_WINDOW_MS = 3000;

/**
 * One file being uploaded. Uses XMLHttpRequest, because `fetch` does not report upload progress. Dispatches `progress`
 * whenever its numbers change.
 */
export class Upload extends EventTarget {
  /**
   * @param {string} url
   * @param {File} file
   */
  constructor(url, file) {
    super();
    this.file = file;
    this.sent = 0;
    this.total = file.size;
    /** Bytes a second. */
    this.speed = 0;
    /** Whether all bytes were sent and the service is checking the file. */
    this.checking = false;
    this.cancelled = false;
    this.#url = url;
  }

  #url;
  #request = new XMLHttpRequest();
  /** @type {{at: number, sent: number}[]} */
  #samples = [];

  /** @returns {number | undefined} seconds left at this speed */
  get secondsLeft() {
    return this.speed > 0 ? (this.total - this.sent) / this.speed : undefined;
  }

  /** @returns {Promise<Session | undefined>} undefined when it was cancelled */
  send() {
    const request = this.#request;
    return new Promise((resolve, reject) => {
      request.upload.addEventListener('progress', (e) => this.#progressed(e));
      request.upload.addEventListener('load', () => {
        this.checking = true;
        this.dispatchEvent(new Event('progress'));
      });
      request.addEventListener('abort', () => resolve(undefined));
      request.addEventListener('error', () => reject(this.#broken()));
      request.addEventListener('load', () => {
        if (request.status >= 400) {
          reject(Problem.ofAnswer(request.status, request.responseText));
        } else {
          resolve(JSON.parse(request.responseText));
        }
      });
      const form = new FormData();
      form.append('file', this.file);
      request.open('POST', this.#url);
      request.setRequestHeader('Accept', 'application/json');
      for (const [name, value] of Object.entries(changeHeaders(this.#url))) {
        request.setRequestHeader(name, value);
      }
      request.send(form);
    });
  }

  cancel() {
    this.cancelled = true;
    this.#request.abort();
  }

  /** @param {ProgressEvent} event */
  #progressed(event) {
    const now = performance.now();
    this.sent = event.loaded;
    this.total = event.total || this.file.size;
    this.#samples.push({ at: now, sent: event.loaded });
    while (this.#samples.length > 2 && now - this.#samples[0].at > SPEED_WINDOW_MS) {
      this.#samples.shift();
    }
    const first = this.#samples[0];
    const seconds = (now - first.at) / 1000;
    this.speed = seconds > 0.2 ? (event.loaded - first.sent) / seconds : this.speed;
    this.dispatchEvent(new Event('progress'));
  }

  /** A service that refuses a body early closes the connection; the browser then has no reason to report. */
  #broken() {
    if (this.total > USUAL_LIMIT) {
      return new Problem({
        title: t('service.theUploadWasInterrupted'),
        detail: t('service.nameIsLargerThanUsual', { name: this.file.name }),
      });
    }
    return new Problem({
      title: t('service.theUploadWasInterrupted'),
      detail: t('service.theConnectionBrokeDuringTheUpload'),
    });
  }
}
