import { t } from '../messages/messages.js';

/** @type {Record<string, string>} */
const BACKEND_NAMES = {
  builtin: t('look.builtIn'),
  overshoot: 'Overshoot',
  gemini: 'Gemini',
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  mistral: 'Mistral',
  vllm_omni: 'vLLM-Omni',
  local: t('look.localServer'),
};

/** @param {string} name */
export function backendName(name) {
  return BACKEND_NAMES[name] ?? name;
}
