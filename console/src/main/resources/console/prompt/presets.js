import { t } from '../messages/messages.js';

/** Questions to choose from: ready-made ones, and the user's own, which this browser keeps. */

/** @typedef {{name: string, prompt: string}} Preset */

/** @type {string[]} ready-made questions */
export const PRESETS = [
  t('prompt.readAnyVisibleText'),
  t('prompt.describeWhatYouSee'),
  t('prompt.countThePeople'),
  t('prompt.countTheVehicles'),
  t('prompt.whatChanged'),
];

const KEY = 'framewise.presets';
export const MAX_PRESETS = 100;
export const MAX_NAME_LENGTH = 64;
export const MAX_PROMPT_LENGTH = 4000;
/** Maximum size of an imported file, in bytes: that of the most and longest questions, and some space. */
const MAX_FILE_BYTES = 1_000_000;
const FORMAT = 'framewise-questions';

/** Changes whenever the user's own questions change, in this page or another tab. Dispatches `change`. */
class OwnPresets extends EventTarget {
  constructor() {
    super();
    addEventListener('storage', (e) => {
      if (e.key === KEY) {
        this.dispatchEvent(new Event('change'));
      }
    });
  }

  /** @returns {Preset[]} in the user's order */
  get all() {
    try {
      return checked(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    } catch {
      return [];
    }
  }

  /**
   * @param {Preset[]} presets replace those before
   * @throws {RangeError} with a sentence for the user
   */
  save(presets) {
    const kept = checked(presets);
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      throw new RangeError(t('prompt.thisBrowserHasNoSpaceLeft'));
    }
    this.dispatchEvent(new Event('change'));
  }

  /**
   * @param {string} prompt
   * @throws {RangeError} with a sentence for the user
   */
  add(prompt) {
    const text = prompt.trim();
    this.save([...this.all, { name: nameFor(text), prompt: text }]);
  }

  /**
   * Adds the questions of a file; those that exist already are skipped.
   *
   * @param {File} file as {@link exported} writes it
   * @returns {Promise<number>} how many are new
   * @throws {RangeError} with a sentence for the user
   */
  async import(file) {
    if (file.size > MAX_FILE_BYTES) {
      throw new RangeError(t('prompt.thisFileIsLargerThan1'));
    }
    let parsed;
    try {
      parsed = JSON.parse(await file.text());
    } catch {
      throw new RangeError(t('prompt.thisFileIsNotJsonChoose'));
    }
    if (parsed?.format !== FORMAT || !Array.isArray(parsed.questions)) {
      throw new RangeError(t('prompt.thisFileContainsNoQuestionsChoose'));
    }
    const before = this.all;
    const known = new Set(before.map(({ prompt }) => prompt));
    const added = checked(parsed.questions).filter(({ prompt }) => !known.has(prompt));
    this.save([...before, ...added]);
    return added.length;
  }
}

export const ownPresets = new OwnPresets();

/** @returns {string} the user's own questions as a file for {@link OwnPresets.import} */
export function exported() {
  return `${JSON.stringify({ format: FORMAT, version: 1, questions: ownPresets.all }, undefined, 2)}\n`;
}

/**
 * @param {unknown} presets
 * @returns {Preset[]} without fields that are not known here
 * @throws {RangeError} with a sentence for the user
 */
function checked(presets) {
  if (!Array.isArray(presets)) {
    throw new RangeError(t('prompt.thisFileContainsNoList'));
  }
  if (presets.length > MAX_PRESETS) {
    throw new RangeError(t('prompt.atMostMostQuestionsCanBe', { most: MAX_PRESETS }));
  }
  return presets.map((preset, i) => {
    const { name, prompt } = preset ?? {};
    if (typeof prompt !== 'string' || prompt.trim() === '' || prompt.length > MAX_PROMPT_LENGTH) {
      throw new RangeError(t('prompt.questionNumberMustHave1To', { number: i + 1, longest: MAX_PROMPT_LENGTH }));
    }
    if (typeof name !== 'string' || name.length > MAX_NAME_LENGTH) {
      throw new RangeError(t('prompt.theNameOfQuestionNumberMust', { number: i + 1, longest: MAX_NAME_LENGTH }));
    }
    return { name: name.trim() || nameFor(prompt), prompt };
  });
}

/** @param {string} prompt */
function nameFor(prompt) {
  const line = prompt.trim().replace(/\s+/g, ' ');
  return line.length <= 40 ? line : `${line.slice(0, 39).trimEnd()}…`;
}

/**
 * @param {string} prompt
 * @returns {string} the address of this page with the question
 */
export function linkTo(prompt) {
  return `${location.href.split('#')[0]}#/ask?${new URLSearchParams({ prompt })}`;
}

/**
 * @param {string} prompt
 * @returns {boolean} whether it needs several frames
 */
export function needsMotion(prompt) {
  return /(?<!\p{L})(chang(e|ed|es|ing)|mov(e|ed|es|ing)|motion|(ge|ver)?änder\p{L}*|beweg\p{L}*)(?!\p{L})/iu.test(prompt);
}
