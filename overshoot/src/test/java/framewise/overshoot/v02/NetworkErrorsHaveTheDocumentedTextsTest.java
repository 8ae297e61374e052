package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.overshoot.OvershootException;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.Secret;
import framewise.overshoot.Timeouts;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkErrorsHaveTheDocumentedTextsTest extends StubTest {

  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofSeconds(15),
          Duration.ofSeconds(2));

  @Test
  void connectionRefused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    OvershootException error =
        failure("http://127.0.0.1:" + port + "/api/v0.2", OvershootV02::models);
    assertUnreachable(error);
    assertThat(error).hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void unknownHost() {
    OvershootException error = failure("https://nowhere.invalid/v0.2", OvershootV02::models);
    assertUnreachable(error);
    assertThat(error).hasMessageContaining("an unknown host name");
  }

  @Test
  void plaintextInsteadOfTls() {
    assertUnreachable(failure(stub.url().replace("http:", "https:"), OvershootV02::models));
  }

  @Test
  void connectionReset() {
    stub.always(StubService.MODELS, StubReply.cut());
    assertUnreachable(failure(stub.url(), OvershootV02::models));
    stub.always(StubService.MODELS, StubReply.cutInBody());
    assertUnreachable(failure(stub.url(), OvershootV02::models));
  }

  @Test
  void anOversizedBodyIsNotReadToItsEnd() {
    stub.always(
        StubService.MODELS,
        context ->
            context.contentType("application/json").result("[" + " ".repeat(5_000_000) + "]"));
    assertThat(failure(stub.url(), OvershootV02::models))
        .isInstanceOf(OvershootException.UnreadableAnswer.class)
        .hasMessageContaining("more than 4194304 bytes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void responseTimesOut(boolean inBody) {
    StubReply hang = inBody ? StubReply.hangInBody(stub.over) : StubReply.hang(stub.over);
    stub.always(StubService.CREATE, hang);
    try (OvershootV02 hasty = new OvershootV02(settings().withTimeouts(SHORT))) {
      OvershootException error =
          catchThrowableOfType(OvershootException.class, () -> hasty.open(request(), heard));
      assertThat(error).isInstanceOf(OvershootException.TimedOut.class);
      assertThat(error.retryable()).isTrue();
      assertThat(error.getMessage())
          .startsWith("Timeout connecting to Overshoot.ai")
          .contains("try again in a few seconds");
    }
  }

  @Test
  void anInterruptedCallEnds() throws Exception {
    stub.always(StubService.MODELS, StubReply.hang(stub.over));
    var caught = new CompletableFuture<OvershootException>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    caught.complete(
                        catchThrowableOfType(OvershootException.class, () -> client.models())));
    stub.request(StubService.MODELS);
    caller.interrupt();
    assertThat(caught.get()).isInstanceOf(OvershootException.Unreachable.class);
  }

  private static void assertUnreachable(OvershootException error) {
    assertThat(error).isInstanceOf(OvershootException.Unreachable.class);
    assertThat(error.retryable()).isTrue();
    assertThat(error.getMessage())
        .startsWith("Failed to connect to Overshoot.ai")
        .contains("Check the internet connection, OVERSHOOT_API_URL");
  }

  private static OvershootException failure(String url, Consumer<OvershootV02> call) {
    try (OvershootV02 other =
        new OvershootV02(ClientSettings.of(OvershootUrl.of(url), Secret.of(KEY)))) {
      return catchThrowableOfType(OvershootException.class, () -> call.accept(other));
    }
  }
}
