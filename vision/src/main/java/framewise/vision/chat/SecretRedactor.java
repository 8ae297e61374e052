package framewise.vision.chat;

import java.util.List;

/** Removes secrets from texts. Never prints them. */
record SecretRedactor(List<String> secrets) {
  SecretRedactor {
    secrets = List.copyOf(secrets);
  }

  String in(String text) {
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
