package framewise.overshoot.wire;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * The JSON of the wire. What is written has exactly the documented fields; what is read may have
 * more, and what is missing where it may be missing is empty.
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
   * Reads and writes every type of this package. It is shared and thread-safe: whoever wants
   * another setting, such as refusing unknown fields, takes a copy by {@code rebuild()}.
   */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
