package framewise.vision.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.AnswerException;
import framewise.vision.Question;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaIsFilledOrRefusedTest {
  private static final BuiltinBackend BACKEND = new BuiltinBackend();
  private static final ObjectMapper JSON = new ObjectMapper();

  static boolean present() {
    return SampleClip.present();
  }

  @Test
  void textCountsAndPresence() throws Exception {
    JsonNode answer =
        ask(
            Sign.of("EXIT 42", "LEVEL 3").frame(),
            """
            {"type":"object","additionalProperties":false,
             "required":["visible_text","person_present","carCount","lines","description"],
             "properties":{
               "visible_text":{"type":"string"},
               "person_present":{"type":"boolean"},
               "has_text":{"type":"boolean"},
               "carCount":{"type":"integer","minimum":0},
               "lines":{"type":"array","items":{"type":"string"},"description":"the lines of text"},
               "description":{"type":"string"}}}
            """);
    assertThat(answer.get("visible_text").textValue()).isEqualTo("EXIT 42\nLEVEL 3");
    assertThat(answer.get("person_present").booleanValue()).isFalse();
    assertThat(answer.get("has_text").booleanValue()).isTrue();
    assertThat(answer.get("carCount").intValue()).isZero();
    assertThat(answer.get("lines"))
        .extracting(JsonNode::textValue)
        .containsExactly("EXIT 42", "LEVEL 3");
    assertThat(answer.get("description").textValue()).contains("EXIT 42");
  }

  @Test
  @EnabledIf("present")
  void labelsAndBoxes() throws Exception {
    JsonNode answer =
        ask(
            SampleClip.frame("bottle-detection.mp4", 25),
            """
            {"type":"object","required":["objects","bottles"],
             "properties":{
               "bottles":{"type":"integer"},
               "objects":{"type":"array","items":{"$ref":"#/$defs/thing"}}},
             "$defs":{"thing":{"type":"object","required":["label","box","confidence"],
               "properties":{"label":{"type":"string"},"confidence":{"type":"number"},
                 "box":{"type":"array","items":{"type":"integer"},"minItems":4,"maxItems":4}}}}}
            """);
    assertThat(answer.get("bottles").intValue()).isEqualTo(2);
    assertThat(answer.get("objects")).hasSize(2);
    assertThat(answer.get("objects").get(0).get("label").textValue()).isEqualTo("bottle");
    assertThat(answer.get("objects").get(0).get("box").get(0).intValue()).isBetween(280, 300);
  }

  @Test
  void whetherSomethingIsAsClaimedIsDecidedByItsNumber() throws Exception {
    JsonNode answer =
        ask(
            Sign.of("EXIT 42").frame(),
            """
            {"type":"object","required":["room_empty","roomOccupied","more_than_2_people"],
             "properties":{
               "room_empty":{"type":"boolean"},
               "roomOccupied":{"type":"boolean"},
               "more_than_2_people":{"type":"boolean"},
               "answer":{"enum":["Yes","No"],"type":"string",
                         "description":"Are there fewer than 3 cars?"}}}
            """);
    assertThat(answer.get("room_empty").booleanValue()).isTrue();
    assertThat(answer.get("roomOccupied").booleanValue()).isFalse();
    assertThat(answer.get("more_than_2_people").booleanValue()).isFalse();
    assertThat(answer.get("answer").textValue()).isEqualTo("Yes");
  }

  @Test
  void noCountDecidesWhetherAPlaceIsFull() {
    assertThatThrownBy(
            () ->
                ask(
                    Sign.of("EXIT 42").frame(),
                    """
                    {"type":"object","required":["parking_full"],
                     "properties":{"parking_full":{"type":"boolean"}}}
                    """))
        .isInstanceOf(AnswerException.class)
        .hasMessageContaining("parking_full");
  }

  @Test
  void optionalPropertiesCanBeOmitted() throws Exception {
    JsonNode answer =
        ask(
            Sign.of("EXIT 42").frame(),
            """
            {"type":"object","required":["text"],
             "properties":{"text":{"type":"string"},"mood":{"type":"string"}}}
            """);
    assertThat(answer.properties()).extracting(Map.Entry::getKey).containsExactly("text");
  }

  @Test
  void genericNamesFollowThePrompt() throws Exception {
    JsonNode answer =
        ask(
            Sign.of().frame(),
            """
            {"type":"object","required":["count"],"properties":{"count":{"type":"integer"}}}
            """);
    assertThat(answer.get("count").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','required':['mood'],'properties':{'mood':{'type':'string'}}}",
        "{'type':'object','required':['women_count'],'properties':{'women_count':{'type':'integer'}}}",
        "{'type':'object','required':['is_person_running'],"
            + "'properties':{'is_person_running':{'type':'boolean'}}}",
        "{'type':'object','required':['motion'],'properties':{'motion':{'type':'boolean'}}}",
        "{'type':'object','required':['text'],'properties':{'text':{'enum':['a','b'],'type':'string'}}}",
        "{'type':'object','required':['cars'],'properties':{'cars':{'type':'integer','minimum':3}}}",
        "{'type':'object','required':['text'],'properties':{'text':{'type':'string','pattern':'(a+)+$'}}}",
        "{'type':'object','required':['text'],'properties':{'text':{'$ref':'http://127.0.0.1/x.json'}}}",
        "{'type':'object','required':['text'],"
            + "'properties':{'text':{'$ref':'#/properties/text'}}}",
        "{'type':'object'}",
        "{'type':'null'}",
        "{}",
        "[]"
      })
  void unfillableSchemasAreRefused(String schema) {
    assertThatThrownBy(() -> ask(Sign.of("EXIT 42").frame(), schema.replace('\'', '"')))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).isEqualTo("schema_unsupported"));
  }

  @Test
  void theRefusalNamesTheProperty() {
    assertThatThrownBy(
            () ->
                ask(
                    Sign.of("EXIT 42").frame(),
                    "{\"type\":\"object\",\"required\":[\"mood\"],"
                        + "\"properties\":{\"mood\":{\"type\":\"string\"}}}"))
        .hasMessageContaining("mood");
  }

  @Test
  void anEndlessSchemaIsRefused() {
    String schema = "{\"properties\":{\"a\":".repeat(50) + "{}" + "}}".repeat(50);
    assertThatThrownBy(() -> ask(Sign.of("EXIT 42").frame(), schema))
        .isInstanceOf(AnswerException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void jsonIsNeverCut() {
    assertThatThrownBy(
            () ->
                ask(
                    Sign.of("EXIT 42").frame(),
                    "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}",
                    OptionalInt.of(2)))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).isEqualTo("too_long"));
  }

  private static JsonNode ask(Frame frame, String schema) throws Exception {
    return ask(frame, schema, OptionalInt.empty());
  }

  private static JsonNode ask(Frame frame, String schema, OptionalInt maxTokens) throws Exception {
    try (Clip clip = new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(1), List.of(frame))) {
      Question question = Question.of("Count the people").withOutputSchema(JSON.readTree(schema));
      Question limited =
          maxTokens.isPresent() ? question.withMaxOutputTokens(maxTokens.getAsInt()) : question;
      return JSON.readTree(BACKEND.ask(clip, limited).text());
    }
  }
}
