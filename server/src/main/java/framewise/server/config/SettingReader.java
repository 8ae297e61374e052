package framewise.server.config;

import framewise.overshoot.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads single settings and collects their faults. */
final class SettingReader {
  private final Map<String, String> variables;
  private final List<String> faults = new ArrayList<>();

  SettingReader(Map<String, String> variables) {
    this.variables = variables;
  }

  /** All faults so far, one sentence each. */
  List<String> faults() {
    return faults;
  }

  /** Adds a fault, one sentence. */
  void fault(String sentence) {
    faults.add(sentence);
  }

  /** The value or its default; empty when there is neither. */
  Optional<String> text(SettingKey setting) {
    String value = variables.getOrDefault(setting.name(), "").strip();
    return Optional.of(value.isEmpty() ? setting.defaultValue() : value)
        .filter(text -> !text.isEmpty());
  }

  /** An API key: printable, without blanks, because it becomes part of a header. */
  Optional<Secret> secret(SettingKey setting) {
    return text(setting).filter(value -> isKey(setting, value)).map(Secret::of);
  }

  /** API keys separated by commas. */
  List<Secret> secrets(SettingKey setting, int most) {
    List<Secret> keys =
        text(setting).stream()
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .map(String::strip)
            .filter(key -> !key.isEmpty() && isKey(setting, key))
            .map(Secret::of)
            .toList();
    if (keys.size() > most) {
      faults.add(
          "%s has %d keys but may have at most %d.".formatted(setting.name(), keys.size(), most));
    }
    if (keys.isEmpty() && text(setting).isPresent()) {
      // Only commas: this must not open the service when the operator meant to set keys.
      faults.add(setting.name() + " has no key: leave it empty to accept any key.");
    }
    return keys;
  }

  private boolean isKey(SettingKey setting, String value) {
    boolean sound = value.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (!sound) {
      faults.add(
          setting.name()
              + " has blanks or characters that are not allowed in keys: copy the key again.");
    }
    return sound;
  }

  /** Reads with the given parser; an invalid value is a fault and counts as the default. */
  <T> T value(SettingKey setting, Function<String, Optional<T>> parser) {
    String text = text(setting).orElse("");
    return parser
        .apply(text)
        .orElseGet(
            () -> {
              refuse(setting, text);
              return parser.apply(setting.defaultValue()).orElseThrow();
            });
  }

  int number(SettingKey setting, int min, int max) {
    return value(
        setting,
        text -> {
          OptionalInt number = parseInt(text);
          return number.isPresent() && number.getAsInt() >= min && number.getAsInt() <= max
              ? Optional.of(number.getAsInt())
              : Optional.empty();
        });
  }

  boolean onOff(SettingKey setting) {
    return value(
        setting,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "on", "true", "yes", "1" -> Optional.of(true);
              case "off", "false", "no", "0" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  Optional<URI> address(SettingKey setting) {
    return optional(setting, SettingReader::parseAddress);
  }

  /** Reads a setting without a default; an invalid value is a fault and counts as missing. */
  <T> Optional<T> optional(SettingKey setting, Function<String, Optional<T>> parser) {
    return text(setting)
        .flatMap(
            text -> {
              Optional<T> value = parser.apply(text);
              if (value.isEmpty()) {
                refuse(setting, text);
              }
              return value;
            });
  }

  private void refuse(SettingKey setting, String text) {
    faults.add(
        setting.isSecret()
            ? "%s cannot be read: it must be %s.".formatted(setting.name(), setting.allowed())
            : "%s is \"%s\" but must be %s."
                .formatted(setting.name(), ShownSetting.of(text), setting.allowed()));
  }

  private static OptionalInt parseInt(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException notANumber) {
      return OptionalInt.empty();
    }
  }

  private static Optional<URI> parseAddress(String text) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme());
      boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
      return http && address.getHost() != null ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }
}
