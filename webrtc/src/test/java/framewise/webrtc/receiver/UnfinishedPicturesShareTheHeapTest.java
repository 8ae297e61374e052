package framewise.webrtc.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.decode.LiveCodec;
import framewise.media.decode.LiveDecoder;
import framewise.webrtc.payload.PictureSize;
import framewise.webrtc.rtp.RtpPacket;
import framewise.webrtc.sdp.VideoTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Seen: 32 senders of pictures without an end used up the heap, and the service ended. */
class UnfinishedPicturesShareTheHeapTest {
  private static final long SHARED = 8L << 20;

  private static final int PACKET = 1_000;

  private static final VideoTerms VP8 =
      new VideoTerms(
          Map.of(96, LiveCodec.VP8),
          Map.of(),
          0,
          0,
          Set.of(),
          false,
          VideoTerms.StreamIdentifiers.NONE);

  private static final PictureSink NOBODY =
      new PictureSink() {
        @Override
        public void connected() {}

        @Override
        public void disconnected() {}

        @Override
        public void left() {}

        @Override
        public void failed() {}

        @Override
        public boolean admits(PictureSize size) {
          return true;
        }

        @Override
        public void picture(LiveDecoder.DecodedPicture picture, int rotation, long nanos) {
          picture.close();
        }

        @Override
        public void outOfMemory() {}
      };

  private final AtomicLong all = new AtomicLong();

  @Test
  void manyTogetherHoldNoMoreThanOneLimit() {
    List<IncomingVideo> videos = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      videos.add(video());
    }
    for (int number = 0; number < 3_000; number++) {
      for (IncomingVideo video : videos) {
        video.take(packet(number, false), number);
      }
      assertThat(all.get()).isLessThan(SHARED + 32 * EncodedVideoMemory.ALWAYS);
    }
    assertThat(videos).anyMatch(video -> video.refused() > 0 && video.wantsKey());
    videos.forEach(IncomingVideo::close);
    assertThat(all).hasValue(0);
  }

  @Test
  void ordinaryPicturesOfOthersAreTakenMeanwhile() {
    all.set(SHARED);
    try (var video = video()) {
      for (int number = 0; number < 200; number++) {
        video.take(packet(number, number == 199), number);
      }
      assertThat(video.refused()).isZero();
      assertThat(video.complete()).isEqualTo(1);
    }
    assertThat(all).hasValue(SHARED);
  }

  /** Packets after a lost one count, too. */
  @Test
  void whatWaitsForALostPacketIsCounted() {
    all.set(SHARED);
    try (var video = video()) {
      video.take(packet(0, false), 0);
      for (int number = 2; number < 1_000; number++) {
        video.take(packet(number, false), number);
      }
      assertThat(video.refused()).isPositive();
      assertThat(all.get()).isLessThan(SHARED + EncodedVideoMemory.ALWAYS + (64 << 10));
    }
  }

  private IncomingVideo video() {
    return new IncomingVideo(
        VP8, new PictureDecoder(4_096, NOBODY), NOBODY, new EncodedVideoMemory(all, SHARED));
  }

  /** A packet of a key frame of 64x64 pixels; packet 0 has the frame's header. */
  private static RtpPacket packet(int number, boolean last) {
    byte[] payload = new byte[PACKET];
    if (number == 0) {
      byte[] head = {0x10, 0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 64, 0, 64, 0};
      System.arraycopy(head, 0, payload, 0, head.length);
    }
    return new RtpPacket(last, 96, number, 90_000, 7, new byte[0], true, payload);
  }
}
