package framewise.vision.chat.wire;

import java.util.List;

/** Removes secrets from texts. Never prints them. */
public record SecretRedactor(List<String> secrets) {
  public SecretRedactor {
    secrets = List.copyOf(secrets);
  }

  /** The text without secrets. */
  public String in(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, "***");
    }
    return shown;
  }

  @Override
  public String toString() {
    return "SecretRedactor[***]";
  }
}
