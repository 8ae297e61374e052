import { Problem } from '../service/problem.js';

/** @typedef {'webcam' | 'screen'} CaptureKind */

/** Phones can't share a screen, and insecure pages can't share anything. */
export function canShareScreens() {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** @returns {boolean} whether the browser gives this page a camera at all */
export function isSecure() {
  return window.isSecureContext && navigator.mediaDevices !== undefined;
}

/** @returns {Problem} why there is no camera, and how to enable it */
export function notSecure() {
  return new Problem({
    title: 'The camera and the screen need HTTPS',
    detail: `Browsers keep them from pages that came over plain HTTP, as this one did from ${location.host}.`,
    steps: [
      `On the machine that runs Framewise, open ${localAddress()} instead: that is allowed.`,
      'Anywhere else, start the service with FRAMEWISE_TLS=self-signed and open its https:// address, or put a proxy with TLS in front of it.',
    ],
  });
}

function localAddress() {
  const port = location.port ? `:${location.port}` : '';
  return `http://localhost${port}${location.pathname}`;
}

/**
 * A browser's error when it gives no picture, as text for the user.
 *
 * @param {unknown} thrown
 * @param {CaptureKind} kind
 * @returns {Problem}
 */
export function captureProblem(thrown, kind) {
  if (thrown instanceof Problem) {
    return thrown;
  }
  const name = thrown instanceof DOMException ? thrown.name : '';
  const camera = kind === 'webcam';
  switch (name) {
    case 'NotAllowedError':
      return camera
        ? new Problem({
            title: 'The camera is not allowed',
            detail: 'Allow it for this page: the browser asks, or shows a camera in its address bar.',
          })
        : new Problem({
            title: 'Nothing is shared',
            detail: 'Choose a screen, a window or a tab when the browser asks.',
          });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new Problem({
        title: camera ? 'There is no such camera' : 'There is nothing to share',
        detail: camera ? 'Plug one in, or choose another, and try again.' : 'Try another window.',
      });
    case 'NotReadableError':
    case 'AbortError':
      return new Problem({
        title: camera ? 'The camera does not start' : 'The screen cannot be read',
        detail: 'Another program may be using it: close that one and try again.',
      });
    default:
      return Problem.of(thrown);
  }
}
