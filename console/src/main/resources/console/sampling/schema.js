import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';

/** Example that every back end can answer. */
export const SCHEMA_EXAMPLE = `{
  "type": "object",
  "properties": {
    "people": {
      "type": "integer",
      "description": "How many people there are"
    },
    "text": {
      "type": "string",
      "description": "Any visible text"
    }
  },
  "required": ["people", "text"],
  "additionalProperties": false
}`;

/**
 * @param {string} text as entered
 * @returns {string | undefined} why it is no JSON Schema
 */
export function schemaFault(text) {
  if (text.trim() === '') {
    return undefined;
  }
  try {
    return isObject(JSON.parse(text))
      ? undefined
      : t('sampling.aSchemaIsAnObjectIn');
  } catch (e) {
    return t('sampling.thisIsNotJsonYetWhere', { where: whereIn(String(/** @type {Error} */ (e).message)) });
  }
}

/**
 * @param {string} text as entered
 * @returns {object | string | undefined} value for the service, which refuses text that is not a schema
 */
export function schemaOf(text) {
  return text.trim() === '' ? undefined : schemaFault(text) ? text : JSON.parse(text);
}

/** @param {object | undefined} schema from the service */
export function schemaText(schema) {
  return schema === undefined ? '' : JSON.stringify(schema, undefined, 2);
}

/**
 * @param {import('./sampling.js').Asking} asking
 * @returns {Problem | undefined} why the service would refuse it
 */
export function schemaProblem({ name, schema, others }) {
  const questions = [{ name, schema }, ...others];
  const at = questions.findIndex((q) => schemaFault(q.schema));
  if (at < 0) {
    return undefined;
  }
  const field = at === 0 ? 'output_schema' : `prompts[${at}].output_schema`;
  const fault = schemaFault(questions[at].schema) ?? '';
  return new Problem({
    title: others.length > 0 ? t('sampling.theSchemaOfNameIsNot', { name: questions[at].name }) : t('sampling.theSchemaIsNotValid'),
    detail: fault,
    fields: { [field]: fault },
  });
}

/**
 * Browsers word this error differently.
 *
 * @param {string} message
 */
function whereIn(message) {
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line) {
    return t('sampling.lookAtLineLineCharacterColumn', { line, column });
  }
  const [, token] = /Unexpected token '(.+?)'/.exec(message) ?? [];
  if (token) {
    return t('sampling.unexpectedToken', { token });
  }
  return /end of JSON|end of data/.test(message) ? t('sampling.itsEndIsMissing') : '';
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
