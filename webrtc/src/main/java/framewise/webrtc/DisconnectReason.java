package framewise.webrtc;

/** The reason why a remote peer counts as disconnected. */
public enum DisconnectReason {
  NEVER_CONNECTED(
      "The video's sender never connected. Its network may block UDP, or our address cannot be reached from there."),
  LEFT("The client left."),
  FAILED("The connection to the video's sender broke."),
  NO_MEMORY(
      "The video's pictures need more memory than is left. Send smaller ones, stop another session, or raise FRAMEWISE_MEMORY."),
  SILENT("The video's sender has sent no picture for too long.");

  private final String detail;

  DisconnectReason(String detail) {
    this.detail = detail;
  }

  /** A sentence for users. */
  public String detail() {
    return detail;
  }
}
