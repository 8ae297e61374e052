import { number } from '../look/words.js';
import { backendName } from '../look/backend-name.js';
import { money } from '../look/money.js';

/**
 * @param {string[]} changed fields of the settings
 * @param {SessionSettings} now
 * @returns {string} the changes in words; empty where only questions changed, which have rows of their own
 */
export function settingsWords(changed, now) {
  const has = (/** @type {string} */ field) => changed.includes(field);
  const facts = [];
  if (!now.prompts && (has('backend') || has('model'))) {
    facts.push([backendName(now.backend), now.model].filter(Boolean).join(' '));
  }
  if (has('processing')) {
    facts.push(`asks every ${number(now.processing.delay_seconds)} s`);
  }
  if (has('skip_unchanged')) {
    facts.push(now.skip_unchanged === undefined ? 'asks about every clip' : 'skips unchanged clips');
  }
  if (has('fallback')) {
    const names = (now.fallback ?? []).map(backendName);
    facts.push(names.length > 0 ? `falls back to ${names.join(', ')}` : 'no fallback');
  }
  if (has('budget')) {
    facts.push(now.budget === undefined ? 'no budget' : `budget ${money(now.budget)}`);
  }
  if (has('system')) {
    facts.push(now.system ? 'new system prompt' : 'no system prompt');
  }
  if (has('language')) {
    facts.push(now.language ? `answers in ${now.language}` : 'answers in any language');
  }
  if (!now.prompts && has('output_schema')) {
    facts.push(now.output_schema ? 'structured answers' : 'answers in words');
  }
  return facts.length > 0 ? `Changed: ${facts.join(' · ')}` : '';
}
