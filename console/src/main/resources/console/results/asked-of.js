/**
 * Finds the preferred back end of a result, so that a fallback's answer can be marked. Only for the newest run:
 * settings of earlier ones are not kept.
 *
 * @param {SessionSettings | null | undefined} now
 * @param {SessionEvent[]} events
 * @returns {(result: ResultEvent) => string | undefined} the preferred back end, if another one answered
 */
export function insteadOf(now, events) {
  /** @type {SettingsEvent[]} */
  const changes = [];
  let run = 0;
  for (const event of events) {
    if ((event.run ?? 0) > run) {
      run = event.run ?? 0;
      changes.length = 0;
    }
    if (event.type === 'settings_updated') {
      changes.push(event);
    }
  }
  const askedElsewhere = changes.some((e) => e.changed.some((c) => c === 'backend' || c === 'prompts'));
  return (result) => {
    if ((result.run ?? 0) < run) {
      return undefined;
    }
    const settings = changes.findLast((e) => e.seq < result.seq)?.settings ?? (askedElsewhere ? undefined : now);
    const asked =
      settings?.prompts?.find((p) => p.name === result.name)?.backend ?? settings?.backend;
    const mayAnswer = settings?.fallback?.includes(result.backend);
    return asked && mayAnswer && asked !== result.backend ? asked : undefined;
  };
}
