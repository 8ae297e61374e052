/**
 * @param {number} dollars
 * @returns {string} such as $0.012, $4.20 or "less than $0.001"; small sums keep their significant digits
 */
export function money(dollars) {
  if (dollars > 0 && dollars < 0.001) {
    return 'less than $0.001';
  }
  return `$${dollars.toFixed(dollars < 1 && dollars > 0 ? 3 : 2).replace(/(\.\d\d)0$/, '$1')}`;
}
