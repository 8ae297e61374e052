package framewise.vision.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import framewise.vision.AnswerException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shape that an answer must have. Fetches nothing. */
final class AnswerSchema {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Models like to wrap JSON for people to read. */
  private static final Pattern FENCED =
      Pattern.compile("\\A```[a-z]*\\s*(.*?)\\s*```\\z", Pattern.DOTALL);

  private final Schema schema;

  /**
   * What came of a check.
   *
   * @param text the JSON text of an answer that fits
   * @param fault why it does not; empty where it does
   */
  record Check(String text, String fault) {
    boolean fits() {
      return fault.isEmpty();
    }
  }

  /**
   * @throws AnswerException {@code schema_unsupported} when it is no JSON Schema
   */
  AnswerSchema(JsonNode asked) throws AnswerException {
    try {
      this.schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(asked);
    } catch (SchemaException e) {
      throw new AnswerException(
          "schema_unsupported", "The schema is not a JSON Schema: " + e.getMessage());
    }
  }

  Check check(String answer) throws AnswerException {
    Matcher fenced = FENCED.matcher(answer.strip());
    String text = fenced.matches() ? fenced.group(1) : answer.strip();
    try {
      JsonNode json = JSON.readTree(text);
      List<Error> errors = schema.validate(json);
      return errors.isEmpty()
          ? new Check(json.toString(), "")
          : new Check(
              "",
              (errors.getFirst().getInstanceLocation() + " " + errors.getFirst().getMessage())
                  .strip());
    } catch (JsonProcessingException noJson) {
      return new Check("", "it is no JSON");
    } catch (SchemaException e) {
      throw new AnswerException(
          "schema_unsupported", "The schema cannot be used: " + e.getMessage());
    }
  }
}
