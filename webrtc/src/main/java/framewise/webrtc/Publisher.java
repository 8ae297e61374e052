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
import framewise.media.Frame;
import framewise.media.PixelFormat;
import framewise.webrtc.sdp.Answer;
import framewise.webrtc.sdp.SdpRefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends pictures to one far end: {@link #offer}, {@link #accept} what it answers, {@link #send} as
 * the pictures fall due, {@link #close}. It keeps no pace of its own: a picture goes out when it is
 * given. Any thread may call; calls take turns.
 */
public final class Publisher implements AutoCloseable {
  /** Enough for 1280x720 at 30 pictures a second; libwebrtc's own limit for that size. */
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

  /** The newest picture that came before the connection did. */
  private @Nullable VideoFrame early;

  private boolean connected;
  private boolean closed;

  Publisher(
      PeerConnectionFactory factory, PeerOptions options, Clock clock, PeerListener listener) {
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
    connection = new Connection(factory, options, states, any -> {});
    transceiver = connection.peer().addTransceiver(track, sendOnly());
    transceiver.setCodecPreferences(codecs(factory));
    sender = transceiver.getSender();
  }

  /**
   * The offer for the far end, complete with the addresses found in time. It offers VP8 first:
   * H.264 leaves out pictures at low frame rates.
   *
   * @throws PeerFault when no address was found, or the native library failed
   */
  public String offer() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      requireOpen();
      connection.offer();
      return connection.gathered();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Takes the far end's answer; connecting begins.
   *
   * @throws SdpRefusedException when it is no answer that takes our video
   */
  public void accept(String answer) throws SdpRefusedException, InterruptedException {
    var checked = Answer.read(answer);
    turn.lockInterruptibly();
    try {
      requireOpen();
      connection.setRemote(RTCSdpType.ANSWER, checked);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Sends a picture now. Before the connection stands the newest picture is kept, and goes out the
   * moment it does. The frame is copied and stays the caller's; I420 is copied as it is, other
   * formats are converted first.
   *
   * @return false when this is closed and the picture went nowhere
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

  /** What was sent so far. */
  public PublisherStats stats() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      requireOpen();
      return PublisherStats.of(connection.stats());
    } finally {
      turn.unlock();
    }
  }

  /** Ends the connection and frees everything. Closing twice is not an error. */
  @Override
  public void close() {
    turn.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      dropEarly();
      // In this order alone nothing is left behind and nothing is used after it is gone.
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
