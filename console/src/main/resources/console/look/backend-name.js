/** @type {Record<string, string>} */
const BACKEND_NAMES = {
  builtin: 'Built in',
  overshoot: 'Overshoot',
  gemini: 'Gemini',
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  mistral: 'Mistral',
  vllm_omni: 'vLLM-Omni',
  local: 'Local server',
};

/** @param {string} name */
export function backendName(name) {
  return BACKEND_NAMES[name] ?? name;
}
