package framewise.server.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.settings.SkipUnchanged;
import framewise.engine.settings.StreamSettings;
import framewise.media.Sampling;
import framewise.server.http.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeRequestTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String ALL =
      "{'prompt':'a','system':'s','backend':'builtin','model':'m','output_schema':{},'max_output_tokens':9,'reasoning':'low','language':'German','fps':30,'sampling_ratio':0.5,'clip_length_seconds':2,'delay_seconds':3,'skip_unchanged':0.2,'refresh_seconds':9,'fallback':['gemini'],'budget':5}";

  @Test
  void missingFieldsStayUnchanged() throws Exception {
    assertThat(changed(ALL, "{}")).isEqualTo(started(ALL));
    assertThat(changed(ALL, "{'fps':10}").sampling()).isEqualTo(new Sampling(10, 0.5, 2, 3));
  }

  @Test
  void nullRestoresTheDefault() throws Exception {
    assertThat(changed(ALL, "{'fps':null}").sampling()).isEqualTo(new Sampling(1, 0.5, 2, 3));
    assertThat(
            changed(
                    ALL,
                    "{'fps':null,'sampling_ratio':null,'clip_length_seconds':null,'delay_seconds':null}")
                .sampling())
        .isEqualTo(Sampling.DEFAULT);
    assertThat(changed(ALL, "{'refresh_seconds':null}").skipUnchanged())
        .contains(new SkipUnchanged(0.2, 60));
    assertThat(
            changed(
                ALL,
                "{'system':null,'backend':null,'model':null,'output_schema':null,'max_output_tokens':null,'reasoning':null,'language':null,'fps':null,'sampling_ratio':null,'clip_length_seconds':null,'delay_seconds':null,'skip_unchanged':null,'refresh_seconds':null,'fallback':null,'budget':null}"))
        .isEqualTo(started("{'prompt':'a'}"));
    assertThat(changed(ALL, "{'prompts':null}")).isEqualTo(started(ALL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'prompt':null}|prompt|prompt is null but must be a string: a session needs a prompt",
        "{'pace':null}|pace|pace cannot be changed while it runs",
        "{'loop':false}|loop|loop cannot be changed while it runs",
        "{'skip_unchanged':'yes'}|skip_unchanged|skip_unchanged is \"yes\" but must be from 0 to 1, true or false",
        "{'reasoning':'some'}|reasoning|reasoning is \"some\" but must be off, low, medium or high",
        "{'language':'<b>'}|language|language is \"<b>\" but must be the name of a language or its BCP 47 tag, such as German or pt-BR",
        "{'language':'German, and say as well which colours'}|language|language has 37 characters but must have at most 35",
        "{'language':7}|language|language is 7 but must be a string",
        "{'skip_unchanged':2}|skip_unchanged|skip_unchanged is 2.0 but must be from 0 to 1, true or false",
      })
  void invalidFieldsAreNamed(String patch, String field, String words) {
    assertRefused(ALL, patch, field, words);
  }

  @Test
  void severalPromptsCannotBecomeNull() {
    String several = "{'prompts':[{'name':'a','prompt':'A'},{'name':'b','prompt':'B'}]}";
    assertRefused(
        several,
        "{'prompts':null}",
        "prompts",
        "prompts is null but must be a list of objects: a session needs a prompt");
    assertRefused(several, "{'prompt':null}", "prompt", "prompt is null but");
  }

  @Test
  void onePromptCanReplaceSeveral() throws Exception {
    String several =
        "{'prompts':[{'name':'a','prompt':'A'},{'name':'b','prompt':'B'}],'fps':30,'budget':5}";
    assertThat(changed(several, "{'prompts':null,'prompt':'c'}"))
        .isEqualTo(started("{'prompt':'c','fps':30,'budget':5}"));
  }

  private static void assertRefused(String before, String patch, String field, String words) {
    assertThatThrownBy(() -> changed(before, patch))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().errors())
                    .singleElement()
                    .satisfies(
                        error -> {
                          assertThat(error.field()).isEqualTo(field);
                          assertThat(error.message()).contains(words);
                        }));
  }

  private static StreamSettings changed(String before, String patch) throws Exception {
    return ChangeRequest.read(fields(patch)).applyTo(started(before));
  }

  private static StreamSettings started(String json) throws Exception {
    return StartRequest.read(fields(json));
  }

  private static Fields fields(String json) throws Exception {
    return Fields.of((ObjectNode) JSON.readTree(json.replace('\'', '"')));
  }
}
