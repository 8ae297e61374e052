package framewise.media.decode;

import org.bytedeco.ffmpeg.global.avcodec;

/** A codec of video that arrives picture by picture. */
public enum LiveCodec {
  VP8(avcodec.AV_CODEC_ID_VP8),
  VP9(avcodec.AV_CODEC_ID_VP9),
  H264(avcodec.AV_CODEC_ID_H264),
  AV1(avcodec.AV_CODEC_ID_AV1);

  private final int number;

  LiveCodec(int number) {
    this.number = number;
  }

  /** FFmpeg's number. */
  int number() {
    return number;
  }
}
