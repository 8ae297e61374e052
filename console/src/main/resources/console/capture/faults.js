import { t } from '../messages/messages.js';
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
    title: t('capture.theCameraAndTheScreenNeed'),
    detail: t('capture.browsersBlockThemOverHttp', { host: location.host }),
    steps: [
      t('capture.onTheMachineThatRunsFramewise', { localAddress: localAddress() }),
      t('capture.toUseOtherDevices'),
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
            title: t('capture.cameraAccessIsBlocked'),
            detail: t('capture.allowItForThisPageThe'),
          })
        : new Problem({
            title: t('capture.nothingIsShared'),
            detail: t('capture.chooseAScreenAWindowOr'),
          });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new Problem({
        title: camera ? t('capture.noCameraFound') : t('capture.nothingToShare'),
        detail: camera ? t('capture.plugOneInOrChooseAnother') : t('capture.tryAnotherWindow'),
      });
    case 'NotReadableError':
    case 'AbortError':
      return new Problem({
        title: camera ? t('capture.theCameraCantBeStarted') : t('capture.theScreenCantBeCaptured'),
        detail: t('capture.anotherProgramMayBeUsingIt'),
      });
    default:
      return Problem.of(thrown);
  }
}
