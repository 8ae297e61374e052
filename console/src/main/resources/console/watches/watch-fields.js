import { html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { backendName } from '../look/backend-name.js';
import { nameOf } from '../look/session-name.js';
import { dayName } from '../look/words.js';
import { t } from '../messages/messages.js';
import { DAYS } from './watch-draft.js';

/** @typedef {import('./watch-draft.js').Draft} Draft */
/** @typedef {(part: Partial<Draft>) => void} Change */
/** @typedef {Record<string, string>} Errors the service's, by field */

/** @param {Event} e */
const text = (e) => /** @type {HTMLInputElement} */ (e.target).value;

/**
 * @param {Errors} errors
 * @param {string[]} names of fields
 */
function wrong(errors, ...names) {
  return names.filter((n) => errors[n]).map((n) => html`<small class="wrong">${errors[n]}</small>`);
}

/**
 * @param {Draft} draft
 * @param {Session[]} sessions
 * @param {Errors} errors
 * @param {Change} change
 */
export function wherePart({ where, first, sessions: chosen }, sessions, errors, change) {
  const known = [...sessions.map((s) => ({ id: s.session_id, name: nameOf(s) }))];
  chosen.filter((id) => !known.some((s) => s.id === id)).forEach((id) => known.push({ id, name: id }));
  known.sort((a, b) => Number(first.includes(b.id)) - Number(first.includes(a.id)));
  return html`<fieldset>
    <legend>${t('watches.sessions')}</legend>
    <div class="segments" role="group" aria-label="${t('watches.sessions')}">
      <button type="button" aria-pressed=${String(where === 'all')} @click=${() => change({ where: 'all' })}>${t('common.all')}</button>
      <button type="button" aria-pressed=${String(where === 'some')} @click=${() => change({ where: 'some' })}>
        ${where === 'some' && chosen.length > 0 ? t('watches.lengthSelected', { length: chosen.length }) : t('watches.choose')}
      </button>
    </div>
    ${where === 'some'
      ? html`<div class="options">
          ${known.map(
            ({ id, name }) => html`<label class="check"
              ><input
                type="checkbox"
                .checked=${live(chosen.includes(id))}
                @change=${() => change({ sessions: chosen.includes(id) ? chosen.filter((s) => s !== id) : [...chosen, id] })}
              /><span>${name}</span></label
            >`,
          )}
        </div>`
      : nothing}
    ${wrong(errors, 'sessions')}
  </fieldset>`;
}

/**
 * @param {Draft} draft
 * @param {{fields: import('./answer-fields.js').Field[], questions: string[], backends: BackendState[]}} known
 * @param {Errors} errors
 * @param {Change} change
 * @param {(name: string) => void} insert a field
 */
export function conditionPart(draft, { fields, questions, backends }, errors, change, insert) {
  const { kind, question, backend } = draft;
  return html`<fieldset>
    <legend>${t('watches.condition')}</legend>
    <div class="segments" role="group" aria-label="${t('watches.kindOfCondition')}">
      <button type="button" aria-pressed=${String(kind === 'expression')} @click=${() => change({ kind: 'expression' })}>
        ${t('watches.byAnswerFields')}
      </button>
      <button type="button" aria-pressed=${String(kind === 'words')} @click=${() => change({ kind: 'words' })}>
        ${t('watches.inPlainWords')}
      </button>
    </div>
    ${kind === 'expression'
      ? html`<div class="field">
            <label class="only-read" for="expression">${t('watches.expression')}</label>
            <textarea
              id="expression"
              class="code"
              rows="1"
              maxlength="500"
              spellcheck="false"
              autocapitalize="off"
              placeholder=${'people > 3'}
              aria-describedby="expression-means"
              .value=${live(draft.expression)}
              @input=${(/** @type {Event} */ e) => change({ expression: text(e) })}
            ></textarea>
            ${wrong(errors, 'when.expression', 'when')}
            <small id="expression-means"
              >${t('watches.compareWith')} <code>&gt; &gt;= &lt; &lt;= == !=</code>, <code>contains</code>, <code>matches</code>${t('watches.combineWith')}
              <code>and</code>, <code>or</code>, <code>not</code>.</small
            >
          </div>
          ${fields.length > 0
            ? html`<div class="fields-known" role="group" aria-label="${t('watches.fieldsOfTheAnswers')}">
                ${fields.map(
                  ({ name, example }) => html`<button type="button" title="${t('watches.newestExample', { example })}" @click=${() => insert(name)}>${name}</button>`,
                )}
              </div>`
            : nothing}
          ${questions.length > 1 || question
            ? html`<div class="field inline">
                <label for="question">${t('common.question')}</label>
                <select id="question" @change=${(/** @type {Event} */ e) => change({ question: text(e) })}>
                  <option value="" ?selected=${question === ''}>${t('watches.any')}</option>
                  ${[...new Set([...questions, question])].filter(Boolean).map(
                    (name) => html`<option value=${name} ?selected=${name === question}>${name}</option>`,
                  )}
                </select>
              </div>`
            : nothing}`
      : html`<div class="field">
            <label class="only-read" for="words">${t('watches.words')}</label>
            <textarea
              id="words"
              rows="1"
              maxlength="1000"
              placeholder="${t('watches.theLoadingDockIsBlocked')}"
              aria-describedby="words-means"
              .value=${live(draft.words)}
              @input=${(/** @type {Event} */ e) => change({ words: text(e) })}
            ></textarea>
            ${wrong(errors, 'when.words', 'when')}
            <small id="words-means">${t('watches.aModelAnswersYesNoOr')}</small>
          </div>
          <p class="sentence">
            ${t('watches.checkEvery')}
            ${number('every', t('watches.secondsBetweenChecks'), draft.every, 0.5, 3600, (every) => change({ every }))} ${t('watches.sWith')}
            <select aria-label="${t('common.modelProvider')}" @change=${(/** @type {Event} */ e) => change({ backend: text(e) })}>
              <option value="" ?selected=${backend === ''}>${t('watches.theDefaultProvider')}</option>
              ${backends
                .filter((b) => b.ready || b.name === backend)
                .map((b) => html`<option value=${b.name} ?selected=${b.name === backend}>${backendName(b.name)}</option>`)}
            </select>
          </p>
          ${wrong(errors, 'when.every', 'when.backend', 'when.model')}`}
  </fieldset>`;
}

/**
 * @param {Draft} draft
 * @param {Errors} errors
 * @param {Change} change
 */
export function whenPart(draft, errors, change) {
  return html`<fieldset>
    <legend>${t('watches.opensAndEnds')}</legend>
    <p class="sentence">
      ${t('watches.opensWhen')} ${number('yes', t('watches.numberOfAnswersThatSayYes'), draft.yes, 1, draft.of, (yes) => change({ yes }))} ${t('watches.of')}
      ${number('of', t('watches.numberOfAnswersConsidered'), draft.of, 1, 100, (of) => change({ of, yes: Math.min(draft.yes, of) }))}
      ${t('watches.answersSayYesEndsAfter')}
      ${number('no', t('watches.numberOfAnswersInARow'), draft.no, 1, 100, (no) => change({ no }))} ${t('watches.inARowSayNo')}
    </p>
    ${wrong(errors, 'open', 'open.yes', 'open.of', 'close', 'close.no_in_a_row')}
  </fieldset>`;
}

/**
 * @param {Draft} draft
 * @param {Errors} errors
 * @param {Change} change
 */
export function hoursPart(draft, errors, change) {
  const { quiet, days } = draft;
  const time = (/** @type {'from' | 'to'} */ name, /** @type {string} */ label) => html`<input
    type="time"
    required
    aria-label=${label}
    .value=${draft[name]}
    @change=${(/** @type {Event} */ e) => change({ [name]: text(e) })}
  />`;
  return html`<fieldset>
    <legend class="only-read">${t('watches.quietHours')}</legend>
    <label class="check"
      ><input
        type="checkbox"
        .checked=${live(quiet)}
        @change=${() => change({ quiet: !quiet })}
      /><span>${t('watches.quietHours')}</span></label
    >
    ${quiet
      ? html`<p class="sentence">
            ${t('watches.opensNoIncidentsFrom')} ${time('from', t('common.from'))} ${t('watches.opensNoIncidentsTo')} ${time('to', t('watches.to'))}, <span class="zone">${draft.zone}</span>
          </p>
          <div class="days" role="group" aria-label="${t('watches.daysNoneForEveryDay')}">
            ${DAYS.map(
              (day, weekday) => html`<button
                type="button"
                aria-pressed=${String(days.includes(day))}
                @click=${() => change({ days: days.includes(day) ? days.filter((d) => d !== day) : [...days, day] })}
              >
                <span aria-hidden="true">${dayName(weekday, 'short')}</span><span class="only-read">${dayName(weekday, 'long')}</span>
              </button>`,
            )}
            <small>${days.length === 0 ? t('watches.everyDay') : ''}</small>
          </div>`
      : nothing}
    ${wrong(errors, 'quiet_hours', 'quiet_hours.from', 'quiet_hours.to', 'quiet_hours.zone', 'quiet_hours.days')}
  </fieldset>`;
}

/**
 * @param {Draft} draft
 * @param {import('./endpoint-calls.js').Endpoint[]} endpoints
 * @param {Errors} errors
 * @param {Change} change
 */
export function morePart(draft, endpoints, errors, change) {
  const { deliver, endpoints: chosen } = draft;
  return html`<details>
    <summary>${t('watches.moreDeliveriesLimits', { deliveries: deliveryWords(draft, endpoints) })}</summary>
    ${endpoints.length > 0
      ? html`<fieldset>
          <legend>${t('watches.deliverTo')}</legend>
          <div class="options">
            <label class="check"
              ><input
                type="checkbox"
                .checked=${live(deliver === 'all')}
                @change=${() => change({ deliver: deliver === 'all' ? 'some' : 'all' })}
              /><span>${t('watches.allEndpoints')}</span></label
            >
            ${deliver === 'all'
              ? nothing
              : endpoints.map(
                  ({ id, name }) => html`<label class="check"
                    ><input
                      type="checkbox"
                      .checked=${live(chosen.includes(id))}
                      @change=${() => change({ endpoints: chosen.includes(id) ? chosen.filter((e) => e !== id) : [...chosen, id] })}
                    /><span>${name}</span></label
                  >`,
                )}
          </div>
          ${wrong(errors, 'deliver_to')}
        </fieldset>`
      : nothing}
    <div class="grid">
      ${labelled('cooldown', t('watches.pauseAfterAnIncident'), draft.cooldown, 0, 86_400, errors.cooldown, (cooldown) => change({ cooldown }))}
      ${labelled('min-length', t('watches.mustHoldFor'), draft.minLength, 0, 3600, errors.min_length, (minLength) => change({ minLength }))}
      ${labelled('merge-gap', t('watches.mergeWithin'), draft.mergeGap, 0, 3600, errors.merge_gap, (mergeGap) => change({ mergeGap }))}
      ${labelled('max-length', t('watches.splitAfter'), draft.maxLength, 1, 86_400, errors.max_length, (maxLength) => change({ maxLength }))}
      <div class="field">
        <label for="max-triggers">${t('watches.atMost')}</label>
        <span class="box"
          ><input
            id="max-triggers"
            class="numeric"
            type="number"
            min="1"
            max="1000000"
            placeholder="${t('watches.noLimit')}"
            .value=${draft.maxTriggers === null ? '' : String(draft.maxTriggers)}
            @change=${(/** @type {Event} */ e) => {
              const { valueAsNumber: n } = /** @type {HTMLInputElement} */ (e.target);
              change({ maxTriggers: Number.isNaN(n) ? null : n });
            }}
          />
          ${t('watches.incidents')}</span
        >
        ${wrong(errors, 'max_triggers')}
      </div>
      <div class="field">
        <label for="until">${t('watches.until')}</label>
        <input id="until" type="datetime-local" .value=${draft.until} @change=${(/** @type {Event} */ e) => change({ until: text(e) })} />
        ${wrong(errors, 'until')}
      </div>
    </div>
  </details>`;
}

/**
 * @param {Draft} draft
 * @param {import('./endpoint-calls.js').Endpoint[]} endpoints
 */
function deliveryWords({ deliver, endpoints: chosen }, endpoints) {
  if (endpoints.length === 0) {
    return t('watches.noEndpointsYet');
  }
  if (deliver === 'all') {
    return t('watches.deliveredToAllEndpoints');
  }
  const names = endpoints.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return names.length > 0 ? t('watches.deliveredToNames', { names: names.join(', ') }) : t('watches.notDelivered');
}

/**
 * @param {string} id
 * @param {string} label
 * @param {number} value
 * @param {number} min
 * @param {number} max
 * @param {(value: number) => void} changed
 */
function number(id, label, value, min, max, changed) {
  return html`<input
    id=${id}
    class="numeric"
    type="number"
    required
    aria-label=${label}
    min=${min}
    max=${max}
    step=${id === 'every' ? 'any' : 1}
    .value=${String(value)}
    @change=${(/** @type {Event} */ e) => {
      const input = /** @type {HTMLInputElement} */ (e.target);
      const typed = Number.isNaN(input.valueAsNumber) ? value : Math.min(max, Math.max(min, input.valueAsNumber));
      input.value = String(typed);
      changed(typed);
    }}
  />`;
}

/**
 * @param {string} id
 * @param {string} label
 * @param {number} value seconds
 * @param {number} min
 * @param {number} max
 * @param {string | undefined} error
 * @param {(value: number) => void} changed
 */
function labelled(id, label, value, min, max, error, changed) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <span class="box">${number(id, label, value, min, max, changed)} s</span>
    ${error ? html`<small class="wrong">${error}</small>` : nothing}
  </div>`;
}
