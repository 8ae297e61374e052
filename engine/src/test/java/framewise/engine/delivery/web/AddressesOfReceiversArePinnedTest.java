package framewise.engine.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.delivery.HookReceiver;
import framewise.engine.endpoint.EndpointAddress;
import framewise.engine.endpoint.EndpointKind;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.HttpPost;
import framewise.media.network.Network;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name whose address changes between two resolutions, as in DNS rebinding. */
@Timeout(60)
class AddressesOfReceiversArePinnedTest {
  private static final byte[] BODY = {'{', '}'};
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final AtomicInteger resolved = new AtomicInteger();

  private Network network(AllowedAddresses reach, String... addresses) {
    return new Network(
        reach,
        Network.of(reach).certificates(),
        host ->
            List.of(
                InetAddress.getByName(
                    addresses[Math.min(resolved.getAndIncrement(), addresses.length - 1)])),
        LIMIT,
        LIMIT);
  }

  @Test
  void dnsRebindingReachesNoPrivateAddress() throws Exception {
    try (var receiver = new HookReceiver()) {
      receiver.answer(HookReceiver::ok);
      VideoUrl url = named(receiver);
      Network network = network(AllowedAddresses.LAN, "192.0.2.7", "127.0.0.1");
      try (var check = new OutboundConnections(network)) {
        check.requirePermitted(url); // as when the endpoint was created
      }
      assertThatThrownBy(() -> new HttpPost(network, LIMIT, 1_024).post(url, Map.of(), BODY))
          .isInstanceOf(UrlFault.class)
          .hasMessageContaining("which is an address of this machine");
      assertThat(receiver.rest()).isEmpty();
    }
  }

  @Test
  void theCheckedAddressIsConnectedTo() throws Exception {
    try (var receiver = new HookReceiver()) {
      receiver.answer(HookReceiver::ok);
      Network network = network(AllowedAddresses.ANY, "127.0.0.1", "192.0.2.7");
      var post = new HttpPost(network, LIMIT, 1_024);
      assertThat(post.post(named(receiver), Map.of(), BODY).status()).isEqualTo(204);
      assertThat(resolved).hasValue(1);
    }
  }

  private static VideoUrl named(HookReceiver receiver) throws Exception {
    String url = receiver.url().replace("127.0.0.1", "hooks.example");
    return EndpointAddress.parse(EndpointKind.WEBHOOK, url).url();
  }
}
