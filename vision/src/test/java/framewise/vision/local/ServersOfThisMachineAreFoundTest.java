package framewise.vision.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.AnswerException;
import framewise.vision.Backends;
import framewise.vision.Question;
import framewise.vision.chat.Access;
import framewise.vision.chat.ModelWatch;
import framewise.vision.chat.PictureEncoding;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServersOfThisMachineAreFoundTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @Test
  void startsAndStopsAreNoticed() throws Exception {
    int port = freePort();
    try (LocalBackend backend = looking(Optional.empty(), port)) {
      assertThat(backend.readiness().reason().orElseThrow())
          .startsWith("LOCAL_BASE_URL must be provided")
          .contains("usual ports");
      assertThat(backend.models()).isEmpty();
      assertThatThrownBy(() -> ask(backend, Optional.empty()))
          .isInstanceOfSatisfying(
              AnswerException.class, e -> assertThat(e.code()).isEqualTo("unreachable"));

      try (var server = new ModelServer(port, ModelServer.list("llama3.1", "qwen2.5vl:7b"))) {
        until(() -> backend.readiness().ready());
        assertThat(backend.models()).containsExactly("qwen2.5vl:7b", "llama3.1");
        ask(backend, Optional.empty());
        ask(backend, Optional.of("llama3.1"));
        assertThat(server.asked()).containsExactly("qwen2.5vl:7b", "llama3.1");
      }
      until(() -> !backend.readiness().ready());
    }
  }

  @Test
  void foundServersAnswerOnlyByName() {
    try (var server = new ModelServer(0, ModelServer.list("llama3.1"));
        LocalBackend found = looking(Optional.empty(), server.port());
        LocalBackend configured = LocalBackend.at(access(Optional.of(server.address()), ""))) {
      assertThat(found.readiness().ready()).isTrue();
      var backends = new Backends(List.of(found));
      assertThat(backends.firstReady()).isEmpty();
      assertThat(backends.firstReadyForClips()).isEmpty();
      assertThat(backends.named("local")).contains(found);
      assertThat(new Backends(List.of(configured)).firstReady()).contains(configured);
    }
  }

  @Test
  void theConfiguredModelIsUsed() throws Exception {
    try (var server = new ModelServer(0, ModelServer.list("llava", "other"));
        LocalBackend backend = LocalBackend.at(access(Optional.of(server.address()), "mine"))) {
      assertThat(backend.models()).containsExactly("mine", "llava", "other");
      ask(backend, Optional.empty());
      assertThat(server.asked()).containsExactly("mine");
    }
  }

  @Test
  void aConfiguredAddressIsReadyBeforeItsServer() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:%d/v1".formatted(freePort()));
    try (LocalBackend backend = LocalBackend.at(access(Optional.of(nowhere), ""))) {
      assertThat(backend.readiness().ready()).isTrue();
      assertThat(backend.models()).containsExactly("default");
      assertThatThrownBy(() -> ask(backend, Optional.empty()))
          .hasMessageContaining("LOCAL_BASE_URL and LOCAL_MODEL");
    }
  }

  @Test
  void theFirstOfSeveralIsUsed() throws Exception {
    try (var second = new ModelServer(0, ModelServer.list("b"))) {
      var first = new ModelServer(0, ModelServer.list("a"));
      try (LocalBackend backend =
          looking(Optional.empty(), freePort(), first.port(), second.port())) {
        try (first) {
          assertThat(backend.models()).containsExactly("a");
        }
        until(() -> backend.models().equals(List.of("b")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"data\":\"all\"}", "{\"status\":\"ok\"}"})
  void otherServersAreIgnored(String says) {
    try (var server = new ModelServer(0, says);
        LocalBackend backend = looking(Optional.empty(), server.port())) {
      assertThat(backend.readiness().reason().orElseThrow()).contains("found none");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"object\":\"list\",\"data\":null}", "{\"object\":\"list\",\"data\":[]}"})
  void serversWithoutModelsSayWhatIsMissing(String says) {
    try (var server = new ModelServer(0, says);
        LocalBackend backend = looking(Optional.empty(), server.port())) {
      assertThat(backend.readiness().reason().orElseThrow())
          .contains("has no model", "http://127.0.0.1:" + server.port());
    }
  }

  @Test
  void silentServersDelayNothing() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var server = new ModelServer(0, ModelServer.list("llava"));
        LocalBackend backend = looking(Optional.empty(), silent.getLocalPort(), server.port())) {
      until(() -> backend.readiness().ready());
      assertThat(backend.models()).containsExactly("llava");
    }
  }

  @Test
  void framewiseItselfIsIgnored() {
    for (int own : LocalBackend.DEFAULT_PORTS) {
      assertThat(LocalBackend.addresses(own)).hasSize(3).noneMatch(url -> url.getPort() == own);
    }
    assertThat(LocalBackend.addresses(9_000))
        .hasSize(4)
        .allMatch(url -> url.getHost().equals("127.0.0.1"));
  }

  private static LocalBackend looking(Optional<URI> address, int... ports) {
    List<URI> addresses =
        java.util.Arrays.stream(ports)
            .mapToObj(port -> URI.create("http://127.0.0.1:%d/v1".formatted(port)))
            .toList();
    return new LocalBackend(
        access(address, ""), new ModelWatch("test", addresses, OFTEN, Duration.ofMillis(200)));
  }

  private static Access access(Optional<URI> address, String model) {
    return new Access(
        Optional.empty(),
        address,
        Optional.of(model).filter(name -> !name.isEmpty()),
        Duration.ofSeconds(20),
        PictureEncoding.DEFAULT);
  }

  private static void ask(LocalBackend backend, Optional<String> model) throws Exception {
    var frame = Frame.of(new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR), MediaTime.ZERO);
    try (var clip = new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(1), List.of(frame))) {
      backend.ask(clip, model.map(Question.of("What?")::withModel).orElse(Question.of("What?")));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
