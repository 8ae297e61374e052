package framewise.media.network;

/** User and password from a URL, decoded. Never printed. */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return "***";
  }
}
