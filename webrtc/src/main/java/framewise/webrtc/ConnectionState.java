package framewise.webrtc;

/** How far a connection to the far end has come; the states of the W3C's RTCPeerConnectionState. */
public enum ConnectionState {
  /** Nothing has been tried yet. */
  NEW,
  /** Addresses are being tried or keys exchanged. */
  CONNECTING,
  /** Media can flow. */
  CONNECTED,
  /** Nothing has been heard for some seconds; it may come back by itself. */
  DISCONNECTED,
  /** It will not come back. */
  FAILED,
  /** Closed from here. */
  CLOSED
}
