/**
 * Something the service refused or could not do, in words for a person: `title` says what, `detail`
 * what to do about it.
 */
export class Problem extends Error {
  /**
   * @param {{title: string, detail: string, status?: number, code?: string, steps?: string[],
   *     unreachable?: boolean}} facts
   */
  constructor({ title, detail, status = 0, code = '', steps = [], unreachable = false }) {
    super(detail);
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.code = code;
    this.steps = steps;
    this.unreachable = unreachable;
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
      ],
      unreachable: true,
    });
  }

  /**
   * Reads `application/problem+json`; anything else is told by its status alone.
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
      // A proxy in between answers in HTML.
    }
    return new Problem({
      title: told.title ?? `The service answered ${status}`,
      detail: told.detail ?? 'It gave no reason. Its log may have one.',
      status,
      code: told.code,
      steps: (told.errors ?? []).map((e) => `${e.field}: ${e.message}`),
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
