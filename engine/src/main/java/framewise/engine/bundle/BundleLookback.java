package framewise.engine.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.ShownText;
import framewise.engine.lookback.Lookback;
import framewise.engine.lookback.LookbackJson;
import framewise.engine.settings.SettingsCheck;

/** Reads look-backs that another service wrote. */
final class BundleLookback {
  private BundleLookback() {}

  /**
   * Reads a look-back.
   *
   * @throws RuntimeException when it is not a look-back, or has values that no service writes
   */
  static Lookback read(JsonNode json) {
    JsonNode run = json.path("run");
    if (!run.isInt() || run.intValue() < 1 || run.intValue() > EventLine.MAX_RUN) {
      throw new IllegalArgumentException("its run is out of range");
    }
    Lookback lookback = LookbackJson.read(json);
    SettingsCheck.require(lookback.settings());
    if (lookback.detail().filter(ShownText::hasHiddenInLines).isPresent()) {
      throw new IllegalArgumentException("its detail has invisible characters");
    }
    return lookback;
  }
}
