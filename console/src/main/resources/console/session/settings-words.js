import { number } from '../look/words.js';
import { backendName } from '../look/backend-name.js';
import { money } from '../look/money.js';
import { t } from '../messages/messages.js';

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
    facts.push(t('session.asksEverySecondsS', { seconds: number(now.processing.delay_seconds) }));
  }
  if (has('skip_unchanged')) {
    facts.push(now.skip_unchanged === undefined ? t('session.asksAboutEveryClip') : t('common.skipsUnchangedClips'));
  }
  if (has('fallback')) {
    const names = (now.fallback ?? []).map(backendName);
    facts.push(names.length > 0 ? t('common.fallsBackToNames', { names: names.join(', ') }) : t('session.noFallback'));
  }
  if (has('budget')) {
    facts.push(now.budget === undefined ? t('session.noBudget') : t('session.budgetBudget', { budget: money(now.budget) }));
  }
  if (has('system')) {
    facts.push(now.system ? t('session.newSystemPrompt') : t('session.noSystemPrompt'));
  }
  if (has('language')) {
    facts.push(now.language ? t('common.answersInLanguage', { language: now.language }) : t('session.answersInAnyLanguage'));
  }
  if (!now.prompts && has('output_schema')) {
    facts.push(now.output_schema ? t('common.structuredAnswers') : t('session.answersAsText'));
  }
  return facts.length > 0 ? t('session.changedFacts', { facts: facts.join(' · ') }) : '';
}
