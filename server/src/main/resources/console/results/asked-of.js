/**
 * Who was asked, so that an answer of somebody else can say so. Only of the newest run: what an earlier
 * one was asked with is not kept.
 *
 * @param {SessionSettings | null | undefined} now
 * @param {SessionEvent[]} events
 * @returns {(result: ResultEvent) => string | undefined} the back end that did not answer itself
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
