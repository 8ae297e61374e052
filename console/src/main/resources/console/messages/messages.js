/**
 * The texts of the console in the user's language: that of the browser, or the one chosen in the settings. The texts of a
 * language are one file; `en.js` and `de.js` have the same keys.
 *
 * @typedef {'en' | 'de'} Language
 * @typedef {string | {one: string, other: string}} Message
 * @typedef {keyof typeof import('./en.js').en} Key
 */

const KEY = 'framewise.language';

/** @type {Record<Language, string>} names of the languages, in themselves */
export const LANGUAGES = { en: 'English', de: 'Deutsch' };

/** @param {string | null} name @returns {name is Language} */
const known = (name) => name !== null && name in LANGUAGES;
const ofBrowser = navigator.languages.map((tag) => tag.split('-')[0].toLowerCase()).find(known) ?? 'en';
const saved = localStorage.getItem(KEY);

/** @type {Language | 'auto'} */
export const chosenLanguage = known(saved) ? saved : 'auto';

export const language = known(saved) ? saved : ofBrowser;

/** For dates and numbers: the region of the browser where it speaks this language. */
export const locale = navigator.languages.find((tag) => tag.split('-')[0].toLowerCase() === language) ?? language;

document.documentElement.lang = language;

/** @type {Record<Key, Message>} */
const messages = (await import(`./${language}.js`))[language];
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });

/**
 * @param {Key} key of a message
 * @param {Record<string, string | number | undefined>} [values] for its `{placeholders}`; `n` chooses the plural form, and
 *     numbers are written as the language does
 * @returns {string}
 */
export function t(key, values = {}) {
  const message = messages[key];
  const text = typeof message === 'string' ? message : plurals.select(Number(values.n)) === 'one' ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (placeholder, name) => {
    const value = name in values ? values[name] : placeholder;
    return typeof value === 'number' ? numbers.format(value) : (value ?? '');
  });
}

/**
 * @param {number} n
 * @returns {string} at most two decimals, without trailing zeros, such as "1,204.5" or "1.204,5"
 */
export function number(n) {
  return numbers.format(n);
}

/**
 * Remembers the language in this browser and shows it.
 *
 * @param {Language | 'auto'} choice 'auto' follows the browser
 */
export function setLanguage(choice) {
  localStorage.setItem(KEY, choice);
  location.reload();
}
