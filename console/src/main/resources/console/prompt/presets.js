/** Ready-made questions. */
export const PRESETS = [
  'Read any visible text',
  'Describe what you see in few words',
  'Count the people',
  'Count the vehicles',
  'What changed?',
];

/**
 * @param {string} prompt
 * @returns {boolean} whether it needs several frames
 */
export function needsMotion(prompt) {
  return /\b(chang(e|ed|es|ing)|mov(e|ed|es|ing)|motion)\b/i.test(prompt);
}
