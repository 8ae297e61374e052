package framewise.vision.chat;

import java.util.List;

/** Removes secrets from texts. Never prints them. */
record Concealed(List<String> secrets) {
  Concealed {
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
    return "Concealed[***]";
  }
}
