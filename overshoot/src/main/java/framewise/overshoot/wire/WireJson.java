package framewise.overshoot.wire;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * The JSON mapper of the wire format. It writes exactly the documented fields; it reads additional
 * ones, and missing optional ones as empty.
 */
public final class WireJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private WireJson() {}

  /**
   * Reads and writes every type of this package. Shared and thread-safe: to change a setting, such
   * as refusing unknown fields, make a copy with {@code rebuild()}.
   */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
