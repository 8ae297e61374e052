/**
 * Settings of a session: back ends and sampling.
 *
 * @typedef {{backend: string, model: string, fps: number, sampling_ratio: number, clip_length_seconds: number,
 *     delay_seconds: number, pace: Pace, loop: boolean, name: string, others: Question[], system: string, language: string, schema: string,
 *     skip: boolean, threshold: number, refresh: number, fallback: string[], budget: number | null}} Asking
 * @typedef {{name: string, prompt: string, backend: string, model: string, schema: string}} Question
 * @typedef {'fps' | 'sampling_ratio' | 'clip_length_seconds' | 'delay_seconds'} SamplingField
 */

import { t } from '../messages/messages.js';

const KEY = 'framewise.asking';
const MAX_FRAMES_PER_CLIP = 64;

/**
 * @type {Asking} an empty back end or model leaves the choice to the service; null is no budget; schemas are text as
 * entered
 */
export const DEFAULT_ASKING = {
  backend: '',
  model: '',
  fps: 1.0,
  sampling_ratio: 0.1,
  clip_length_seconds: 0.1,
  delay_seconds: 1.0,
  pace: 'realtime',
  loop: false,
  name: t('sampling.question1'),
  others: [],
  system: '',
  language: '',
  schema: '',
  skip: false,
  threshold: 0.005,
  refresh: 60,
  fallback: [],
  budget: null,
};

/** For questions about changes: several frames a clip. */
export const MOTION = { name: t('common.motion'), sampling: sampling(10, 0.5, 1, 2) };

/** @type {{name: string, sampling: Pick<Asking, SamplingField>}[]} */
export const SAMPLING_PRESETS = [
  { name: t('sampling.twiceASecond'), sampling: sampling(1, 0.1, 0.1, 0.5) },
  { name: t('sampling.everySecond'), sampling: sampling(1, 0.1, 0.1, 1) },
  { name: t('sampling.every5Seconds'), sampling: sampling(1, 0.1, 0.1, 5) },
  MOTION,
];

/** @type {{name: SamplingField, label: string, unit: string, min: number, max: number, means: string}[]} as the API has them */
export const SAMPLING_FIELDS = [
  {
    name: 'delay_seconds',
    label: t('sampling.delay'),
    unit: 's',
    min: 0.05,
    max: 3600,
    means: t('sampling.delaySecondsSecondsOfVideoFrom'),
  },
  {
    name: 'clip_length_seconds',
    label: t('sampling.clipLength'),
    unit: 's',
    min: 0.1,
    max: 60,
    means: t('sampling.clipLengthSecondsHowMuchVideo'),
  },
  {
    name: 'fps',
    label: t('sampling.framesPerSecondConsidered'),
    unit: 'fps',
    min: 0.1,
    max: 120,
    means: t('sampling.fpsTheRateThatTheSampling'),
  },
  {
    name: 'sampling_ratio',
    label: t('sampling.samplingRatio'),
    unit: '',
    min: 0.01,
    max: 1,
    means: t('sampling.samplingRatioTheShareOfThose'),
  },
];

/**
 * The sampling as people think of it: `every` and `over` in seconds.
 *
 * @typedef {{every: number, frames: number, over: number}} PlainSampling
 */

/** @type {{name: keyof PlainSampling, label: string, unit: (frames: number) => string, min: number, max: number}[]} */
export const PLAIN_FIELDS = [
  { name: 'every', label: t('sampling.askEvery'), unit: () => 's', min: 0.05, max: 3600 },
  { name: 'frames', label: t('sampling.lookAt'), unit: (n) => (n === 1 ? t('sampling.frameEach') : t('sampling.framesEach')), min: 1, max: MAX_FRAMES_PER_CLIP },
  { name: 'over', label: t('sampling.spreadOver'), unit: () => 's', min: 0.1, max: 60 },
];

/** Length of a clip with several frames, where there was one, in seconds. */
const USUAL_LENGTH = 1;

/**
 * @param {Pick<Asking, SamplingField>} s
 * @returns {PlainSampling}
 */
