import { money } from '../look/money.js';
import { moment, number } from '../look/words.js';
import { t } from '../messages/messages.js';

/**
 * @param {number} seconds
 * @returns {string} such as "8 s", "2 min 5 s" or "1 h 20 min"
 */
export function length(seconds) {
  if (seconds < 60) {
    return `${number(seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds))} s`;
  }
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h > 0 ? `${h} h${m > 0 ? ` ${m} min` : ''}` : `${m} min${s > 0 ? ` ${s} s` : ''}`;
}

/** @param {Watch['when']} when */
export function conditionWords(when) {
  return 'words' in when ? `“${when.words}”` : when.expression;
}

/** @param {Pick<Watch, 'open' | 'close'>} watch */
export function hysteresisWords({ open, close }) {
  const opens = open.of === 1 ? t('watches.theFirstYes') : t('watches.yesOfOfYes', { yes: open.yes, of: open.of });
  const ends = close.no_in_a_row === 1 ? t('watches.theFirstNo') : t('watches.countNoInARow', { count: close.no_in_a_row });
  return t('watches.opensOnOpensEndsAfterEnds', { opens, ends });
}

/**
 * @param {Watch} watch
 * @param {Incident | undefined} last its newest incident
 * @returns {{tone: '' | 'on' | 'open', words: string}}
 */
export function watchState(watch, last) {
  if (last?.state === 'open') {
    return { tone: 'open', words: t('watches.incidentOpen') };
  }
  switch (watch.state) {
    case 'armed':
      return { tone: 'on', words: t('watches.armed') };
    case 'snoozed':
      return { tone: '', words: t('watches.snoozedUntilUntil', { until: moment(watch.snoozed_until ?? '') }) };
    case 'quiet':
      return { tone: '', words: t('watches.quietUntilUntil', { until: watch.quiet_hours?.to.slice(0, 5) }) };
    case 'done':
      return { tone: '', words: t('common.done') };
    default:
      return { tone: '', words: t('watches.off') };
  }
}

/** @type {Record<NonNullable<Incident['end_reason']>, string>} */
const END_WORDS = {
  cleared: t('watches.conditionNoLongerHolds'),
  max_length: t('watches.reachedItsMaximumLength'),
  session_ended: t('watches.theSessionEnded'),
  watch_ended: t('watches.theWatchWasChangedOrSwitched'),
};

/** @param {Incident} incident */
export function endWords({ end_reason: reason }) {
  return reason ? END_WORDS[reason] : '';
}

/** @type {Record<string, string>} */
const OPINION_WORDS = {
  confirmed: t('watches.confirmed'),
  rejected: t('watches.rejected'),
  unsure: t('watches.unsure'),
};

/** @param {NonNullable<Incident['second_opinion']>} opinion */
export function opinionWords({ verdict, reason, backend, cost_usd: usd }) {
  const words = OPINION_WORDS[verdict] ?? verdict;
  const cost = usd ? ` · ${money(usd)}` : '';
  return `${reason ? t('watches.opinionReason', { opinion: words, reason }) : words} (${backend}${cost})`;
}

/**
 * @param {Incident} incident
 * @returns {string} the address in this page of the moment when it began
 */
export function placeOfIncident({ session_id: id, first }) {
  return `#/session/${encodeURIComponent(id)}?t=${Math.max(0, first.seconds).toFixed(2)}&answer=${first.seq}`;
}
