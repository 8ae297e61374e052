import { answerInWords, jsonOf } from '../look/json-words.js';

const MAX_LENGTH = 300;
const MAX_COUNT = 200;

/** The answers that incidents name by their number, in words. */
export class IncidentAnswers {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    this.#api = api;
  }

  #api;
  /** @type {Map<string, Promise<string>>} */
  #loaded = new Map();

  /**
   * @param {string} session
   * @param {number} seq of the answer
   * @returns {Promise<string>} empty where the service no longer has it
   */
  at(session, seq) {
    const key = `${session} ${seq}`;
    const loaded = this.#loaded.get(key) ?? this.#load(session, seq);
    if (this.#loaded.size >= MAX_COUNT) {
      this.#loaded.clear();
    }
    this.#loaded.set(key, loaded);
    return loaded;
  }

  /**
   * @param {string} session
   * @param {number} seq
   */
  async #load(session, seq) {
    try {
      const { results } = await this.#api.results(session, seq - 1, 1);
      const [result] = results;
      return result?.type === 'result' && result.seq === seq && result.ok ? shown(result.result) : '';
    } catch {
      return ''; // deleted, or not this user's to see
    }
  }
}

/**
 * @param {string} answer
 * @returns {string} the reason that a model gives, or else the whole answer; shortened
 */
function shown(answer) {
  const reason = /** @type {any} */ (jsonOf(answer))?.reason;
  const words = (typeof reason === 'string' && reason.trim() ? reason : answerInWords(answer, ' · ')).trim();
  const characters = [...words];
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('')}…` : words;
}
