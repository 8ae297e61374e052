package framewise.webrtc;

/** The reason why a remote peer counts as disconnected. */
public enum DisconnectReason {
  NEVER_CONNECTED(
      "The video's sender never connected. Its network may block UDP, or it may not be"
          + " able to reach this server."),
  LEFT("The client left."),
  FAILED("The connection to the video's sender broke."),
  NO_MEMORY(
      "The video needs more memory than is free. Send smaller pictures, stop another"
          + " session, or raise FRAMEWISE_MEMORY."),
  SILENT("The video's sender stopped sending pictures.");

  private final String detail;

  DisconnectReason(String detail) {
    this.detail = detail;
  }

  /** A sentence for users. */
  public String detail() {
    return detail;
  }
}
