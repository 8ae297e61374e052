/**
 * @param {(string | number | boolean | undefined)[][]} rows
 * @returns {string} CSV (RFC 4180); text that a spreadsheet would run as a formula begins with an apostrophe
 */
export function csvOf(rows) {
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** @param {string | number | boolean | undefined} value */
function cell(value) {
  const text = typeof value === 'string' ? harmless(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * As the service's own CSV does it (OWASP, "CSV Injection"): spreadsheets treat full-width characters as their narrow
 * forms, and skip invisible ones.
 *
 * @param {string} text
 */
function harmless(text) {
  const first = text.replace(/^[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]+/u, '').normalize('NFKC')[0] ?? '';
  return /^[\t\r\n]/.test(text) || '=+-@\u2212'.includes(first || ' ') ? `'${text}` : text;
}
