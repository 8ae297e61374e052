import { captureProblem, isSecure, notSecure } from './faults.js';

/** @typedef {import('./faults.js').CaptureKind} CaptureKind */

/** @type {MediaTrackConstraints} the service shrinks larger pictures */
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 15, max: 30 } };

/**
 * A camera or screen of this device. Dispatches `change`, and `over` when its picture ends unexpectedly: somebody
 * unplugged it, or pressed the browser's own stop button.
 */
export class Capture extends EventTarget {
  /**
   * @param {CaptureKind} kind
   * @param {string} [device] the camera to start with
   */
  constructor(kind, device = '') {
    super();
    this.kind = kind;
    this.device = device;
    /** @type {MediaStream | undefined} the present picture */
    this.stream = undefined;
    /** @type {MediaDeviceInfo[]} known once a camera is allowed */
    this.cameras = [];
    /** @type {import('../service/problem.js').Problem | undefined} */
    this.problem = undefined;
    this.opening = false;
  }

  #closed = false;

  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  /** Whether this is a phone, with a front and a back camera. */
  get canFlip() {
    return this.kind === 'webcam' && this.cameras.length > 1 && matchMedia('(hover: none)').matches;
  }

  /** Requests the picture; a screen only directly after a user's action. */
  async open() {
    await this.#open(this.device ? { deviceId: { ideal: this.device } } : { facingMode: 'user' });
  }

  /** @param {string} device of {@link cameras} */
  async choose(device) {
    const before = this.device;
    await this.#open({ deviceId: { exact: device } });
    if (this.problem && before) {
      const { problem } = this;
      await this.#open({ deviceId: { exact: before } });
      this.problem = problem;
      this.#changed();
    }
  }

  /** The camera that faces the other way; the next one where the direction is unknown. */
  async flip() {
    const facing = this.track?.getSettings().facingMode;
    const at = this.cameras.findIndex((camera) => camera.deviceId === this.device);
    const next = this.cameras[(at + 1) % this.cameras.length];
    if (facing) {
      await this.#open({ facingMode: { exact: facing === 'environment' ? 'user' : 'environment' } });
    }
    if (next && (!facing || this.problem)) {
      await this.choose(next.deviceId);
    }
  }

  close() {
    this.#closed = true;
    this.#stop();
  }

  /** @param {MediaTrackConstraints} which */
  async #open(which) {
    if (!isSecure()) {
      this.problem = notSecure();
      this.#changed();
      return;
    }
    this.opening = true;
    this.problem = undefined;
    this.#changed();
    if (this.kind === 'webcam') {
      // Phones can use only one camera at a time.
      this.#stop();
    }
    try {
      const stream =
        this.kind === 'webcam'
          ? await navigator.mediaDevices.getUserMedia({ video: { ...SIZE, ...which } })
          : await navigator.mediaDevices.getDisplayMedia({ video: SIZE });
      this.#stop();
      this.#take(stream);
      await this.#list();
    } catch (e) {
      this.problem = captureProblem(e, this.kind);
    } finally {
      this.opening = false;
      this.#changed();
    }
  }

  /** @param {MediaStream} stream */
  #take(stream) {
    if (this.#closed) {
      stream.getTracks().forEach((track) => track.stop());
      return;
    }
    this.stream = stream;
    const { track } = this;
    if (track) {
      track.contentHint = this.kind === 'screen' ? 'detail' : '';
      this.device = track.getSettings().deviceId ?? '';
      track.addEventListener('ended', () => {
        if (track === this.track) {
          this.#stop();
          this.#changed();
          this.dispatchEvent(new Event('over'));
        }
      });
    }
  }

  async #list() {
    if (this.kind === 'webcam') {
      const devices = await navigator.mediaDevices.enumerateDevices();
      this.cameras = devices.filter((d) => d.kind === 'videoinput');
    }
  }

  #stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
