/**
 * The answers about one clip, one for each question. A `growing` one is still being written.
 *
 * @typedef {{kind: 'clip', key: string, seq: number, clip: Clip, names: string[],
 *     cells: Map<string, ResultEvent | PartialEvent>}} ClipRow
 * @typedef {{kind: 'growing', seq: number, event: PartialEvent}} GrowingRow
 * @typedef {import('../session/rows.js').Row | ClipRow | GrowingRow} ShownRow
 */

/**
 * Rows for several questions: the answers about a clip are side by side, at the place of the first one that arrived.
 *
 * @param {ShownRow[]} rows
 * @param {string[]} order names of the present questions; earlier answers may have others
 * @returns {ShownRow[]}
 */
export function byClip(rows, order) {
  /** @type {ShownRow[]} */
  const shown = [];
  /** @type {Map<string, ClipRow>} */
  const clips = new Map();
  /** @type {string[]} */
  let names = [];
  let run = 0;
  for (const row of rows) {
    if (row.kind === 'run') {
      run = row.run;
    }
    if (row.kind === 'questions') {
      names = namesOf(row, order);
      const asked = new Map(names.map((name) => [name, row.asked.get(name) ?? '']));
      shown.push({ ...row, asked });
      continue;
    }
    if ((row.kind !== 'result' && row.kind !== 'growing') || row.event.name === undefined) {
      shown.push(row);
      continue;
    }
    const { event } = row;
    // A growing answer belongs to the newest run.
    run = row.kind === 'result' ? (row.event.run ?? 0) : run;
    const name = row.event.name;
    const place = `${run}:${event.clip.index}:${event.clip.start_seconds}`;
    let clip = clips.get(place);
    // A looping video has the same clip again.
    if (!clip || clip.cells.has(name)) {
      clip = { kind: 'clip', key: event.id, seq: row.seq, clip: event.clip, names, cells: new Map() };
      clips.set(place, clip);
      shown.push(clip);
    }
    clip.cells.set(name, event);
    if (!clip.names.includes(name)) {
      clip.names = [...clip.names, name];
    }
  }
  return shown;
}

/**
 * The first answers of a run arrive in any order.
 *
 * @param {import('../session/rows.js').QuestionsRow} row
 * @param {string[]} order
 */
export function namesOf(row, order) {
  const place = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...row.asked.keys()].sort((a, b) => place(a) - place(b));
}

/**
 * @param {ShownRow[]} rows
 * @param {string} name of the only question to include
 * @returns {ShownRow[]}
 */
export function onlyOf(rows, name) {
  /** @type {ShownRow[]} */
  const shown = [];
  for (const row of rows) {
    if (row.kind === 'questions') {
      const prompt = row.asked.get(name);
      if (prompt !== undefined) {
        shown.push({ kind: 'prompt', seq: row.seq, prompt });
      }
    } else if ((row.kind !== 'result' && row.kind !== 'growing') || (row.event.name ?? name) === name) {
      shown.push(row);
    }
  }
  return shown;
}

/**
 * Reverses the order, but keeps each run above its questions, and each question above its answers.
 *
 * @param {import('./folds.js').FindingRow[]} rows
 */
export function newestFirst(rows) {
  /** @type {import('./folds.js').FindingRow[]} */
  const turned = [];
  let above = 0;
  let runAbove = 0;
  for (const row of rows.toReversed()) {
    if (row.kind === 'run') {
      turned.splice(runAbove, 0, row);
      above = runAbove = turned.length;
    } else if (row.kind === 'prompt' || row.kind === 'questions') {
      turned.splice(above, 0, row);
      above = turned.length;
    } else {
      turned.push(row);
    }
  }
  return turned;
}

/**
 * A result replaces its partial answer.
 *
 * @param {import('./folds.js').FindingRow} row
 */
export function keyOf(row) {
  switch (row.kind) {
    case 'result':
    case 'growing':
      return row.event.id;
    case 'clip':
    case 'fold':
      return row.key;
    case 'run':
      return `run-${row.run}`;
    default:
      return row.seq;
  }
}
