package framewise.webrtc.dtls;

import framewise.webrtc.srtp.SrtpKeys;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A handshake with ourselves, without a network. The first handshake of a process takes ten times
 * as long as later ones.
 */
public final class TrialHandshake {
  private final CompletableFuture<SrtpKeys> agreed = new CompletableFuture<>();
  private final DtlsHandshake server;
  private final DtlsHandshake client;

  private TrialHandshake(DtlsIdentity identity) {
    var own = new PeerFingerprints(List.of(identity.fingerprint()));
    this.server =
        new DtlsHandshake(DtlsRole.server(identity, own), this::toClient, outcome(agreed));
    this.client =
        new DtlsHandshake(
            DtlsRole.client(identity, own), this::toServer, outcome(new CompletableFuture<>()));
  }

  /**
   * Takes both sides' steps.
   *
   * @return the keys of the side that waits
   * @throws TimeoutException when they don't agree in time
   */
  public static SrtpKeys run(DtlsIdentity identity, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    var trial = new TrialHandshake(identity);
    try {
      trial.server.start();
      trial.client.start();
      return trial.agreed.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      trial.client.close();
      trial.server.close();
    }
  }

  private void toClient(byte[] buffer, int offset, int length) {
    client.take(copy(buffer, offset, length));
  }

  private void toServer(byte[] buffer, int offset, int length) {
    server.take(copy(buffer, offset, length));
  }

  private static byte[] copy(byte[] buffer, int offset, int length) {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  private static DtlsHandshake.Outcome outcome(CompletableFuture<SrtpKeys> keys) {
    return new DtlsHandshake.Outcome() {
      @Override
      public void agreed(SrtpKeys both) {
        keys.complete(both);
      }

      @Override
      public void ended(boolean goodbye) {
        keys.cancel(false);
      }
    };
  }
}
