package framewise.media.network;

/** User and password out of a URL, decoded. Never printed. */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return "***";
  }
}
