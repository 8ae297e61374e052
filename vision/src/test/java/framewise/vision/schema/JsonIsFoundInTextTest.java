package framewise.vision.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonIsFoundInTextTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String COUNT =
      "{'type':'object','properties':{'count':{'type':'integer'}},'required':['count']}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'count': 2}",
        "\uFEFF {'count': 2}\n",
        "Sure! {'count': 2}",
        "{'count': 2} Let me know if you need more.",
        "Sure:\n\n{'count': 2}\n\nThat is [see above] all, {name}.",
        "```json\n{'count': 2}\n```",
        "```JSON\n{'count': 2}\n```",
        "```Json {'count': 2} ```",
        "```\n{'count': 2}\n```",
        "~~~json\n{'count': 2}\n~~~",
        "Here it is:\n```JSON\n{'count': 2}\n```\nTwo people.",
        "Here it is:\n```json\n{'count': 2}",
        "{'count': 2}\n\n{'count': 2}",
        "```json\n{'count': 2}\n```\nor {'count':2}",
        "By the schema {'type':'object','properties':{'count':{'type':'integer'}},'required':['count']}: {'count': 2}",
        "I see 2 [1] at [10, 20]: {'count': 2}",
        "[note] {'count': 2}",
      })
  void anObject(String text) throws Exception {
    assertThat(check(COUNT, text)).isEqualTo(new AnswerSchema.SchemaCheck("{\"count\":2}", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'count': 2} … Corrected: {'count': 3}",
        "{'count': 2}{'count': 3}",
        "```json\n{'count': 2}\n```\n```json\n{'count': 3}\n```",
        "{'count': 2} {'count': 'two'}",
      })
  void twoDifferentObjectsAreRetried(String text) throws Exception {
    assertThat(check(COUNT, text).fault()).contains("2 different JSON values");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'count': 2",
        "{'items': [{'count': 2}",
        "{'inner': {'count': 2}, 'count': 3",
        "{'inner': {'count': 2}, oops}",
        "{'count': 2,}",
        "{'count': 2, 'count': 3}",
        "[{'count': 2}, oops]",
        "{'count': 2} and {'count': ",
      })
  void brokenJsonIsIgnored(String text) throws Exception {
    assertThat(check(COUNT, text).fault()).contains("broken or cut off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'boolean'}        | false alarms aside, there is a fire",
        "{'type':'boolean'}        | True.",
        "{'type':'boolean'}        | It is true",
        "{'type':'integer'}        | 3 or 4 people",
        "{'type':'integer'}        | 3 4",
        "{'type':'integer'}        | 3.",
        "{'type':'integer'}        | The answer is 3",
        "{'type':'number'}         | 3.5 metres",
        "{'type':'string'}         | a red car",
        "{'type':'string'}         | 'a' or 'b'",
        "{'type':'null'}           | null, nothing",
        "{'enum':['red','blue']}   | red",
        "{'enum':['red','blue']}   | 'red' I would say",
        "{'enum':[1,2]}            | 1 of them",
        "{'const':5}               | 5 of them",
        "{'type':['integer','null']} | null values are there",
        "{'type':'array'}          | There are 2",
        COUNT + "                  | two",
      })
  void valuesInSentencesAreIgnored(String schema, String text) throws Exception {
    assertThat(check(schema, text).fault()).isEqualTo("it is not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'boolean'}        | true                               | true",
        "{'type':'boolean'}        | ```json\\nfalse\\n```              | false",
        "{'type':'integer'}        | ```3```                            | 3",
        "{'type':'integer'}        | Counted:\\n```JSON\\n3\\n```\\nOK  | 3",
        "{'type':'string'}         | 'a red car'                        | 'a red car'",
        "{'enum':['red','blue']}   | ```\\n'red'\\n```                  | 'red'",
        "{'type':'array'}          | Here: [1, 2]!                      | [1,2]",
        "{'type':'array'}          | ```json\\n[{'a':1}]\\n```          | [{'a':1}]",
        "{'type':['object','null']} | null                              | null",
        "{'anyOf':[{'type':'integer'},{'type':'object'}]} | so: {'a':1} | {'a':1}",
        "{}                        | so: {'a':'}{'}                     | {'a':'}{'}",
      })
  void everyKindOfValue(String schema, String text, String value) throws Exception {
    AnswerSchema.SchemaCheck check = check(schema, text.replace("\\n", "\n"));
    assertThat(check.fault()).isEmpty();
    assertThat(JSON.readTree(check.text())).isEqualTo(json(value));
  }

  @Test
  void anObjectInAStringIsRead() throws Exception {
    assertThat(new AnswerSchema(json(COUNT)).check("\"{\\\"count\\\": 2}\"").text())
        .isEqualTo("{\"count\":2}");
    assertThat(new AnswerSchema(json("{'type':'string'}")).check("\"{}\"").text())
        .isEqualTo("\"{}\"");
  }

  @Test
  void twoFencedNumbersAreRetried() throws Exception {
    assertThat(check("{'type':'integer'}", "```\n3\n``` or ```\n4\n```").fits()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[", "{'a", "[1,", "[1 x] ", "{'a':{", "```", "{x} "})
  void endlessTextIsGivenUp(String nonsense) throws Exception {
    assertThat(check(COUNT, nonsense.repeat(1_000_000)).fits()).isFalse();
  }

  private static AnswerSchema.SchemaCheck check(String schema, String text) throws Exception {
    return new AnswerSchema(json(schema)).check(text.replace('\'', '"'));
  }

  private static JsonNode json(String quotedOnce) throws Exception {
    return JSON.readTree(quotedOnce.replace('\'', '"'));
  }
}
