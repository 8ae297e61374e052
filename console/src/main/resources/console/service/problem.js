/**
 * Titles for users; the API's own titles are those of HTTP.
 *
 * @type {Record<number, string>}
 */
const PLAIN_TITLES = {
  401: 'Sign in, or enter a key',
  403: 'Your account may not do this',
  404: 'Not found',
  409: 'Not possible right now',
  410: 'This video was deleted',
  413: 'This video is too large',
  414: 'This is too much to ask at once',
  415: 'This file cannot be read as a video',
  422: 'Something in the request is not right',
  429: 'Too many at once',
  500: 'Something broke inside the service',
  502: 'The AI service gave no answer',
  503: 'This cannot be done yet',
  504: 'The AI service took too long',
  507: 'The disk is full',
};

/** An error of the service, in words for the user: `title` says what happened, `detail` what to do. */
export class Problem extends Error {
  /**
   * @param {{title: string, detail: string, status?: number, code?: string, steps?: string[],
   *     fields?: Record<string, string>, unreachable?: boolean}} facts
   */
  constructor({ title, detail, status = 0, code = '', steps = [], fields = {}, unreachable = false }) {
    super(detail);
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.code = code;
    this.steps = steps;
    /** Errors by field name. */
    this.fields = fields;
    this.unreachable = unreachable;
  }

  /**
   * @param {{code?: string, detail?: string}} trouble of the service's disk or database
   * @returns {Problem}
   */
  static storage({ code, detail }) {
    return new Problem({
      title: code === 'database_damaged' ? 'The database is damaged' : 'The disk is full',
      detail: detail ?? '',
    });
  }

  /**
   * @param {string} address
   * @returns {Problem}
   */
  static unreachable(address) {
    return new Problem({
      title: 'Cannot connect to backend server',
      detail: `Nothing answers at ${address}.`,
      steps: [
        'Make sure the service is running.',
        'Check that its URL in the settings is correct.',
        `Verify that it can be reached: curl ${address}`,
        ...(new URL(address).origin === location.origin
          ? []
          : [`FRAMEWISE_CORS_ORIGINS of this page's service must name ${new URL(address).origin}, and that of the other ${location.origin}.`]),
      ],
      unreachable: true,
    });
  }

  /**
   * @param {number} seconds
   * @returns {Problem}
   */
  static tooSlow(seconds) {
    return new Problem({
      title: 'The service takes too long',
      detail: `It gave no answer within ${seconds} s. It may be busy: try again in a while.`,
    });
  }

  /**
   * Reads `application/problem+json`; any other response is described by its status alone.
   *
   * @param {number} status
   * @param {string} body
   * @returns {Problem}
   */
  static ofAnswer(status, body) {
    /** @type {{title?: string, detail?: string, code?: string, errors?: {field: string, message: string}[]}} */
    let told = {};
    try {
      told = JSON.parse(body) ?? {};
    } catch {
      // A proxy in between answered in HTML.
    }
    return new Problem({
      title: PLAIN_TITLES[status] ?? told.title ?? `The service answered ${status}`,
      detail: told.detail ?? 'It gave no reason. Its log may have one.',
      status,
      code: told.code,
      // A single error is already in the sentence above.
      steps: (told.errors ?? []).map((e) => e.message).filter((message) => !told.detail?.startsWith(message)),
      fields: Object.fromEntries((told.errors ?? []).map((e) => [e.field, e.message])),
    });
  }

  /**
   * @param {unknown} thrown
   * @returns {Problem}
   */
  static of(thrown) {
    if (thrown instanceof Problem) {
      return thrown;
    }
    return new Problem({
      title: 'Something went wrong in this page',
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}
