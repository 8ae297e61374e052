/** The service's metrics, in the text format of Prometheus. */
export class Metrics {
  /** @type {Map<string, {labels: Record<string, string>, value: number}[]>} */
  #samples = new Map();

  /** @param {string} text */
  constructor(text) {
    for (const line of text.split('\n')) {
      const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
      if (found && !line.startsWith('#')) {
        const [, name, labels = '', value] = found;
        const samples = this.#samples.get(name) ?? [];
        samples.push({ labels: labelsOf(labels), value: numberOf(value) });
        this.#samples.set(name, samples);
      }
    }
  }

  /**
   * @param {string} name
   * @param {Record<string, string>} [labels] that a sample must have
   */
  #all(name, labels = {}) {
    const wanted = Object.entries(labels);
    return (this.#samples.get(name) ?? []).filter((s) => wanted.every(([key, value]) => s.labels[key] === value));
  }

  /**
   * @param {string} name
   * @param {Record<string, string>} [labels]
   * @returns {number | undefined} the sum of its samples; undefined where there are none
   */
  sum(name, labels) {
    const samples = this.#all(name, labels);
    return samples.length > 0 ? samples.reduce((sum, { value }) => sum + value, 0) : undefined;
  }

  /**
   * @param {string} name
   * @param {string} label
   * @returns {string} its value in the first sample; empty where there is none
   */
  label(name, label) {
    return this.#all(name)[0]?.labels[label] ?? '';
  }
}

/** @param {string} text */
function numberOf(text) {
  return text === '+Inf' ? Infinity : Number(text);
}

/** @param {string} text */
function labelsOf(text) {
  const pairs = text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g);
  return Object.fromEntries([...pairs].map(([, name, value]) => [name, value.replace(/\\(.)/g, '$1')]));
}