export function plainOf(s) {
  return { every: s.delay_seconds, frames: framesPerClip(s), over: s.clip_length_seconds };
}

/**
 * @param {Pick<Asking, SamplingField>} now
 * @param {keyof PlainSampling} name of the field that changed
 * @param {number} value
 * @returns {Partial<Asking>} the change in the words of the API
 */
export function withPlain(now, name, value) {
  if (name === 'every') {
    return { delay_seconds: value };
  }
  const { frames: framesNow, over } = plainOf(now);
  const frames = name === 'frames' ? Math.round(value) : framesNow;
  if (name === 'frames' && frames === 1) {
    const { fps, sampling_ratio, clip_length_seconds } = DEFAULT_ASKING;
    return { fps, sampling_ratio, clip_length_seconds };
  }
  const wanted = name === 'over' ? value : framesNow === 1 ? Math.max(USUAL_LENGTH, over) : over;
  const length = Math.max(wanted, frames / 120);
  const fps = Math.min(120, Math.max(0.1, frames / length));
  const sampling_ratio = Math.min(1, Math.max(0.01, frames / (fps * length)));
  return { fps: rounded(fps), sampling_ratio: rounded(sampling_ratio), clip_length_seconds: rounded(length) };
}

/** @param {number} n */
function rounded(n) {
  return Math.round(n * 1e4) / 1e4;
}

/**
 * @param {number} fps
 * @param {number} ratio
 * @param {number} length
 * @param {number} delay
 */
function sampling(fps, ratio, length, delay) {
  return { fps, sampling_ratio: ratio, clip_length_seconds: length, delay_seconds: delay };
}

/** @param {Pick<Asking, SamplingField>} s */
export function framesPerClip(s) {
  const frames = Math.round(s.fps * s.sampling_ratio * s.clip_length_seconds);
  return Math.min(MAX_FRAMES_PER_CLIP, Math.max(1, frames));
}

/**
 * @param {Pick<Asking, SamplingField>} s
 * @returns {string} such as "60 answers a minute, 1 frame each"
 */
export function inWords(s) {
  const frames = framesPerClip(s);
  const perMinute = 60 / s.delay_seconds;
  const answers =
    perMinute >= 1
      ? t('sampling.answersAMinute', { n: Math.round(perMinute * 100) / 100 })
      : t('sampling.anAnswerEveryMinutes', { minutes: s.delay_seconds / 60 });
  return t('sampling.answersWithFrames', { answers, n: frames });
}

/**
 * @param {SamplingField} name
 * @param {number} value
 * @returns {string | undefined} its error
 */
export function wrong(name, value) {
  const field = SAMPLING_FIELDS.find((f) => f.name === name);
  return field && outOfRange(field, value);
}

/**
 * @param {{min: number, max: number}} field
 * @param {number} value
 * @returns {string | undefined} its error
 */
export function outOfRange({ min, max }, value) {
  return value >= min && value <= max ? undefined : t('sampling.fromMinToMax', { min, max });
}

/** @param {Pick<Asking, SamplingField>} s */
export function valid(s) {
  return SAMPLING_FIELDS.every((f) => !wrong(f.name, s[f.name]));
}

/**
 * @param {Pick<Asking, SamplingField>} a
 * @param {Pick<Asking, SamplingField>} b
 */
export function sameSampling(a, b) {
  return SAMPLING_FIELDS.every((f) => a[f.name] === b[f.name]);
}

/** @returns {Asking} the settings used last in this browser */
export function savedAsking() {
  try {
    const saved = { ...DEFAULT_ASKING, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
    saved.others = saved.others.map((/** @type {Question} */ q) => ({ ...q, schema: q.schema ?? '' }));
    return valid(saved) ? saved : DEFAULT_ASKING;
  } catch {
    return DEFAULT_ASKING;
  }
}

/** @param {Asking} asking */
export function saveAsking(asking) {
  localStorage.setItem(KEY, JSON.stringify(asking));
}
