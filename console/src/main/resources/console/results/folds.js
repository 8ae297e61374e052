
/**
 * Groups consecutive equal answers into one row.
 *
 * @typedef {import('../session/rows.js').ResultRow | import('./clips.js').ClipRow} AnswerRow
 * @typedef {{kind: 'fold', key: string, seq: number, rows: AnswerRow[], skipped: number, saved: number,
 *     changed: boolean, differs?: Set<string>}} FoldRow
 * @typedef {AnswerRow & {changed?: boolean}} SingleRow
 * @typedef {import('./clips.js').ShownRow | FoldRow} FindingRow
 */

/** @param {import('./clips.js').ShownRow | FoldRow} row */
export function isAnswer(row) {
  return row.kind === 'result' || row.kind === 'clip' || row.kind === 'fold';
}

/**
 * Folds repeats and marks changes: an answer that ends a repeat, or that begins one after a different answer. Where
 * nothing repeats, nothing is marked.
 *
 * @param {import('./clips.js').ShownRow[]} rows oldest first
 * @returns {FindingRow[]}
 */
export function foldRepeats(rows) {
  /** @type {FindingRow[]} */
  const folded = [];
  /** @type {AnswerRow[]} */
  let group = [];
  /** @type {import('./clips.js').ShownRow[]} rows since the last answer of the group, if they may be hidden */
  let between = [];
  let skipped = 0;
  let saved = 0;
  const flush = () => {
    const [first] = group;
    if (group.length > 1) {
      folded.push({ kind: 'fold', key: `fold-${keyOfAnswer(first)}`, seq: first.seq, rows: group, skipped, saved, changed: false });
    } else if (first) {
      folded.push(first);
    }
    folded.push(...between);
    group = [];
    between = [];
    skipped = saved = 0;
  };
  for (const row of rows) {
    if (row.kind === 'result' || row.kind === 'clip') {
      const last = group.at(-1);
      if (last && saysTheSame(last, row)) {
        skipped += between.reduce((sum, b) => sum + (b.kind === 'note' ? (b.dropped?.clips ?? 0) : 0), 0);
        saved += between.reduce((sum, b) => sum + savedBy(b), 0);
        between = [];
      } else {
        flush();
      }
      group.push(row);
    } else if (group.length > 0 && mayBeLeftOut(row)) {
      between.push(row);
    } else {
      flush();
      folded.push(row);
    }
  }
  flush();
  return marked(folded);
}

/** @param {AnswerRow} row */
function keyOfAnswer(row) {
  return row.kind === 'clip' ? row.key : row.event.id;
}

/** @param {import('./clips.js').ShownRow} row */
function mayBeLeftOut(row) {
  return row.kind === 'unchanged' || (row.kind === 'note' && row.dropped !== undefined);
}

/** @param {import('./clips.js').ShownRow} row */
function savedBy(row) {
  return row.kind === 'unchanged' ? [...row.parts.values()].reduce((sum, part) => sum + part.skipped, 0) : 0;
}

/**
 * @param {AnswerRow} a
 * @param {AnswerRow} b
 */
function saysTheSame(a, b) {
  if (a.kind === 'result') {
    return b.kind === 'result' && sameAnswer(a.event, b.event);
  }
  return (
    b.kind === 'clip' &&
    a.names.join('\n') === b.names.join('\n') &&
    a.names.every((name) => sameAnswer(a.cells.get(name), b.cells.get(name)))
  );
}

/**
 * @param {ResultEvent | PartialEvent | undefined} a
 * @param {ResultEvent | PartialEvent | undefined} b
 */
function sameAnswer(a, b) {
  return (
    a?.type === 'result' &&
    b?.type === 'result' &&
    a.ok === b.ok &&
    a.run === b.run &&
    a.backend === b.backend &&
    a.prompt === b.prompt &&
    a.result.trim() === b.result.trim() &&
    a.error?.message === b.error?.message
  );
}

/** @param {FindingRow[]} rows */
function marked(rows) {
  /** @type {FindingRow | undefined} */
  let before;
  return rows.map((row) => {
    if (row.kind === 'prompt' || row.kind === 'questions' || row.kind === 'run') {
      before = undefined;
    }
    if (!isAnswer(row)) {
      return row;
    }
    const changed = before !== undefined && (before.kind === 'fold' || row.kind === 'fold');
    const differs = changed && before ? differing(before, row) : undefined;
    before = row;
    return changed ? { ...row, changed, differs } : row;
  });
}

/**
 * @param {FindingRow} before
 * @param {FindingRow} row
 * @returns {Set<string>} names of the questions whose answers differ
 */
function differing(before, row) {
  const old = new Map(answersOf(before.kind === 'fold' ? before.rows[0] : before).map((e) => [e.name ?? '', e]));
  const now = answersOf(row.kind === 'fold' ? row.rows[0] : row);
  return new Set(now.filter((e) => !sameAnswer(old.get(e.name ?? ''), e)).map((e) => e.name ?? ''));
}

/** @param {FindingRow} row */
export function answersOf(row) {
  switch (row.kind) {
    case 'fold':
      return row.rows.flatMap(eventsOf);
    case 'result':
    case 'clip':
      return eventsOf(row);
    default:
      return [];
  }
}

/** @param {AnswerRow} row */
function eventsOf(row) {
  return row.kind === 'result'
    ? [row.event]
    : row.names.flatMap((name) => {
        const cell = row.cells.get(name);
        return cell?.type === 'result' ? [cell] : [];
      });
}

/**
 * @param {FindingRow[]} rows
 * @param {'all' | 'changes' | 'errors'} which
 * @param {string} words that an answer must contain
 * @returns {FindingRow[]}
 */
export function filtered(rows, which, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (which === 'all' && wanted.length === 0) {
    return rows;
  }
  return rows.filter((row) => {
    if (row.kind === 'prompt' || row.kind === 'questions' || row.kind === 'run') {
      return true;
    }
    if (row.kind === 'growing' || !isAnswer(row)) {
      return false;
    }
    const events = answersOf(row.kind === 'fold' ? row.rows[0] : row);
    return (
      (which !== 'errors' || events.some((e) => !e.ok)) &&
      wanted.every((word) => events.some((e) => textOf(e).includes(word)))
    );
  });
}

/** @param {ResultEvent} event */
function textOf(event) {
  return `${event.result}\n${event.error?.message ?? ''}\n${event.name ?? ''}`.toLowerCase();
}
