import { locale, t } from '../messages/messages.js';

const CENTS = dollars(2, 2);
const SMALL = dollars(2, 3);

/**
 * @param {number} least number of decimals
 * @param {number} most number of decimals
 */
function dollars(least, most) {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
}

/**
 * @param {number} sum in dollars
 * @returns {string} such as $0.012, $4.20 or "less than $0.001"; small sums keep their significant digits
 */
export function money(sum) {
  if (sum > 0 && sum < 0.001) {
    return t('look.lessThanLeast', { least: SMALL.format(0.001) });
  }
  return (sum < 1 && sum > 0 ? SMALL : CENTS).format(sum);
}
