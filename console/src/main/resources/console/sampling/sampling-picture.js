import { nothing, svg } from '../lib/lit/index.js';
import { number } from '../look/words.js';
import { t } from '../messages/messages.js';
import { framesPerClip } from './sampling.js';

const WIDTH = 480;
const LEFT = 6;
const RIGHT = 6;

/**
 * A strip of video time with the clips as boxes and the sampled frames as marks in them.
 *
 * @param {import('./sampling.js').Asking} s
 */
export function samplingPicture(s) {
  const seconds = Math.max(s.delay_seconds * 4, s.clip_length_seconds * 1.5);
  const x = (/** @type {number} */ t) => LEFT + (t / seconds) * (WIDTH - LEFT - RIGHT);
  const frames = framesPerClip(s);
  const clips = [];
  for (let n = 0; n * s.delay_seconds < seconds && n < 60; n++) {
    clips.push(n * s.delay_seconds);
  }
  const overlap = s.clip_length_seconds > s.delay_seconds;
  const ticks = Array.from({ length: 5 }, (_, i) => (seconds * i) / 4);
  return svg`<svg viewBox="0 0 ${WIDTH} 58" role="img" class="picture"
    aria-label="${t('sampling.clipsAndFramesAlongSecondsSeconds', { seconds: number(seconds) })}">
    <path class="axis" d="M${LEFT} 40H${WIDTH - RIGHT}" />
    ${ticks.map(
      (t, i) => svg`<path class="axis" d="M${x(t)} 40v4" />
        <text x=${x(t)} y="55" text-anchor=${i === 0 ? 'start' : i === 4 ? 'end' : 'middle'}>${number(t)} s</text>`,
    )}
    ${clips.map((start, n) => {
      const top = overlap ? 6 + (n % 3) * 11 : 12;
      const height = overlap ? 9 : 22;
      const end = Math.min(seconds, start + s.clip_length_seconds);
      const width = Math.max(4, x(end) - x(start));
      const step = s.clip_length_seconds / frames;
      return svg`<rect class="clip" x=${x(start)} y=${top} width=${width} height=${height} rx="2" />
        ${Array.from({ length: Math.min(frames, 30) }, (_, i) => start + i * step).map((t) =>
          t > seconds
            ? nothing
            : svg`<path class="frame" d="M${x(t) + 2} ${top + 2}v${height - 4}" />`,
        )}`;
    })}
  </svg>`;
}
