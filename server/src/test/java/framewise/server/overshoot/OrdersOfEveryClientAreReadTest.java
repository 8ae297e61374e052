package framewise.server.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal.FieldError;
import framewise.engine.RefusedException;
import framewise.media.Sampling;
import framewise.overshoot.wire.Mode;
import framewise.server.http.Fields;
import framewise.server.http.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as clients of all generations send them, and invalid ones. */
class OrdersOfEveryClientAreReadTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // the first JavaScript client, with a camera that reports a float
        "{'fps':29.97,'sampling_ratio':0.1,'clip_length_seconds':1,'delay_seconds':1}|30|0.1|1|1|3",
        // the original README: 0.01 frames a clip, which becomes one
        "{'fps':1.0,'sampling_ratio':0.1,'clip_length_seconds':0.1,'delay_seconds':1.0}|1|0.1|0.1|1|1",
        // Chromium's fake camera: fewer than three frames, which are allowed with fps and
        // sampling_ratio
        "{'fps':20,'sampling_ratio':0.1,'clip_length_seconds':1,'delay_seconds':1}|20|0.1|1|1|2",
        "{'fps':30,'sampling_ratio':0.05,'clip_length_seconds':1,'delay_seconds':1}|30|0.05|1|1|2",
        "{'fps':0.5,'sampling_ratio':1,'clip_length_seconds':4,'delay_seconds':4}|0.5|1|4|4|2",
        // more than thirty results a second, and longer than any of this service's limits
        "{'fps':30,'sampling_ratio':0.8,'clip_length_seconds':0.5,'delay_seconds':0.2}|30|0.8|0.5|0.2|12",
        "{'fps':1000,'sampling_ratio':1,'clip_length_seconds':0.1,'delay_seconds':0.001}|120|1|0.1|0.05|12",
        "{'fps':30,'sampling_ratio':1,'clip_length_seconds':1,'delay_seconds':1e9}|30|1|1|3600|30",
        // only one of fps and sampling_ratio, and neither
        "{'fps':30,'clip_length_seconds':1,'delay_seconds':1}|30|0.1|1|1|3",
        "{'sampling_ratio':0.5,'clip_length_seconds':1,'delay_seconds':1}|30|0.5|1|1|15",
        "{'clip_length_seconds':0.5,'delay_seconds':0.5}|6|1|0.5|0.5|3",
        // the later clients
        "{'target_fps':6,'clip_length_seconds':0.5,'delay_seconds':0.5}|6|1|0.5|0.5|3",
        "{'target_fps':6.0,'clip_length_seconds':0.5,'delay_seconds':0.5,'fps':null}|6|1|0.5|0.5|3",
        "{'target_fps':30,'clip_length_seconds':0.1,'delay_seconds':0.1,'future':7}|30|1|0.1|0.1|3",
      })
  void clips(
      String processing, double fps, double ratio, double length, double delay, int framesPerClip) {
    StreamOrder order = read(processing, "");
    assertThat(order.samplingRequest().mode()).isEqualTo(Mode.CLIP);
    assertThat(order.samplingRequest().sampling())
        .isEqualTo(new Sampling(fps, ratio, length, delay));
    assertThat(order.samplingRequest().sampling().framesPerClip()).isEqualTo(framesPerClip);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'interval_seconds':0.5}||0.5",
        "{'interval_seconds':0.5}|'mode':'frame',|0.5",
        "{'interval_seconds':0.5}|'mode':null,|0.5",
        "{'interval_seconds':60,'clip_length_seconds':7}|'mode':'frame',|60",
        "{'interval_seconds':0.01}||0.05",
      })
  void frames(String processing, String mode, double delay) {
    StreamOrder order = read(processing, mode == null ? "" : mode);
    assertThat(order.samplingRequest().mode()).isEqualTo(Mode.FRAME);
    assertThat(order.samplingRequest().sampling().framesPerClip()).isEqualTo(1);
    assertThat(order.samplingRequest().sampling().delaySeconds()).isEqualTo(delay);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'clip_length_seconds':1,'delay_seconds':0}||processing.delay_seconds",
        "{'clip_length_seconds':1,'delay_seconds':-1}||processing.delay_seconds",
        "{'clip_length_seconds':1}||processing.delay_seconds",
        "{'delay_seconds':1}||processing.clip_length_seconds",
        "{'clip_length_seconds':0.05,'delay_seconds':1}||processing.clip_length_seconds",
        "{'clip_length_seconds':61,'delay_seconds':1}||processing.clip_length_seconds",
        "{'clip_length_seconds':'1','delay_seconds':1}||processing.clip_length_seconds",
        "{'fps':0,'clip_length_seconds':1,'delay_seconds':1}||processing.fps",
        "{'sampling_ratio':0,'clip_length_seconds':1,'delay_seconds':1}||processing.sampling_ratio",
        "{'sampling_ratio':1.1,'clip_length_seconds':1,'delay_seconds':1}||processing.sampling_ratio",
        "{'target_fps':6,'fps':30,'clip_length_seconds':1,'delay_seconds':1}||processing.target_fps",
        "{'target_fps':6,'sampling_ratio':1,'clip_length_seconds':1,'delay_seconds':1}||processing.target_fps",
        "{'target_fps':6,'clip_length_seconds':0.4,'delay_seconds':1}||processing.target_fps",
        "{'target_fps':31,'clip_length_seconds':1,'delay_seconds':1}||processing.target_fps",
        "{'target_fps':6.5,'clip_length_seconds':1,'delay_seconds':1}||processing.target_fps",
        "{'interval_seconds':0}||processing.interval_seconds",
        "{'interval_seconds':61}||processing.interval_seconds",
        "{'interval_seconds':1}|'mode':'clip',|processing.clip_length_seconds",
        "{'clip_length_seconds':1,'delay_seconds':1}|'mode':'frame',|processing.interval_seconds",
        "{'interval_seconds':1}|'mode':'video',|mode",
        "[]||processing",
        "null||processing",
      })
  void invalidProcessingIsNamed(String processing, String mode, String field) {
    assertThat(faults(processing, mode == null ? "" : mode, "{'prompt':'a'}")).contains(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'prompt':''}|inference.prompt",
        "{'prompt':'  '}|inference.prompt",
        "{'prompt':7}|inference.prompt",
        "{}|inference.prompt",
        "null|inference",
        "{'prompt':'a','max_output_tokens':0}|inference.max_output_tokens",
        "{'prompt':'a','max_output_tokens':65}|inference.max_output_tokens",
        "{'prompt':'a','max_output_tokens':1.5}|inference.max_output_tokens",
        "{'prompt':'a','output_schema_json':7}|inference.output_schema_json",
        "{'prompt':'a','output_schema_json':'no JSON'}|inference.output_schema_json",
        "{'prompt':'a','output_schema_json':{'type':'strin'}}|inference.output_schema_json",
        "{'prompt':'a','output_schema_json':'{\\\"type\\\":\\\"strin\\\"}'}|inference.output_schema_json",
        "{'prompt':'a','model':7}|inference.model",
      })
  void invalidInferenceIsNamed(String inference, String field) {
    assertThat(faults("{'interval_seconds':0.5}", "", inference)).containsExactly(field);
  }

  @Test
  void allErrorsAreReportedTogether() {
    assertThat(
            faults(
                "{'fps':0,'clip_length_seconds':0,'delay_seconds':0}",
                "",
                "{'max_output_tokens':0}"))
        .contains(
            "processing.fps",
            "processing.clip_length_seconds",
            "processing.delay_seconds",
            "inference.prompt",
            "inference.max_output_tokens");
  }

  @Test
  void answersHave128TokensPerSecond() {
    assertThat(tokens("0.2", "")).isEqualTo(25);
    assertThat(tokens("0.5", "")).isEqualTo(64);
    assertThat(tokens("5", "")).isEqualTo(640);
    assertThat(tokens("0.001", "")).isEqualTo(1);
    assertThat(tokens("0.5", ",'max_output_tokens':64")).isEqualTo(64);
    assertThat(tokens("0.5", ",'max_output_tokens':10.0")).isEqualTo(10);
  }

  @Test
  void otherFields() {
    StreamOrder order =
        read(
            "{'interval_seconds':1}",
            "'client':{'request_id':'r-1'},'new':{},",
            "{'prompt':'a','model':' m ','backend':'gemini','output_schema_json':'{\\\"type\\\":\\\"object\\\"}'}");
    assertThat(order.offer()).isEqualTo("v=0");
    assertThat(order.prompt().text()).isEqualTo("a");
    assertThat(order.model()).contains("m");
    assertThat(order.backend()).isEqualTo("gemini");
    assertThat(order.outputSchema().orElseThrow().toString()).isEqualTo("{\"type\":\"object\"}");
    assertThat(order.requestId()).contains("r-1");
    assertThat(read("{'interval_seconds':1}", "").model()).isEmpty();
    assertThat(read("{'interval_seconds':1}", "").backend()).isEqualTo("overshoot");
  }

  @Test
  void anOfferInTheSource() {
    StreamOrder order =
        StreamOrder.read(
            fields(
                "{'source':{'type':'webrtc','sdp':'v=0'},'mode':'frame','processing':{'interval_seconds':1},'inference':{'prompt':'a'}}"));
    assertThat(order.offer()).isEqualTo("v=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'source':null,'webrtc':null}",
        "{'source':{'type':'native'}}",
        "{'source':{'type':'livekit','url':'wss://x','token':'t'}}",
        "{'processing':{'interval_seconds':0.5},'inference':{'prompt':'p','model':'m'},'mode':'frame'}"
      })
  void requestsThatNeedLiveKitAreRefused(String body) {
    var refused =
        catchThrowableOfType(ProblemException.class, () -> StreamOrder.read(fields(body)));
    assertThat(refused.problem().status()).isEqualTo(422);
    assertThat(refused.problem().code()).isEqualTo("livekit_unsupported");
    assertThat(refused).hasMessageContaining("LiveKit").hasMessageContaining("SDP offer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'webrtc':{'type':'answer','sdp':'v=0'}}",
        "{'webrtc':{'type':'offer'}}",
        "{'webrtc':{'type':'offer','sdp':7}}",
        "{'webrtc':{'type':'offer','sdp':'v=0'},'source':{'type':'webrtc','sdp':'v=0'}}"
      })
  void invalidOffersAreNamed(String body) {
    var refused =
        catchThrowableOfType(RefusedException.class, () -> StreamOrder.read(fields(body)));
    assertThat(refused.refusal().errors())
        .extracting(FieldError::field)
        .anyMatch(field -> field.startsWith("webrtc"));
  }

  private static int tokens(String interval, String asked) {
    return read(
            "{'clip_length_seconds':1,'delay_seconds':%s}".formatted(interval),
            "",
            "{'prompt':'a'%s}".formatted(asked))
        .maxOutputTokens()
        .orElseThrow();
  }

  private static List<String> faults(String processing, String more, String inference) {
    return catchThrowableOfType(RefusedException.class, () -> read(processing, more, inference))
        .refusal()
        .errors()
        .stream()
        .map(FieldError::field)
        .toList();
  }

  private static StreamOrder read(String processing, String more) {
    return read(processing, more, "{'prompt':'a'}");
  }

  private static StreamOrder read(String processing, String more, String inference) {
    return StreamOrder.read(
        fields(
            "{%s'webrtc':{'type':'offer','sdp':'v=0'},'processing':%s,'inference':%s}"
                .formatted(more, processing, inference)));
  }

  private static Fields fields(String singleQuoted) {
    try {
      return Fields.of((ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"')));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(singleQuoted, e);
    }
  }
}
