package framewise.webrtc;

/** The state of a connection to a remote peer, as in the W3C's RTCPeerConnectionState. */
public enum ConnectionState {
  /** Nothing was attempted yet. */
  NEW,
  /** Trying addresses or exchanging keys. */
  CONNECTING,
  /** Media can flow. */
  CONNECTED,
  /** Nothing arrived for some seconds; the connection may recover by itself. */
  DISCONNECTED,
  /** The connection will not recover. */
  FAILED,
  /** Closed locally. */
  CLOSED
}
