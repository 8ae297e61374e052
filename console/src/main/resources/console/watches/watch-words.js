import { moment, number } from '../look/words.js';

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
  const opens = open.of === 1 ? 'the first yes' : `${open.yes} of ${open.of} yes`;
  const ends = close.no_in_a_row === 1 ? 'the first no' : `${close.no_in_a_row} no in a row`;
  return `Opens on ${opens}, ends after ${ends}`;
}

/**
 * @param {Watch} watch
 * @param {Incident | undefined} last its newest incident
 * @returns {{tone: '' | 'on' | 'open', words: string}}
 */
export function watchState(watch, last) {
  if (last?.state === 'open') {
    return { tone: 'open', words: 'Incident open' };
  }
  switch (watch.state) {
    case 'armed':
      return { tone: 'on', words: 'Armed' };
    case 'snoozed':
      return { tone: '', words: `Snoozed until ${moment(watch.snoozed_until ?? '')}` };
    case 'quiet':
      return { tone: '', words: `Quiet until ${watch.quiet_hours?.to.slice(0, 5)}` };
    case 'done':
      return { tone: '', words: 'Done' };
    default:
      return { tone: '', words: 'Off' };
  }
}

/** @type {Record<NonNullable<Incident['end_reason']>, string>} */
const END_WORDS = {
  cleared: 'Cleared',
  max_length: 'Reached its maximum length',
  session_ended: 'The session ended',
  watch_ended: 'The watch was changed or switched off',
};

/** @param {Incident} incident */
export function endWords({ end_reason: reason }) {
  return reason ? END_WORDS[reason] : '';
}

/**
 * @param {Incident} incident
 * @returns {string} the address in this page of the moment when it began
 */
export function placeOfIncident({ session_id: id, first }) {
  return `#/session/${encodeURIComponent(id)}?t=${Math.max(0, first.seconds).toFixed(2)}&answer=${first.seq}`;
}
