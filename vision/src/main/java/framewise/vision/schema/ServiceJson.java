package framewise.vision.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that services and models wrote. A tree takes many times the memory of its text, so it
 * is limited in depth and number of tokens: names, values, brackets.
 */
public final class ServiceJson {
  public static final int MAX_TOKENS = 100_000;
  public static final int DEEPEST = 200;

  public static final JsonMapper MAPPER = builder().build();

  private ServiceJson() {}

  /** A mapper's builder with these limits. */
  public static JsonMapper.Builder builder() {
    return JsonMapper.builder(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build());
  }
}
