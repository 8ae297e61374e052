/** Questions to choose from: ready-made ones, and the user's own, which this browser keeps. */

/** @typedef {{name: string, prompt: string}} Preset */

/** @type {string[]} ready-made questions */
export const PRESETS = [
  'Read any visible text',
  'Describe what you see in few words',
  'Count the people',
  'Count the vehicles',
  'What changed?',
];

const KEY = 'framewise.presets';
export const MOST_PRESETS = 100;
export const LONGEST_NAME = 64;
export const LONGEST_PROMPT = 4000;
/** Maximum size of an imported file, in bytes: that of the most and longest questions, and some space. */
const LARGEST_FILE = 1_000_000;
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
      throw new RangeError('This browser has no space left for questions. Delete some first.');
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
    if (file.size > LARGEST_FILE) {
      throw new RangeError('This file is larger than 1 MB. Choose a file that was exported here.');
    }
    let told;
    try {
      told = JSON.parse(await file.text());
    } catch {
      throw new RangeError('This file is not JSON. Choose a file that was exported here.');
    }
    if (told?.format !== FORMAT || !Array.isArray(told.questions)) {
      throw new RangeError('This file contains no questions. Choose a file that was exported here.');
    }
    const before = this.all;
    const known = new Set(before.map(({ prompt }) => prompt));
    const added = checked(told.questions).filter(({ prompt }) => !known.has(prompt));
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
    throw new RangeError('The questions must be a list.');
  }
  if (presets.length > MOST_PRESETS) {
    throw new RangeError(`At most ${MOST_PRESETS} questions can be kept. Delete some first.`);
  }
  return presets.map((preset, i) => {
    const { name, prompt } = preset ?? {};
    if (typeof prompt !== 'string' || prompt.trim() === '' || prompt.length > LONGEST_PROMPT) {
      throw new RangeError(`Question ${i + 1} must have 1 to ${LONGEST_PROMPT.toLocaleString('en')} characters.`);
    }
    if (typeof name !== 'string' || name.length > LONGEST_NAME) {
      throw new RangeError(`The name of question ${i + 1} must have at most ${LONGEST_NAME} characters.`);
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
  return /\b(chang(e|ed|es|ing)|mov(e|ed|es|ing)|motion)\b/i.test(prompt);
}
