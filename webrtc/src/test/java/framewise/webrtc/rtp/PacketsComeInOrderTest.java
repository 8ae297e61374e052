package framewise.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacketsComeInOrderTest {
  private static final long MS = 1_000_000;

  private final PacketOrder order = new PacketOrder(true);

  @Test
  void shuffledPacketsAreSortedAcrossTheWraparound() {
    Random random = new Random(1);
    List<Integer> taken = new ArrayList<>();
    for (int block = 0; block < 200; block++) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        numbers.add(65_000 + block * 8 + i & 0xFFFF);
      }
      if (block > 0) {
        Collections.shuffle(numbers, random);
      }
      for (int number : numbers) {
        order.add(packet(number), 0);
        taken.addAll(drain());
      }
    }
    assertThat(taken)
        .containsExactlyElementsOf(
            IntStream.range(0, 1_600).mapToObj(i -> 65_000 + i & 0xFFFF).toList());
    assertThat(order.wasBroken()).isFalse();
  }

  @Test
  void missingPacketsAreRequestedAndGivenUp() {
    order.add(packet(10), 0);
    order.add(packet(12), 0);
    assertThat(drain()).containsExactly(10);
    assertThat(order.request(0)).as("it may only have changed places").isEmpty();
    assertThat(order.request(11 * MS)).containsExactly(11);
    assertThat(order.request(20 * MS)).isEmpty();
    assertThat(order.request(62 * MS)).containsExactly(11);
    order.expire(240 * MS);
    assertThat(drain()).isEmpty();
    order.expire(251 * MS);
    assertThat(drain()).containsExactly(12);
    assertThat(order.wasBroken()).isTrue();
    assertThat(order.wasBroken()).isFalse();
    order.add(packet(11), 260 * MS);
    assertThat(drain()).as("it comes too late").isEmpty();
  }

  @Test
  void threeLaterPacketsMeanALoss() {
    order.add(packet(10), 0);
    order.add(packet(12), MS);
    order.add(packet(13), MS);
    order.add(packet(14), MS);
    assertThat(order.request(MS)).containsExactly(11);
  }

  @Test
  void theBufferIsBounded() {
    order.add(packet(0), 0);
    assertThat(drain()).hasSize(1);
    int passed = 0;
    // Every second packet is lost, and never retransmitted.
    for (int i = 2; i < 60_000; i += 2) {
      order.add(packet(i), 0);
      passed += drain().size();
    }
    assertThat(passed).isGreaterThan(60_000 / 2 - 2 * PacketOrder.MAX_PACKETS);
  }

  @Test
  void aJumpResets() {
    order.add(packet(10), 0);
    order.add(packet(30_000), 0);
    assertThat(drain()).containsExactly(30_000);
    assertThat(order.wasBroken()).isTrue();
    assertThat(order.isWaiting()).isFalse();
  }

  private List<Integer> drain() {
    List<Integer> taken = new ArrayList<>();
    Optional<RtpPacket> next = order.poll();
    while (next.isPresent()) {
      taken.add(next.get().sequence());
      next = order.poll();
    }
    return taken;
  }

  private static RtpPacket packet(int sequence) {
    return new RtpPacket(false, 96, sequence, 0, 1, new byte[0], true, new byte[100]);
  }
}
