package framewise.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.media.MediaType;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import framewise.time.WallClock;
import framewise.webrtc.sdp.SdpAnswer;
import framewise.webrtc.sdp.SdpRefusedException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends pictures to one remote peer: {@link #offer}, {@link #accept} its answer, {@link #send} each
 * picture when it is due, {@link #close}. Pictures go out at once; the caller sets the pace.
 * Thread-safe; calls take turns.
 */
public final class Publisher implements AutoCloseable {
  /** Enough for 1280x720 at 30 pictures per second; libwebrtc's own limit for that size. */
  private static final int MAX_BITS_PER_SECOND = 2_500_000;

  /** Below this VP8 blurs small print at any frame rate. */
  private static final int MIN_BITS_PER_SECOND = 300_000;

  private final States states;
  private final Connection connection;
  private final CustomVideoSource source;
  private final VideoTrack track;
  private final RTCRtpTransceiver transceiver;
  private final RTCRtpSender sender;
  private final ReentrantLock turn = new ReentrantLock();

  /** The newest picture from before the connection was up. */
  private @Nullable VideoFrame early;

  private boolean connected;
  private boolean closed;

  Publisher(
      PeerConnectionFactory factory, PeerOptions options, WallClock clock, PeerListener listener) {
    states =
        new States(
            clock,
            state -> {
              if (state == ConnectionState.CONNECTED) {
                sendEarly();
              }
              listener.stateChanged(state);
            });
    source = new CustomVideoSource();
    track = factory.createVideoTrack("video", source);
    connection = new Connection(factory, options, states);
    transceiver = connection.peer().addTransceiver(track, sendOnly());
    transceiver.setCodecPreferences(codecs(factory));
    sender = transceiver.getSender();
  }

  /**
   * The offer for the remote peer, complete with the addresses found in time. It prefers VP8,
   * because H.264 skips pictures at low frame rates.
   *
   * @throws PeerFault when no address was found, or the native library failed
   */
  public String offer() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      requireOpen();
      connection.offer();
      return connection.gathered().toString();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Accepts the remote peer's answer and starts connecting.
   *
   * @throws SdpRefusedException when the answer is malformed or rejects the video
   */
  public void accept(String answer) throws SdpRefusedException, InterruptedException {
    var checked = SdpAnswer.read(answer);
    turn.lockInterruptibly();
    try {
      requireOpen();
      connection.setRemote(RTCSdpType.ANSWER, checked);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Sends a picture now. Until the connection is up, only the newest picture is kept, and sent as
   * soon as it is. The frame is copied and stays the caller's; I420 is copied directly, other
   * formats are converted first.
   *
   * @return false when the publisher is closed and dropped the picture
   */
  public boolean send(Frame frame) {
    VideoFrame picture = picture(frame);
    turn.lock();
    try {
      if (closed) {
        picture.release();
        return false;
      }
      if (connected) {
        push(picture);
      } else {
        dropEarly();
        early = picture;
      }
      return true;
    } finally {
      turn.unlock();
    }
  }

  public ConnectionState state() {
    return states.current();
  }

  /** Statistics so far. */
  public PublisherStats stats() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      requireOpen();
      return PublisherStats.of(connection.stats());
    } finally {
      turn.unlock();
    }
  }

  /** Ends the connection and frees everything. Closing twice is harmless. */
  @Override
  public void close() {
    turn.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      dropEarly();
      // Only this order leaks nothing and uses nothing after it is freed.
      sender.replaceTrack(null);
      long held = NativeRelease.address(transceiver);
      connection.close();
      NativeRelease.release(held);
      track.dispose();
      source.dispose();
    } finally {
      turn.unlock();
    }
  }

  private void sendEarly() {
    turn.lock();
    try {
      connected = true;
      VideoFrame waiting = early;
      early = null;
      if (waiting != null) {
        push(waiting);
      }
    } finally {
      turn.unlock();
    }
  }

  private void push(VideoFrame picture) {
    try {
      source.pushFrame(picture);
    } finally {
      picture.release();
    }
  }

  private void dropEarly() {
    VideoFrame waiting = early;
    early = null;
    if (waiting != null) {
      waiting.release();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the publisher is closed");
    }
  }

  private static VideoFrame picture(Frame frame) {
    if (frame.format() == PixelFormat.I420) {
      return NativePicture.of(frame);
    }
    try (Frame converted = frame.convert(frame.width(), frame.height(), PixelFormat.I420)) {
      return NativePicture.of(converted);
    }
  }

  private static RTCRtpTransceiverInit sendOnly() {
    RTCRtpEncodingParameters encoding = new RTCRtpEncodingParameters();
    encoding.minBitrate = MIN_BITS_PER_SECOND;
    encoding.maxBitrate = MAX_BITS_PER_SECOND;
    RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
    init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
    init.streamIds = List.of("framewise");
    init.sendEncodings = List.of(encoding);
    return init;
  }

  private static List<RTCRtpCodecCapability> codecs(PeerConnectionFactory factory) {
    List<String> wanted = List.of("VP8", "H264", "RTX");
    return factory.getRtpSenderCapabilities(MediaType.VIDEO).getCodecs().stream()
        .filter(codec -> wanted.contains(name(codec)))
        .sorted(java.util.Comparator.comparingInt(codec -> wanted.indexOf(name(codec))))
        .toList();
  }

  private static String name(RTCRtpCodecCapability codec) {
    return codec.getName().toUpperCase(Locale.ROOT);
  }
}
