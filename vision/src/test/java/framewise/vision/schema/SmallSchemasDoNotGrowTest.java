package framewise.vision.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A schema of 2.8 KB, in which forty definitions each name the next one twice, exhausted the memory
 * and ended the process.
 */
@Timeout(60)
class SmallSchemasDoNotGrowTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LINKS = 40;

  @Test
  void byAnyKindOfReference() throws Exception {
    refused(chain(name -> "{'allOf':[{'$ref':'#/$defs/NEXT'},{'$ref':'#/$defs/NEXT'}]}"));
    refused(
        chain(
            name ->
                "{'properties':{'enum':{'$ref':'#/$defs/NEXT'},'$defs':{'$ref':'#/$defs/NEXT'}}}"));
    refused(
        chain(name -> "{'$anchor':'NAME','anyOf':[{'$ref':'#NEXT'},{'items':{'$ref':'#NEXT'}}]}"));
    refused(
        chain(
            name ->
                "{'$id':'https://example.org/s/NAME','if':{'$ref':'NEXT'},'then':{'$ref':'NEXT'}}"));
    refused(
        chain(
            name ->
                "{'allOf':[{'$ref':'#/%24defs/NEXT'},{'$ref':'#/$defs/NEXT'},{'$ref':'#/$defs/d0'}]}"));
  }

  @Test
  void recursiveSchemasAreFine() throws Exception {
    JsonNode tree =
        json(
            "{'$defs':{'node':{'type':'object','properties':{'left':{'$ref':'#/$defs/node'},"
                + "'right':{'$ref':'#/$defs/node'},'name':{'type':'string'}}}},"
                + "'$ref':'#/$defs/node'}");
    assertThat(AnswerSchema.fault(tree)).isEmpty();
    assertThat(new AnswerSchema(tree).check("{\"left\":{\"right\":{\"name\":\"a\"}}}").fits())
        .isTrue();
    assertThat(new AnswerSchema(tree).check("{\"left\":{\"right\":{\"name\":1}}}").fault())
        .contains("/left/right/name");
  }

  @Test
  void manyUsesOfOneDefinitionAreFine() throws Exception {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    schema.putObject("$defs").putObject("box").put("type", "integer").put("minimum", 0);
    for (int i = 0; i < 500; i++) {
      schema.withObject("/properties").putObject("box" + i).put("$ref", "#/$defs/box");
    }
    assertThat(AnswerSchema.fault(schema)).isEmpty();
    assertThat(new AnswerSchema(schema).check("{\"box7\":-1}").fault()).contains("/box7");
  }

  /** Each level doubles the work of the next. */
  @Test
  void deeplyNestedAnswersAreCheckedQuickly() throws Exception {
    var schema =
        new AnswerSchema(
            json(
                "{'$defs':{'a':{'properties':{'x':{'allOf':[{'$ref':'#/$defs/a'},{'$ref':'#/$defs/a'}]}}}},"
                    + "'$ref':'#/$defs/a'}"));
    String answer = "{\"x\":".repeat(60) + "1" + "}".repeat(60);
    assertThatThrownBy(() -> schema.check(answer))
        .isInstanceOf(BadSchemaException.class)
        .hasMessageContaining("too long");
    assertThat(schema.check("{\"x\":{\"x\":1}}").fits()).isTrue();
  }

  private static void refused(JsonNode schema) {
    assertThat(AnswerSchema.fault(schema))
        .hasValueSatisfying(fault -> assertThat(fault).contains("10,000"));
  }

  private static JsonNode chain(UnaryOperator<String> link) throws Exception {
    ObjectNode schema = JSON.createObjectNode().put("$ref", "#/$defs/d0");
    for (int i = 0; i < LINKS; i++) {
      String name = "d" + i;
      String next = "d" + (i + 1);
      String text = link.apply(name).replace("NAME", name).replace("NEXT", next);
      schema.withObject("/$defs").set(name, json(text));
    }
    schema.withObject("/$defs").set("d" + LINKS, json("{'type':'string'}"));
    return schema;
  }

  private static JsonNode json(String quotedOnce) throws Exception {
    return JSON.readTree(quotedOnce.replace('\'', '"'));
  }
}
