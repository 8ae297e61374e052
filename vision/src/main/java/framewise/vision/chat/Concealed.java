package framewise.vision.chat;

import java.util.Optional;

/** Cuts a secret out of texts. Does not print it. */
record Concealed(Optional<String> secret) {
  String in(String text) {
    return secret.map(key -> text.replace(key, "***")).orElse(text);
  }

  @Override
  public String toString() {
    return "Concealed[***]";
  }
}
