import { locale, number, t } from '../messages/messages.js';

/** Formats numbers and names for display. */

/**
 * @param {number} seconds
 * @param {number} [decimals] of the seconds
 * @returns {string} such as 0:04, 12:31.5 or 1:02:03
 */
export function clock(seconds, decimals = 0) {
  const scale = 10 ** decimals;
  const whole = Math.floor(Math.max(0, seconds) * scale + 1e-6) / scale;
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = twoDigits(whole % 60, decimals);
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** @type {Map<number, Intl.NumberFormat>} by decimals */
const SECONDS = new Map();

/**
 * @param {number} seconds below 60
 * @param {number} decimals
 */
function twoDigits(seconds, decimals) {
  let format = SECONDS.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      minimumIntegerDigits: 2,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    SECONDS.set(decimals, format);
  }
  return format.format(seconds);
}

const ONE_DECIMAL = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const DAY_AND_MONTH = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const DAY = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const TIME_OF_DAY = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const TO_THE_SECOND = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/**
 * @param {number} bytes
 * @returns {string} such as 4.2 MB
 */
export function size(bytes) {
  const units = [t('look.bytes'), 'KB', 'MB', 'GB'];
  let n = bytes;
  let unit = 0;
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${n < 10 && unit > 0 ? ONE_DECIMAL.format(n) : Math.round(n)} ${units[unit]}`;
}

/**
 * @param {number} ms
 * @returns {string} such as 84 ms or 1.2 s
 */
export function latency(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${ONE_DECIMAL.format(ms / 1000)} s`;
}

/**
 * @param {string | undefined} at a time of the API
 * @param {number} [now]
 * @returns {string} such as "just now", "5 min ago", "14:02" or "3 Nov"
 */
export function when(at, now = Date.now()) {
  if (!at) {
    return '';
  }
  const date = new Date(at);
  const minutes = Math.floor((now - date.getTime()) / 60_000);
  if (minutes < 1) {
    return t('look.justNow');
  }
  if (minutes < 60) {
    return t('look.minutesMinAgo', { minutes });
  }
  if (date.toDateString() === new Date(now).toDateString()) {
    return timeOfDay(date);
  }
  return DAY_AND_MONTH.format(date);
}

/**
 * @param {string} at a time of the API
 * @param {number} [now]
 * @returns {string} such as "14:02", on another day "3 Nov, 14:02"
 */
export function moment(at, now = Date.now()) {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now).toDateString();
  return today ? timeOfDay(date) : `${DAY_AND_MONTH.format(date)}, ${timeOfDay(date)}`;
}

/**
 * @param {number | Date} date
 * @returns {string} such as "14:02"
 */
export function timeOfDay(date) {
  return TIME_OF_DAY.format(date);
}

/**
 * @param {string | number | Date} at
 * @returns {string} its date, such as "Nov 3, 2026" or "03.11.2026"
 */
export function day(at) {
  return DAY.format(new Date(at));
}

/**
 * @param {string | number | Date} at
 * @returns {string} its time of day, such as "14:02:31"
 */
export function timeToTheSecond(at) {
  return TO_THE_SECOND.format(new Date(at));
}

export { number };

const MONDAY = Date.UTC(2024, 0, 1);

/**
 * @param {number} weekday from 0, Monday
 * @param {'short' | 'long'} weekdayLength
 * @returns {string} such as "Mon" or "Monday"
 */
export function dayName(weekday, weekdayLength) {
  return new Intl.DateTimeFormat(locale, { weekday: weekdayLength, timeZone: 'UTC' }).format(MONDAY + weekday * 86_400_000);
}

/** @type {Record<SessionStatus, string>} */
const STATUS_WORDS = {
  uploaded: t('common.ready'),
  waiting: t('common.waiting'),
  streaming: t('look.running'),
  stopped: t('common.stopped'),
  finished: t('look.finished'),
  failed: t('common.failed'),
};

/** @type {Record<string, string>} */
const CODECS = {
  h264: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  libdav1d: 'AV1',
  mpeg4: 'MPEG-4',
  mjpeg: 'MJPEG',
};

/**
 * An older service doesn't report the source: it only has uploads.
 *
 * @param {Session} session
 * @returns {boolean} whether its video is or was live, without a file
 */
export function isLive(session) {
  return (session.source?.type ?? 'upload') !== 'upload';
}

/**
 * @param {Session} session
 * @returns {boolean} whether its video can be played again: a stored file or a URL
 */
export function canStartAgain(session) {
  return !isLive(session) || (session.source.type === 'url' && !session.imported_at);
}

/** @type {Record<Session['source']['type'], string>} */
const SOURCE_WORDS = {
  upload: t('look.file'),
  webrtc: t('look.app'),
  whip: 'WHIP',
  webcam: t('common.webcam'),
  screen: t('common.screen'),
  livekit: 'LiveKit',
  url: 'URL',
};

/**
 * @param {Session} session
 * @returns {string} where its video comes from, such as "Webcam" or "RTSP"
 */
export function sourceWords({ source }) {
  const scheme = /^rtsps?:/i.test(source?.url ?? '') ? 'RTSP' : undefined;
  return scheme ?? SOURCE_WORDS[source?.type ?? 'upload'] ?? source.type;
}

/**
 * @param {Session | undefined} session
 * @returns {string} such as "No connection since 14:02"; empty while there is one
 */
export function noConnection(session) {
  if (!session?.source?.trouble) {
    return '';
  }
  const last = session.source.last_picture_at;
  return last ? t('look.noConnectionSinceTime', { time: timeOfDay(new Date(last)) }) : t('common.noConnection');
}

/**
 * @param {Session} session
 * @returns {boolean} whether it is running or about to
 */
export function isRunning(session) {
  return session.status === 'streaming' || (session.status === 'waiting' && Boolean(session.settings));
}

/**
 * @param {Session} session
 * @returns {boolean} whether its source can't be reached at the moment
 */
export function isLost(session) {
  return isRunning(session) && Boolean(session.source?.trouble);
}

/**
 * @param {Session} session
 * @returns {string} its status; one that was never started waits for the user
 */
export function statusWords(session) {
  if (isLost(session)) {
    return t('common.noConnection');
  }
  return session.status === 'waiting' && !isRunning(session)
    ? STATUS_WORDS.uploaded
    : (STATUS_WORDS[session.status] ?? session.status);
}

/**
 * @param {Session} session
 * @returns {string[]} properties of its video
 */
export function videoFacts(session) {
  const { video } = session;
  const facts = isLive(session) ? [t('common.liveStream')] : [];
  if (video) {
    if (video.duration_seconds) {
      facts.push(clock(video.duration_seconds));
    }
    facts.push(`${video.width}×${video.height}`);
    if (video.fps) {
      facts.push(t('look.fpsFps', { fps: number(video.fps) }));
    }
    if (video.codec) {
      facts.push(CODECS[video.codec] ?? video.codec);
    }
  }
  if (session.file_size) {
    facts.push(size(session.file_size));
  }
  return facts;
}

/**
 * @param {Session} session
 * @returns {string} the node that it runs on; empty where there is only one
 */
export function nodeFact(session) {
  return session.node ? t('look.onNode', { node: session.node.address }) : '';
}
