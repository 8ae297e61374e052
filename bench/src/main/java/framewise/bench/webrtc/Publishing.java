package framewise.bench.webrtc;

import framewise.media.picture.Frame;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The sending end: prints offers, reads answers, then prints its cost. */
final class Publishing {
  private Publishing() {}

  public static void main(String[] args) throws Exception {
    Load load = Load.parse(args[0]);
    double warmUp = Double.parseDouble(args[1]);
    double measure = Double.parseDouble(args[2]);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<Frame> scene = MovingScene.draw(load.width(), load.height());
    List<Publisher> publishers = new ArrayList<>();
    try (Peers peers = new Peers(PeerOptions.DEFAULTS)) {
      for (int i = 0; i < load.streams(); i++) {
        Publisher publisher = peers.publisher(PeerListener.NONE);
        publishers.add(publisher);
        // The publisher keeps the first picture and sends it once the connection is up.
        boolean _ = publisher.send(scene.getFirst());
        System.out.println(
            Base64.getEncoder().encodeToString(publisher.offer().getBytes(StandardCharsets.UTF_8)));
        publisher.accept(
            new String(Base64.getDecoder().decode(in.readLine()), StandardCharsets.UTF_8));
      }
      long step = 1_000_000_000L / load.fps();
      long start = System.nanoTime();
      run(publishers, scene, start, step, warmUp);
      long before = sent(publishers);
      ProcessUsage then = ProcessUsage.now();
      run(publishers, scene, start, step, warmUp + measure);
      ProcessUsage now = ProcessUsage.now();
      double rate = (sent(publishers) - before) / (now.seconds() - then.seconds());
      System.out.println(ProcessUsage.line(now.percentSince(then), rate, load));
      // Wait until the receiving end has finished its measurement.
      var _ = in.readLine();
      publishers.forEach(Publisher::close);
    }
    scene.forEach(Frame::close);
  }

  private static void run(
      List<Publisher> publishers, List<Frame> scene, long start, long step, double until) {
    long end = start + (long) (until * 1e9);
    long tick = (System.nanoTime() - start) / step + 1;
    for (long due = start + tick * step; due < end; due = start + ++tick * step) {
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Frame frame = scene.get((int) (tick % scene.size()));
      publishers.forEach(publisher -> publisher.send(frame));
    }
  }

  private static long sent(List<Publisher> publishers) throws InterruptedException {
    long frames = 0;
    for (Publisher publisher : publishers) {
      frames += publisher.stats().framesSent();
    }
    return frames;
  }
}
