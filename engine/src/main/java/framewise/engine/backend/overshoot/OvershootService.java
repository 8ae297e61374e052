package framewise.engine.backend.overshoot;

import framewise.overshoot.v02.ClientSettings;
import framewise.overshoot.v02.OvershootV02;
import framewise.overshoot.wire.Inference;
import framewise.vision.StreamBackend;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import java.util.List;

/**
 * One account at Overshoot.ai, and the back ends that are reached through it. Opens no connection
 * and loads no native code before the first stream. Safe for any number of threads.
 */
public final class OvershootService implements AutoCloseable {
  /** Names of its own models, the default first. */
  private static final List<String> OWN_MODELS =
      List.of(Inference.DEFAULT_MODEL, "Qwen/Qwen3-VL-8B-Instruct");

  private final OvershootV02 client;
  private final Peers peers;

  /**
   * @param peers provides this side's end of the peer connections
   */
  public OvershootService(ClientSettings settings, PeerOptions peers) {
    this.client = new OvershootV02(settings);
    this.peers = new Peers(peers);
  }

  /** The service's own models. */
  public StreamBackend own() {
    return backend("overshoot", OWN_MODELS);
  }

  /**
   * A back end that the service relays to.
   *
   * @param name in this service's API and in Overshoot's ({@code inference.backend}), such as
   *     {@code gemini}
   * @param models the known models, the default first; requests may name others
   */
  public StreamBackend backend(String name, List<String> models) {
    return new OvershootStreamBackend(name, models, client, peers);
  }

  /** Ends all open streams. */
  @Override
  public void close() {
    client.close();
    peers.close();
  }
}
