package framewise.media;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Which stream of a file is the video, and whether it is one that is taken. */
final class StreamChoice {
  static final int MAX_STREAMS = 64;

  private StreamChoice() {}

  /** The stream that the file prefers, or its first; the others are not read any more. */
  static AVStream of(Container container, AVFormatContext context) throws NotAVideoException {
    if (context.nb_streams() >= MAX_STREAMS) {
      throw new NotAVideoException(
          "The %s file has %d streams or more; at most %d are allowed. Export it with one video stream."
              .formatted(container.label(), MAX_STREAMS, MAX_STREAMS - 1));
    }
    AVStream chosen = null;
    String unknown = "";
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      boolean video = stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
      boolean cover = (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
      boolean preferred = (stream.disposition() & avformat.AV_DISPOSITION_DEFAULT) != 0;
      if (video && !cover) {
        if (VideoCodecs.decoder(stream.codecpar().codec_id()).isEmpty()) {
          unknown = VideoCodecs.name(stream.codecpar().codec_id());
        } else if (chosen == null
            || (preferred && (chosen.disposition() & avformat.AV_DISPOSITION_DEFAULT) == 0)) {
          chosen = stream;
        }
      }
    }
    if (chosen == null) {
      throw new NotAVideoException(
          unknown.isEmpty()
              ? "The %s file holds no video, only %s. Upload one with a picture; %s"
                  .formatted(
                      container.label(),
                      context.nb_streams() == 0 ? "a header" : "sound or other data",
                      Container.ALLOWED)
              : "The video in this %s file is coded as %s, which is not taken. Taken are %s."
                  .formatted(container.label(), unknown, VideoCodecs.NAMES));
    }
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      if (stream.index() != chosen.index()) {
        stream.discard(avcodec.AVDISCARD_ALL);
      }
    }
    Limits.requireSize(chosen.codecpar().width(), chosen.codecpar().height());
    int found = avformat.avformat_find_stream_info(context, (AVDictionary) null);
    if (found < 0) {
      throw new NotAVideoException(
          "The %s file is damaged: %s.".formatted(container.label(), Ffmpeg.reason(found)));
    }
    return chosen;
  }
}
