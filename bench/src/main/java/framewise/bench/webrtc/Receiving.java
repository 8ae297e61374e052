package framewise.bench.webrtc;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Receiver;
import framewise.webrtc.SenderTimeouts;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The receiving end: reads offers, prints answers, then prints its cost. */
final class Receiving {
  private Receiving() {}

  public static void main(String[] args) throws Exception {
    Load load = Load.parse(args[0]);
    double warmUp = Double.parseDouble(args[1]);
    double measure = Double.parseDouble(args[2]);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // Loads the libraries behind frames, as in a service that has run for a while.
    Frame.of(new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR), MediaTime.ZERO).close();
    List<Receiver> receivers = new ArrayList<>();
    List<Thread> takers = new ArrayList<>();
    AtomicLong taken = new AtomicLong();
    AtomicLong slowest = new AtomicLong();
    CountDownLatch first = new CountDownLatch(load.streams());
    try (Peers peers = new Peers(PeerOptions.DEFAULTS)) {
      for (int i = 0; i < load.streams(); i++) {
        AtomicLong connected = new AtomicLong();
        Receiver receiver =
            peers.receiver(
                SenderTimeouts.DEFAULT,
                state -> {
                  if (state == ConnectionState.CONNECTED) {
                    connected.set(System.nanoTime());
                  }
                });
        receivers.add(receiver);
        String offer =
            new String(Base64.getDecoder().decode(in.readLine()), StandardCharsets.UTF_8);
        System.out.println(
            Base64.getEncoder()
                .encodeToString(receiver.answer(offer).getBytes(StandardCharsets.UTF_8)));
        takers.add(
            Thread.ofVirtual().start(() -> take(receiver, taken, first, connected, slowest)));
      }
      long answered = System.nanoTime();
      if (!first.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not every stream began");
      }
      double begun = (System.nanoTime() - answered) / 1e6;
      Thread.sleep(Duration.ofMillis((long) (warmUp * 1_000)));
      long before = taken.get();
      ProcessUsage then = ProcessUsage.now();
      Thread.sleep(Duration.ofMillis((long) (measure * 1_000)));
      ProcessUsage now = ProcessUsage.now();
      double rate = (taken.get() - before) / (now.seconds() - then.seconds());
      System.out.println(
          ProcessUsage.line(now.percentSince(then), rate, load)
              + String.format(Locale.ROOT, " %.0f %.0f", begun, slowest.get() / 1e6));
      var _ = in.readLine();
      receivers.forEach(Receiver::close);
      for (Thread taker : takers) {
        taker.join();
      }
    }
  }

  private static void take(
      Receiver receiver,
      AtomicLong taken,
      CountDownLatch first,
      AtomicLong connected,
      AtomicLong slowest) {
    boolean any = false;
    try {
      while (receiver.state() != ConnectionState.CLOSED) {
        Optional<Frame> frame = receiver.next(Duration.ofSeconds(1));
        if (frame.isPresent()) {
          frame.get().close();
          taken.incrementAndGet();
          if (!any) {
            any = true;
            // The first picture may be taken before the notification that the peers are connected:
            // then 0.
            long since = connected.get() == 0 ? 0 : System.nanoTime() - connected.get();
            slowest.accumulateAndGet(since, Math::max);
            first.countDown();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
