package framewise.engine.backend.overshoot;

import framewise.overshoot.v02.OvershootV02;
import framewise.overshoot.v02.Settings;
import framewise.overshoot.wire.Inference;
import framewise.vision.StreamBackend;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import java.util.List;

/**
 * One account at Overshoot.ai, and the back ends that are reached through it. Nothing is sent, and
 * nothing native is loaded, before the first stream is opened. Any thread may call.
 */
public final class OvershootService implements AutoCloseable {
  /** Its own models, the default first. */
  private static final List<String> OWN_MODELS =
      List.of(Inference.DEFAULT_MODEL, "Qwen/Qwen3-VL-8B-Instruct");

  private final OvershootV02 client;
  private final Peers peers;

  /**
   * @param peers how our end of the peer connections is found
   */
  public OvershootService(Settings settings, PeerOptions peers) {
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
   * @param name as this service's API and Overshoot's ({@code inference.backend}) call it, such as
   *     {@code gemini}
   * @param models that are known to be there, the default first; others may be named
   */
  public StreamBackend backend(String name, List<String> models) {
    return new OvershootBackend(name, models, client, peers);
  }

  /** Ends every stream that is still open. */
  @Override
  public void close() {
    client.close();
    peers.close();
  }
}
