package framewise.vision.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SchemasAreCheckedBeforeTheyAreUsedTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':'object','properties':{'n':{'type':'integer'}},'required':['n']}",
        "{'$schema':'http://json-schema.org/draft-07/schema#','type':'array','items':{}}",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'string'}",
        "{'$defs':{'p':{'type':'object','properties':{'next':{'$ref':'#/$defs/p'}}}},'$ref':'#/$defs/p'}",
        "{'properties':{'a':{'type':'string','pattern':'^[A-Z]{2} \\\\p{Letter}+$'}}}",
        "{'$id':'https://example.org/mine','type':'object'}"
      })
  void validSchemas(String schema) throws Exception {
    assertThat(AnswerSchema.fault(json(schema))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"strin\"}                          | /type",
        "{\"properties\":[1]}                          | /properties",
        "{\"required\":\"a\"}                          | /required",
        "{\"properties\":{\"a\":{\"minLength\":-1}}}   | /properties/a/minLength",
        "{\"pattern\":\"([\"}                          | is not a regular expression",
        "{\"$ref\":\"#/$defs/nope\"}                   | /$defs/nope",
        "{\"$ref\":\"#\"}                              | refers to itself",
        "{\"$ref\":\"http://example.org/s.json\"}      | example.org",
        "{\"$ref\":\"file:///etc/hostname\"}           | file:",
        "{\"$ref\":\"classpath:logback.xml\"}          | classpath:",
        "{\"$schema\":\"https://example.org/own\"}     | example.org",
      })
  void invalidSchemas(String schema, String reason) throws Exception {
    assertThat(AnswerSchema.fault(JSON.readTree(schema)))
        .hasValueSatisfying(
            fault ->
                assertThat(fault)
                    .contains(reason)
                    .doesNotContain("Exception")
                    .doesNotContain("java."));
  }

  @Test
  void noFileIsRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("s.json"), "{\"type\":\"string\"}");
    JsonNode schema = JSON.createObjectNode().put("$ref", file.toUri().toString());
    assertThat(AnswerSchema.fault(schema)).isPresent();
    assertThatThrownBy(() -> new AnswerSchema(schema).check("\"a\""))
        .isInstanceOf(BadSchemaException.class);
  }

  @Test
  void backtrackingPatternsTimeOut() throws Exception {
    var schema = new AnswerSchema(json("{'type':'string','pattern':'^(.*a){20}$'}"));
    String answer = JSON.writeValueAsString("a".repeat(40) + "!");
    assertThatThrownBy(() -> schema.check(answer))
        .isInstanceOf(BadSchemaException.class)
        .hasMessageContaining("takes too long");
    // Further checks work: quick results are still returned.
    assertThat(schema.check(JSON.writeValueAsString("b")).fits()).isFalse();
  }

  @Test
  void patternsOnLongTextsTimeOut() throws Exception {
    var schema = new AnswerSchema(json("{'type':'string','pattern':'^(a|b)*$'}"));
    String answer = JSON.writeValueAsString("ab".repeat(100_000));
    assertThatThrownBy(() -> schema.check(answer)).isInstanceOf(BadSchemaException.class);
  }

  @Test
  void answersAreValidated() throws Exception {
    var schema =
        new AnswerSchema(
            json("{'type':'object','properties':{'n':{'type':'integer'}},'required':['n']}"));
    assertThat(schema.check("```json\n{\"n\": 3}\n```"))
        .isEqualTo(new AnswerSchema.SchemaCheck("{\"n\":3}", ""));
    assertThat(schema.check("{\"n\":\"three\"}").fault()).contains("/n");
    assertThat(schema.check("{}").fault()).contains("'n'");
    assertThat(schema.check("three").fault()).isEqualTo("it is not JSON");
  }

  private static JsonNode json(String quotedOnce) throws Exception {
    return JSON.readTree(quotedOnce.replace('\'', '"'));
  }
}
