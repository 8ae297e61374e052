import { changeHeaders } from '../service/access.js';
import { Problem } from '../service/problem.js';

const GATHERING_MS = 1000;
const ANSWER_WITHIN_MS = 30_000;
const MAX_BITS = 2_500_000;
/** A connection that receives nothing for this long is replaced; the browser itself waits much longer. */
const SILENCE_MS = 3000;

/** @typedef {{url: string, tag: string}} Resource URL and entity tag of the connection */

/**
 * Sends one track over WHIP (RFC 9725). Dispatches `lost` when the connection broke.
 */
export class WhipConnection extends EventTarget {
  /** @param {string} key of the service; empty where it needs none */
  constructor(key) {
    super();
    this.key = key;
    /** @type {Resource | undefined} */
    this.resource = undefined;
  }

  /** @type {RTCPeerConnection | undefined} */
  #peer;
  /** @type {RTCRtpSender | undefined} */
  #sender;

  /**
   * @param {string} endpoint
   * @param {MediaStreamTrack} track
   * @param {string} [replaces] entity tag of the connection to replace
   */
  async open(endpoint, track, replaces = '') {
    const peer = new RTCPeerConnection({ iceServers: await this.#iceServers(endpoint) });
    this.#peer = peer;
    const encodings = [{ maxBitrate: MAX_BITS }];
    const init = /** @type {RTCRtpTransceiverInit} */ ({ direction: 'sendonly', sendEncodings: encodings });
    this.#sender = peer.addTransceiver(track, init).sender;
    try {
      await peer.setLocalDescription();
      await gathered(peer);
      /** @type {Record<string, string>} */
      const headers = replaces ? { 'If-Match': replaces } : {};
      const response = await this.#ask('POST', endpoint, headers, peer.localDescription?.sdp);
      const answer = await response.text();
      this.resource = {
        url: new URL(response.headers.get('Location') ?? '', response.url).href,
        tag: response.headers.get('ETag') ?? '',
      };
      await peer.setRemoteDescription({ type: 'answer', sdp: answer });
    } catch (e) {
      this.close();
      throw e;
    }
    peer.addEventListener('connectionstatechange', () => {
      if (peer.connectionState === 'failed' || peer.connectionState === 'closed') {
        this.#lose(peer);
      } else if (peer.connectionState === 'disconnected') {
        setTimeout(() => peer.connectionState === 'disconnected' && this.#lose(peer), SILENCE_MS);
      }
    });
    // The transport shows that the service ended the connection, long before the connection's own state does.
    const { transport } = this.#sender;
    transport?.addEventListener('statechange', () => transport.state === 'closed' && this.#lose(peer));
  }

  /** @param {RTCPeerConnection} peer */
  #lose(peer) {
    if (peer === this.#peer) {
      this.close();
      this.dispatchEvent(new Event('lost'));
    }
  }

  /** @param {MediaStreamTrack} track sent from now on */
  async replace(track) {
    await this.#sender?.replaceTrack(track);
  }

  /** Deletes the connection at the service, and closes it. */
  async end() {
    const { resource } = this;
    this.close();
    if (resource) {
      await this.#ask('DELETE', resource.url, {});
    }
  }

  close() {
    const peer = this.#peer;
    this.#peer = undefined;
    peer?.close();
  }

  /** @param {string} endpoint */
  async #iceServers(endpoint) {
    const described = await this.#ask('OPTIONS', endpoint, {});
    return iceServersIn(described.headers.get('Link') ?? '');
  }

  /**
   * @param {string} method
   * @param {string} url
   * @param {Record<string, string>} headers
   * @param {string} [sdp]
   */
  async #ask(method, url, headers, sdp) {
    /** @type {RequestInit} */
    const request = { method, headers: { ...headers, ...changeHeaders(url) }, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) };
    if (this.key) {
      request.headers = { ...request.headers, Authorization: `Bearer ${this.key}` };
    }
    if (sdp) {
      request.headers = { ...request.headers, 'Content-Type': 'application/sdp' };
      request.body = sdp;
    }
    let response;
    try {
      response = await fetch(url, request);
    } catch {
      throw Problem.unreachable(new URL(url).origin);
    }
    if (!response.ok) {
      throw Problem.ofAnswer(response.status, await response.text());
    }
    return response;
  }
}

/**
 * Waits for ICE candidates, because descriptions are sent complete. Those that are known in time are included.
 *
 * @param {RTCPeerConnection} peer
 * @returns {Promise<void>}
 */
function gathered(peer) {
  return new Promise((done) => {
    const timer = setTimeout(done, GATHERING_MS);
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState === 'complete') {
        clearTimeout(timer);
        done();
      }
    });
  });
}

/**
 * @param {string} header all `Link` headers in one
 * @returns {RTCIceServer[]}
 */
export function iceServersIn(header) {
  const links = header.matchAll(/<([^>]+)>((?:\s*;\s*[a-z-]+="(?:[^"\\]|\\.)*")*)/g);
  return [...links]
    .map(([, urls = '', words = '']) => {
      const about = Object.fromEntries(
        [...words.matchAll(/([a-z-]+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [
          name,
          value.replace(/\\(.)/g, '$1'),
        ]),
      );
      return { urls, ...about };
    })
    .filter((server) => /** @type {any} */ (server).rel === 'ice-server')
    .map(({ urls, ...about }) => {
      const { username, credential } = /** @type {any} */ (about);
      return username ? { urls, username, credential } : { urls };
    });
}
