/**
 * A watch while it is edited. Numbers are seconds; empty texts are defaults.
 *
 * @typedef {object} Draft
 * @property {string} id empty for a new watch
 * @property {string} name
 * @property {'all' | 'some'} where
 * @property {string[]} sessions
 * @property {string[]} first sessions that are listed first, because they were chosen when the form opened
 * @property {'expression' | 'words'} kind
 * @property {string} expression
 * @property {string} question name of the question; empty for all
 * @property {string} words
 * @property {number} every
 * @property {string} backend
 * @property {number} yes
 * @property {number} of
 * @property {number} no
 * @property {boolean} quiet
 * @property {string} from
 * @property {string} to
 * @property {string[]} days
 * @property {string} zone
 * @property {number} cooldown
 * @property {number} minLength
 * @property {number} maxLength
 * @property {number} mergeGap
 * @property {number | null} maxTriggers
 * @property {string} until local date and time; empty for never
 * @property {'all' | 'some'} deliver
 * @property {string[]} endpoints
 */

/** @type {string[]} */
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** @returns {Draft} */
export function newDraft() {
  return {
    id: '',
    name: '',
    where: 'all',
    sessions: [],
    first: [],
    kind: 'expression',
    expression: '',
    question: '',
    words: '',
    every: 2,
    backend: '',
    yes: 2,
    of: 3,
    no: 3,
    quiet: false,
    from: '22:00',
    to: '06:00',
    days: [],
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    cooldown: 0,
    minLength: 0,
    maxLength: 300,
    mergeGap: 60,
    maxTriggers: null,
    until: '',
    deliver: 'all',
    endpoints: [],
  };
}

/**
 * @param {Watch} watch
 * @returns {Draft}
 */
export function draftOf(watch) {
  const { when, quiet_hours: quiet } = watch;
  const usual = newDraft();
  return {
    ...usual,
    id: watch.id,
    name: watch.name,
    where: watch.sessions ? 'some' : 'all',
    sessions: watch.sessions ?? [],
    first: watch.sessions ?? [],
    kind: 'words' in when ? 'words' : 'expression',
    expression: 'words' in when ? '' : when.expression,
    question: 'words' in when ? '' : (when.prompt ?? ''),
    words: 'words' in when ? when.words : '',
    every: 'words' in when ? (when.every ?? usual.every) : usual.every,
    backend: 'words' in when ? (when.backend ?? '') : '',
    yes: watch.open.yes,
    of: watch.open.of,
    no: watch.close.no_in_a_row,
    quiet: quiet !== undefined,
    from: quiet?.from.slice(0, 5) ?? usual.from,
    to: quiet?.to.slice(0, 5) ?? usual.to,
    days: quiet?.days ?? [],
    zone: quiet?.zone ?? usual.zone,
    cooldown: watch.cooldown,
    minLength: watch.min_length,
    maxLength: watch.max_length,
    mergeGap: watch.merge_gap,
    maxTriggers: watch.max_triggers ?? null,
    until: watch.until ? localTime(watch.until) : '',
    deliver: watch.deliver_to ? 'some' : 'all',
    endpoints: watch.deliver_to ?? [],
  };
}

/**
 * @param {Draft} draft
 * @param {Watch['when']} [before] of the watch that is edited; what the form does not show stays
 * @returns {WatchRequest} complete, with null for what is empty
 */
export function requestOf(draft, before) {
  return {
    name: draft.name.trim(),
    sessions: draft.where === 'all' ? null : draft.sessions,
    when: conditionOf(draft, before),
    open: { yes: draft.yes, of: draft.of },
    close: { no_in_a_row: draft.no },
    quiet_hours: draft.quiet
      ? {
          from: draft.from,
          to: draft.to,
          zone: draft.zone,
          ...(draft.days.length > 0 ? { days: draft.days } : {}),
        }
      : null,
    cooldown: draft.cooldown,
    min_length: draft.minLength,
    max_length: draft.maxLength,
    merge_gap: draft.mergeGap,
    max_triggers: draft.maxTriggers,
    until: draft.until ? new Date(draft.until).toISOString() : null,
    deliver_to: draft.deliver === 'all' ? null : draft.endpoints,
  };
}

/**
 * @param {Draft} draft
 * @param {Watch['when']} [before]
 * @returns {Watch['when']}
 */
function conditionOf({ kind, expression, question, words, every, backend }, before) {
  if (kind === 'expression') {
    return { expression: expression.trim(), ...(question ? { prompt: question } : {}) };
  }
  const { model, self_paced } = before && 'words' in before && before.backend === (backend || undefined) ? before : {};
  return {
    words: words.trim(),
    every,
    ...(backend ? { backend } : {}),
    ...(model ? { model } : {}),
    ...(self_paced ? { self_paced } : {}),
  };
}

/** @param {WatchRequest} request @returns {WatchRequest} for a new watch: without fields that are null */
export function withoutNulls(request) {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null));
}

/** @param {string} at */
function localTime(at) {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
