import { DEFAULT_ASKING } from '../sampling/sampling.js';
import { schemaOf, schemaText } from '../sampling/schema.js';

/** @typedef {import('../sampling/sampling.js').Asking} Asking */

/**
 * The body of a start; defaults of the service are left out.
 *
 * @param {string} prompt
 * @param {Asking} asking
 * @returns {StartRequest}
 */
export function requestOf(prompt, asking) {
  const given = Object.entries(fieldsOf(prompt, asking, asking.others.length > 0)).filter(
    ([name, value]) => value !== null && value !== false && !(name === 'fallback' && String(value) === ''),
  );
  return { ...Object.fromEntries(given), pace: asking.pace, loop: asking.loop };
}

/**
 * The changes to a running session; `null` removes a field.
 *
 * @param {SessionSettings} now
 * @param {string} prompt
 * @param {Asking} asking
 * @returns {ChangeRequest}
 */
export function patchOf(now, prompt, asking) {
  const several = asking.others.length > 0 || now.prompts !== undefined;
  const before = fieldsOf(now.prompt ?? '', askingOf(now), now.prompts !== undefined);
  const after = fieldsOf(prompt, asIs(asking, now), several);
  /** @type {Record<string, unknown>} */
  const patch = {};
  for (const [name, value] of Object.entries(after)) {
    if (JSON.stringify(value) !== JSON.stringify(before[name])) {
      patch[name] = name === 'prompts' ? withTheRest(/** @type {NamedPrompt[]} */ (value), now) : value;
    }
  }
  return patch;
}

/**
 * A list of prompts replaces the one before, so it must be complete.
 *
 * @param {NamedPrompt[]} prompts
 * @param {SessionSettings} now
 */
function withTheRest(prompts, now) {
  return prompts.map((prompt, i) => {
    const was = now.prompts?.find((p) => p.name === prompt.name) ?? (i === 0 ? now : undefined);
    const { max_output_tokens, reasoning } = was ?? {};
    return { ...prompt, ...(max_output_tokens ? { max_output_tokens } : {}), ...(reasoning ? { reasoning } : {}) };
  });
}

/**
 * A session's settings, for the fields on the screen.
 *
 * @param {SessionSettings} settings
 * @returns {Asking}
 */
export function askingOf(settings) {
  const { fps, sampling_ratio, clip_length_seconds, delay_seconds } = settings.processing;
  const [first, ...others] = settings.prompts ?? [];
  return {
    ...DEFAULT_ASKING,
    fps,
    sampling_ratio,
    clip_length_seconds,
    delay_seconds,
    backend: settings.backend ?? '',
    model: settings.model ?? '',
    name: first?.name ?? DEFAULT_ASKING.name,
    others: others.map((p) => ({
      name: p.name,
      prompt: p.prompt,
      backend: p.backend ?? '',
      model: p.model ?? '',
      schema: schemaText(p.output_schema),
    })),
    system: settings.system ?? '',
    language: settings.language ?? '',
    schema: schemaText(settings.output_schema),
    skip: settings.skip_unchanged !== undefined,
    threshold: settings.skip_unchanged ?? DEFAULT_ASKING.threshold,
    refresh: settings.refresh_seconds ?? DEFAULT_ASKING.refresh,
    fallback: settings.fallback ?? [],
    budget: settings.budget ?? null,
    pace: settings.pace ?? 'realtime',
    loop: settings.loop ?? false,
  };
}

/**
 * Keeps the service's choice where the user made none.
 *
 * @param {Asking} asking
 * @param {SessionSettings} now
 * @returns {Asking}
 */
function asIs(asking, now) {
  const chosen = (/** @type {{backend: string, model: string}} */ q, /** @type {{backend?: string, model?: string | null}} */ was) => {
    const backend = q.backend || was.backend || '';
    return { backend, model: q.model || (backend === was.backend ? (was.model ?? '') : '') };
  };
  const before = now.prompts ?? [];
  const first = chosen(asking, now);
  return {
    ...asking,
    ...first,
    others: asking.others.map((q) => {
      const was = before.find((p) => p.name === q.name);
      return { ...q, ...chosen(q, was ?? first) };
    }),
  };
}

/**
 * @param {string} prompt
 * @param {Asking} asking
 * @param {boolean} several
 * @returns {Record<string, unknown>}
 */
function fieldsOf(prompt, asking, several) {
  const { fps, sampling_ratio, clip_length_seconds, delay_seconds, fallback, budget } = asking;
  const system = asking.system.trim();
  const language = asking.language.trim();
  /** @type {Record<string, unknown>} */
  const fields = { fps, sampling_ratio, clip_length_seconds, delay_seconds, fallback, budget };
  fields.skip_unchanged = asking.skip ? asking.threshold : false;
  if (asking.skip) {
    fields.refresh_seconds = asking.refresh;
  }
  const first = { prompt, backend: asking.backend, model: asking.model, schema: asking.schema };
  if (several) {
    const own = asking.others.map((q) => ({ ...q, backend: q.backend || asking.backend }));
    fields.prompts = [{ name: asking.name, ...first }, ...own].map((q) => ({
      name: q.name.trim(),
      prompt: q.prompt.trim(),
      ...(q.backend ? { backend: q.backend } : {}),
      ...(q.model ? { model: q.model } : {}),
      ...(system ? { system } : {}),
      ...(language ? { language } : {}),
      ...(q.schema.trim() ? { output_schema: schemaOf(q.schema) } : {}),
    }));
  } else {
    fields.prompt = prompt.trim();
    fields.backend = asking.backend || null;
    fields.model = asking.model || null;
    fields.system = system || null;
    fields.language = language || null;
    fields.output_schema = schemaOf(asking.schema) ?? null;
  }
  return fields;
}

/**
 * The settings as query parameters, for a sender, whose request body is its offer. Live video has neither pace nor
 * loop; objects and lists are JSON text.
 *
 * @param {StartRequest} request
 * @returns {Record<string, string>}
 */
export function queryOf({ pace, loop, ...request }) {
  const given = Object.entries(request).map(([name, value]) => [
    name,
    name === 'fallback' ? String(value) : typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(given);
}
