package framewise.webrtc.library;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.webrtc.Pair;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Seen: two lines from libwebrtc at the end of the output of every program that had created a
 * connection.
 */
class NothingIsPrintedAtExitTest {
  /** Without a logger in the module, SLF4J would print three lines. */
  private static final List<String> OPTIONS = List.of("-Dslf4j.internal.verbosity=ERROR");

  @Test
  void theLastLineIsTheProgramsOwn() throws Exception {
    Program.Run run = Program.run(OPTIONS, OnePair.class, "return");
    assertThat(run.output().strip()).isEqualTo("last line");
    assertThat(run.status()).isZero();
  }

  @Test
  void theExitStatusIsKept() throws Exception {
    Program.Run run = Program.run(OPTIONS, OnePair.class, "exit");
    assertThat(run.output().strip()).isEqualTo("last line");
    assertThat(run.status()).isEqualTo(3);
  }

  /** Makes two peers that exchange a picture, prints a line and exits. */
  static final class OnePair {
    private OnePair() {}

    public static void main(String[] args) throws Exception {
      try (Peers peers = new Peers(PeerOptions.DEFAULTS);
          Pair pair = new Pair(peers)) {
        pair.exchange(320, 240).close();
      }
      System.out.println("last line");
      if (args[0].equals("exit")) {
        System.exit(3);
      }
    }
  }
}
