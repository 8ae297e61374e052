import { nothing, svg } from '../lib/lit/index.js';
import { coloursOf } from './lane-colours.js';

/**
 * The marks of a lane, 1000 units wide and 10 high.
 *
 * @param {import('../session/spans.js').Span[]} spans
 * @param {number} from seconds
 * @param {number} to
 */
export function marksOf(spans, from, to) {
  const colour = coloursOf(spans);
  const scale = 1000 / (to - from);
  return distinguishable(spans.filter((span) => span.to >= from && span.from <= to), scale)
    .map((span) => {
      const x = (span.from - from) * scale;
      const width = Math.max(1.2, (span.to - span.from) * scale);
      const hatch = (span.hatchedFrom - from) * scale;
      const { name, opacity } = colour(span);
      return svg`<rect class=${name} x=${x} width=${width} height="10" fill-opacity=${opacity}></rect
        >${span.hatchedFrom < span.to ? svg`<rect x=${hatch} width=${x + width - hatch} height="10" fill="url(#hatch)"></rect>` : nothing
        }<path class="cut" d="M${x} 0v10"></path>`;
    });
}

/**
 * @param {import('../session/spans.js').Span[]} spans in their order
 * @param {number} scale units of the drawing for a second
 * @returns {import('../session/spans.js').Span[]} at most two for each unit: one, and an error
 */
function distinguishable(spans, scale) {
  let place = -1;
  let failed = false;
  return spans.filter((span) => {
    const at = Math.floor(span.from * scale);
    const wide = (span.to - span.from) * scale >= 1;
    if (at === place && !wide && (span.first.ok || failed)) {
      return false;
    }
    failed = at === place ? failed || !span.first.ok : !span.first.ok;
    place = at;
    return true;
  });
}
