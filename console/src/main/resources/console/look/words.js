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
  const s = (whole % 60).toFixed(decimals).padStart(decimals ? decimals + 3 : 2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/**
 * @param {number} bytes
 * @returns {string} such as 4.2 MB
 */
export function size(bytes) {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let n = bytes;
  let unit = 0;
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${n < 10 && unit > 0 ? n.toFixed(1) : Math.round(n)} ${units[unit]}`;
}

/**
 * @param {number} ms
 * @returns {string} such as 84 ms or 1.2 s
 */
export function latency(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/**
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 */
export function count(n, one, many = `${one}s`) {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/**
 * @param {number} n
 * @returns {string} at most two decimals, without trailing zeros
 */
export function number(n) {
  return String(Math.round(n * 100) / 100);
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
    return 'just now';
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  if (date.toDateString() === new Date(now).toDateString()) {
    return timeOfDay(date);
  }
  return date.toLocaleDateString('en', { day: 'numeric', month: 'short' });
}

/**
 * @param {string} at a time of the API
 * @param {number} [now]
 * @returns {string} such as "14:02", on another day "3 Nov, 14:02"
 */
export function moment(at, now = Date.now()) {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now).toDateString();
  return today ? timeOfDay(date) : `${date.toLocaleDateString('en', { day: 'numeric', month: 'short' })}, ${timeOfDay(date)}`;
}

/** @param {Date} date */
function timeOfDay(date) {
  return date.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** @type {Record<SessionStatus, string>} */
const STATUS_WORDS = {
  uploaded: 'Ready',
  waiting: 'Waiting',
  streaming: 'Running',
  stopped: 'Stopped',
  finished: 'Finished',
  failed: 'Failed',
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
  upload: 'File',
  webrtc: 'App',
  whip: 'WHIP',
  webcam: 'Webcam',
  screen: 'Screen',
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
  return last ? `No connection since ${timeOfDay(new Date(last))}` : 'No connection yet';
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
 * @returns {string} its status; one that was never started waits for the user
 */
export function statusWords(session) {
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
  const facts = isLive(session) ? ['Live stream'] : [];
  if (video) {
    if (video.duration_seconds) {
      facts.push(clock(video.duration_seconds));
    }
    facts.push(`${video.width}×${video.height}`);
    if (video.fps) {
      facts.push(`${number(video.fps)} fps`);
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
