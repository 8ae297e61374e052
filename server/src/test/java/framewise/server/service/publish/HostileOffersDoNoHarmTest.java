package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.overshoot.OvershootClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: the answer to an offer with {@code a=ssrc:%p.%p.%p x} contained pointers of the
 * process, an offer with {@code %n} crashed it, and an offer with the address of another host made
 * the service send 310 packets there.
 */
@Timeout(180)
class HostileOffersDoNoHarmTest {
  @TempDir Path folder;
  private RunningService service;
  private WhipClient whip;
  private OvershootClient app;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    whip = new WhipClient(service.client());
    app = new OvershootClient(service.client(), OvershootClient.KEY);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void formatStringsAreDroppedOrRefused() throws Exception {
    try (var sender = new VideoSender()) {
      String offer = sender.offer();
      // Unneeded parts of the offer are ignored, and the rest is served.
      HttpResponse<String> served = whip.offer("/whip", offer + "a=ssrc:%p.%p.%p x\r\n");
      assertThat(served.statusCode()).as(served.body()).isEqualTo(201);
      assertThat(served.body()).startsWith("v=0").doesNotContain("%");
      int line = (int) offer.lines().takeWhile(each -> !each.startsWith("a=mid")).count() + 1;
      String refusedOffer = offer.replaceFirst("a=mid:0", "a=mid:%p.%n%n%n");
      for (HttpResponse<String> refused :
          List.of(
              whip.offer("/whip", refusedOffer), app.create(OvershootClient.order(refusedOffer)))) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body())
            .contains("Line %d is not a valid a=mid line.".formatted(line))
            .contains("sdp_malformed")
            .doesNotContain("%", "0x", "(nil)");
      }
      HttpResponse<String> kept =
          app.create(OvershootClient.order(offer + "a=ssrc:%n%n%n%n%n%n x\r\n"));
      assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
    }
  }

  /** Seen: each such offer, from any client, got 503 and a stack trace in the log. */
  @Test
  void anUnanswerableOfferIsAClientError() throws Exception {
    try (var sender = new VideoSender()) {
      HttpResponse<String> refused =
          whip.offer("/whip", sender.offer().replace("a=setup:actpass", "a=setup:holdconn"));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(refused.body()).contains("sdp_malformed", "is not a valid a=setup line.");
    }
  }

  @Test
  void packetsGoToTheSenderOnly() throws Exception {
    InetAddress here = address();
    try (var sender = new VideoSender();
        var loopback = new Target(InetAddress.getLoopbackAddress());
        var machine = new Target(here)) {
      String pointing =
          sender
              .offer()
              .replaceFirst("a=candidate", loopback.line() + machine.line() + "a=candidate");
      HttpResponse<String> answered = whip.offer("/whip", pointing);
      assertThat(answered.statusCode()).as(answered.body()).isEqualTo(201);
      sender.accept(answered.body());
      String id = answered.headers().firstValue("Location").orElseThrow().split("/", -1)[1];
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.client().get("/sessions/" + id + "/results").body().contains("#"));
      assertThat(loopback.packets.get()).isZero();
      assertThat(machine.packets.get()).isZero();
    }
  }

  private static InetAddress address() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }

  /** Socket that counts packets. */
  private static final class Target implements AutoCloseable {
    private final DatagramSocket socket;
    private final AtomicInteger packets = new AtomicInteger();

    Target(InetAddress address) throws SocketException {
      socket = new DatagramSocket(0, address);
      Thread.ofVirtual().start(this::count);
    }

    String line() {
      return "a=candidate:7 1 udp 2122317823 %s %d typ host\r\n"
          .formatted(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
    }

    @Override
    public void close() {
      socket.close();
    }

    private void count() {
      try {
        while (true) {
          socket.receive(new DatagramPacket(new byte[2_048], 2_048));
          packets.incrementAndGet();
        }
      } catch (IOException closed) {
        // the test is over
      }
    }
  }
}
