package framewise.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data channels that a remote peer opened and nobody uses. They stay open, because LiveKit's
 * clients report closed ones as an error; what arrives on them is dropped. Owns them. Any thread
 * may call it.
 */
final class IdleChannels {
  private static final Logger LOG = LoggerFactory.getLogger(IdleChannels.class);

  /** LiveKit's clients open three; further ones are closed. */
  private static final int MAX = 8;

  private static final RTCDataChannelObserver DROP =
      new RTCDataChannelObserver() {
        @Override
        public void onBufferedAmountChange(long before) {
          // Nothing is sent.
        }

        @Override
        public void onStateChange() {
          // They end with their connection.
        }

        @Override
        public void onMessage(RTCDataChannelBuffer message) {
          // Without an observer, the library would keep up to 16 MB of them.
        }
      };

  private final List<RTCDataChannel> open = new ArrayList<>();
  private boolean ended;

  /** Takes a channel. Runs on libwebrtc's signalling thread, which must not wait. */
  void take(RTCDataChannel channel) {
    if (keep(channel)) {
      channel.registerObserver(DROP);
    } else {
      channel.close();
    }
  }

  /** Frees the observers, before the connection is closed. */
  void end() {
    taken().forEach(IdleChannels::unregister);
  }

  /** Frees the channels, after the connection is closed. */
  void free() {
    List<RTCDataChannel> all = taken();
    forget();
    all.forEach(IdleChannels::dispose);
  }

  private synchronized boolean keep(RTCDataChannel channel) {
    if (ended || open.size() >= MAX) {
      return false;
    }
    return open.add(channel);
  }

  /**
   * The library calls on its signalling thread, which waits for {@link #keep}: they must not be
   * made with the lock held.
   */
  private synchronized List<RTCDataChannel> taken() {
    ended = true;
    return List.copyOf(open);
  }

  private synchronized void forget() {
    open.clear();
  }

  private static void unregister(RTCDataChannel channel) {
    channel.unregisterObserver();
  }

  private static void dispose(RTCDataChannel channel) {
    try {
      channel.dispose();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // It says so when the connection still has a reference, which ends with the connection.
      LOG.debug("A data channel is freed with its connection: {}", e.toString());
    }
  }
}
