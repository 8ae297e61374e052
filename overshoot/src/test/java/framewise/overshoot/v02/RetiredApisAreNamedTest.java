package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.overshoot.OvershootException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetiredApisAreNamedTest extends StubTest {

  static Stream<StubReply> answersOfAServerWithoutThisApi() {
    return Stream.of(
        StubReply.html(404),
        StubReply.empty(404),
        StubReply.json(404, "{\"detail\":\"Not Found\"}"),
        StubReply.json(404, "[]"),
        StubReply.html(410),
        StubReply.json(410, "{\"error\":\"gone\",\"message\":\"v0.2 was withdrawn\"}"));
  }

  @ParameterizedTest
  @MethodSource("answersOfAServerWithoutThisApi")
  void itsSuccessorIsNamed(StubReply reply) {
    stub.always(StubService.CREATE, reply);
    assertThatThrownBy(this::open)
        .isInstanceOf(OvershootException.ApiRetired.class)
        .message()
        .startsWith("Failed to connect to Overshoot.ai")
        .contains("v1beta")
        .contains("OVERSHOOT_API_URL");
  }

  @Test
  void aRegularNotFoundIsNotRetired() {
    stub.always(
        StubService.CREATE,
        StubReply.json(404, "{\"error\":\"not_found\",\"message\":\"No model m\"}"));
    assertThatThrownBy(this::open)
        .isInstanceOf(OvershootException.NotFound.class)
        .hasMessageContaining("No model m");
  }

  @Test
  void status410MeansRetired() {
    stub.always(StubService.MODELS, StubReply.html(410));
    assertThatThrownBy(() -> client.models()).isInstanceOf(OvershootException.ApiRetired.class);
    stub.refuseUpgrades(410);
    open();
    assertThat(heard.ends)
        .satisfies(
            ends ->
                assertThat(heard.end())
                    .isInstanceOfSatisfying(
                        V02StreamEnd.Failed.class,
                        end ->
                            assertThat(end.error())
                                .isInstanceOf(OvershootException.ApiRetired.class)));
  }
}
