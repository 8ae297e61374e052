package framewise.server.service;

import framewise.server.config.Provider;
import framewise.server.config.Settings;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.UnavailableBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which back ends there are, in the order in which they are preferred. */
public final class AllBackends {
  /** True of this version; a person who sets the key all the same must not be led astray. */
  private static final String NOT_YET =
      "; but this version cannot use this service yet. The back end builtin answers now, and needs"
          + " no key.";

  private AllBackends() {}

  /**
   * The services that need a key, which say what they miss, then those that need none.
   *
   * @param builtin what answers in this process
   */
  public static Backends of(Settings settings, Backend builtin) {
    List<Backend> preferred = new ArrayList<>();
    boolean overshootKey =
        settings.providers().stream()
            .anyMatch(
                provider -> provider.name().equals("overshoot") && provider.key().isPresent());
    for (Provider provider : settings.providers()) {
      preferred.add(new UnavailableBackend(provider.name(), missing(provider, overshootKey)));
    }
    preferred.add(builtin);
    return new Backends(preferred);
  }

  private static String missing(Provider provider, boolean overshootKey) {
    String key = provider.name().toUpperCase(Locale.ROOT) + "_API_KEY";
    boolean local = provider.name().equals("local");
    if (provider.key().isPresent()) {
      return key + " is set" + NOT_YET;
    }
    if (local) {
      return provider.baseUrl().isPresent()
          ? "LOCAL_BASE_URL is set" + NOT_YET
          : "LOCAL_BASE_URL must be provided" + NOT_YET;
    }
    if (provider.name().equals("overshoot")) {
      return "OVERSHOOT_API_KEY must be provided" + NOT_YET;
    }
    return overshootKey
        ? "OVERSHOOT_API_KEY is set" + NOT_YET
        : "OVERSHOOT_API_KEY must be provided, or " + key + NOT_YET;
  }
}
