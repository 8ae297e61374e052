package framewise.media.live;

import framewise.media.Ffmpeg;
import framewise.media.MediaTime;
import framewise.media.MissingEnd;
import framewise.media.decode.Container;
import framewise.media.decode.DeclaredLength;
import framewise.media.decode.StreamChoice;
import framewise.media.decode.StreamProbe;
import framewise.media.decode.VideoCodecs;
import framewise.media.network.Http;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Colours;
import framewise.media.rtsp.RtspStream;
import framewise.time.WallClock;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Packets of the video at a URL. FFmpeg parses containers and never opens a connection: all it
 * reads comes through {@link OutboundConnections}. Used by one thread, except for {@link #abort}.
 */
final class LiveInput implements AutoCloseable, JavaIo.Opener {
  /** Allowed demuxers, including audio for playlists that list it separately. */
  private static final String DEMUXERS =
      Container.DEMUXERS + ",hls,mpegts,mpjpeg,sdp,aac,mp3,ac3,eac3,webvtt";

  private static final long MAX_PROBE_BYTES = 4L << 20;
  private static final long MAX_PROBE_MICROS = 3_000_000;

  /** A recording that ends this little too early counts as complete. */
  private static final long MISSED_MICROS = 500_000;

  /** Shortest time that a picture is shown. */
  private static final long LAST_MICROS = 100_000;

  /** Models need no more; larger variants of a stream cost more and add nothing. */
  private static final int MAX_SIDE = 1280;

  private final OutboundConnections outbound;
  private final WebOpener web;
  private final VideoUrl url;
  private final InputFaults faults;
  private @Nullable RtspStream camera;
  private boolean playlist;
  private boolean pictures;
  private @Nullable LiveDetector liveDetector;

  /** Where the last packet ends, pictures or sound, in microseconds on the video's own clock. */
  private long endMicros;

  private @Nullable AVIOContext io;
  private @Nullable AVFormatContext context;
  private @Nullable AVStream stream;

  /** Whether the input is finite, kept once the native input is closed; null before. */
  private @Nullable Boolean finiteAtClose;

  private Colours colours = Colours.UNSPECIFIED;
  private long number;

  /**
   * @param resume where the previous reader stopped
   */
  LiveInput(VideoUrl url, OutboundConnections outbound, LivePosition resume) {
    this.url = url;
    this.outbound = outbound;
    this.web = new WebOpener(new Http(outbound, url), resume.playlists());
    this.faults = new InputFaults(outbound);
  }

  /** Opens the URL and finds its streams. */
  void open() throws UrlFault {
    try {
      if (url.isRtsp()) {
        openCamera();
      } else {
        openWeb();
      }
      try {
        stream = choose(context());
      } catch (UrlFault nothing) {
        throw faults.forbidden().orElse(nothing);
      }
      if (headerListsSound()) {
        readSound();
      }
      colours = Colours.of(stream().codecpar());
      // Fails for streams with unknown parameters; the first picture provides them.
      int found = StreamProbe.run(context());
      if (found < 0) {
        throw faults.trouble(found);
      }
      readSound();
    } catch (IOException e) {
      throw faults.explain(e);
    }
  }

  /** Whether the header lists the audio streams; otherwise pictures would wait for them. */
  private boolean headerListsSound() {
    return !context().iformat().name().getString().equals("mpegts");
  }

  /**
   * Reads sound too: a recording's time covers sound before its first picture and after its last.
   */
  private void readSound() {
    if (camera == null && !playlist) {
      DeclaredLength.audioStreams(context())
          .forEach(sound -> sound.discard(avcodec.AVDISCARD_DEFAULT));
    }
  }

  /** Whether pictures are shown at their times rather than on arrival. */
  boolean isPaced() {
    return camera == null && !pictures && !isSeenLive();
  }

  /** Whether the end of the input is the end of the video rather than a loss. */
  boolean isFinite() {
    Boolean known = finiteAtClose;
    if (known != null) {
      return known;
    }
    RtspStream live = camera;
    return live == null
        ? !pictures && !isSeenLive() && !web.isLive().orElse(false)
        : live.isFinite();
  }

  private boolean isSeenLive() {
    LiveDetector seen = liveDetector;
    return seen != null && seen.isLive() && !isCounted();
  }

  /** Whether the container declares its length or number of pictures at the start. */
  private boolean isCounted() {
    return stream().nb_frames() > 0
        || (context().iformat().name().getString().startsWith("matroska")
            && declaredDuration().isPresent());
  }

  private Optional<Long> declaredDuration() {
    return DeclaredLength.of(context(), stream());
  }

  /**
   * Where players start the recording, in microseconds on the video's own clock; empty when the
   * first picture decides.
   */
  OptionalLong beginning() {
    long start = context().start_time();
    return camera != null || playlist || !isFinite() || start == avutil.AV_NOPTS_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, start));
  }

  /** How each live playlist ends, by URL. */
  Map<String, String> playlists() {
    return web.playlists();
  }

  AVFormatContext context() {
    return Objects.requireNonNull(context);
  }

  AVStream stream() {
    return Objects.requireNonNull(stream);
  }

  /** The container's colours. */
  Colours colours() {
    return colours;
  }

  /** The kind of source: {@code rtsp}, {@code hls}, or a file's container. */
  String label() {
    if (camera != null) {
      return "rtsp";
    }
    String name = context().iformat().name().getString();
    return switch (name) {
      case Container.ISO_MEDIA -> "mp4";
      case "matroska,webm" -> "mkv";
      default -> name.replaceAll(",.*", "");
    };
  }

  /**
   * Reads the video's next packet.
   *
   * @return false at the end of a video that has one
   * @throws UrlFault when the stream fails
   */
  boolean read(AVPacket packet) throws UrlFault {
    while (true) {
      int result = avformat.av_read_frame(context(), packet);
      // Data that is flushed after a time-out is as old as the time-out.
      if (result >= 0 && !faults.interrupted()) {
        note(packet);
        if (packet.stream_index() == stream().index()) {
          return true;
        }
      }
      if (result >= 0) {
        avcodec.av_packet_unref(packet);
      } else if (result == avutil.AVERROR_EOF() && isFinite() && faults.allowsEnd()) {
        return false;
      } else if (result != avutil.AVERROR_EAGAIN()) {
        throw faults.trouble(result);
      }
      if (faults.interrupted()) {
        throw faults.trouble(result);
      }
    }
  }

  private void note(AVPacket packet) {
    AVRational base = context().streams(packet.stream_index()).time_base();
    if (packet.dts() != avutil.AV_NOPTS_VALUE && liveDetector != null) {
      liveDetector.note(DeclaredLength.micros(packet.dts(), base), packet.pos());
    }
    if (packet.pts() != avutil.AV_NOPTS_VALUE) {
      long end = packet.pts() + Math.max(0, packet.duration());
      endMicros = Math.max(endMicros, DeclaredLength.micros(end, base));
    }
  }

  /** How much of a finished recording is missing by its own declaration; empty when nothing is. */
  Optional<MissingEnd> cutOff() {
    if (playlist || camera != null || !isFinite()) {
      return Optional.empty();
    }
    return declaredDuration()
        .filter(length -> endMicros + MISSED_MICROS <= length)
        .map(
            length -> new MissingEnd(new MediaTime(endMicros), Optional.of(new MediaTime(length))));
  }

  /** A sentence on what is missing at the end of a recording; empty when it is complete. */
  Optional<String> missing() {
    return faults.missing();
  }

  /** Whether no picture of a recording follows; {@code micros} is on the video's own clock. */
  boolean isLast(long micros) {
    long start = Math.max(0, context().start_time());
    return context().duration() > 0 && micros + LAST_MICROS >= start + context().duration();
  }

  /**
   * Moves to a picture of a recording, or just before it.
   *
   * @param micros on the video's own clock
   * @return whether seeking worked
   */
  boolean seek(long micros) {
    return avformat.av_seek_frame(context(), -1, micros, avformat.AVSEEK_FLAG_BACKWARD) >= 0;
  }

  /** The fault of a stream that sends no pictures, whatever else it sends. */
  UrlFault timedOut() {
    return faults.timedOut();
  }

  /** Records that a picture arrived. */
  void touch() {
    faults.touch();
    web.touch();
  }

  /** Makes a blocked read return soon; any thread may call it. */
  void abort() {
    faults.abort();
    outbound.close();
  }

  @Override
  public Feed open(String place, AVDictionary options) throws IOException {
    Feed next = web.open(place, options);
    faults.opened();
    return next;
  }

  @Override
  public boolean interrupted() {
    return faults.interrupted();
  }

  @Override
  public void failed(IOException reason) {
    faults.failed(reason);
  }

  @Override
  public void close() {
    if (context != null) {
      finiteAtClose = stream != null && isFinite();
      stream = null;
      avformat.avformat_close_input(context);
      context = null;
    }
    JavaIo.release(io);
    io = null;
    JavaIo.forget(number);
    outbound.close();
  }

  private void openCamera() throws UrlFault {
    RtspStream playing = RtspStream.open(url, outbound);
    camera = playing;
    var feed = new CameraFeed(playing);
    try (AVDictionary options = new AVDictionary()) {
      set(options, "sdp_flags", "custom_io");
      set(options, "reorder_queue_size", "0");
      open(feed, "sdp", "", options);
    }
    feed.play();
    JavaIo.packets(Objects.requireNonNull(io));
  }

  private void openWeb() throws IOException {
    WebOpener.OpenInput opened = web.first(url);
    playlist = opened.demuxer().equals("hls");
    pictures = opened.demuxer().equals(JpegStream.DEMUXER);
    if (opened.demuxer().isEmpty() && !opened.feed().seekable()) {
      faults.unseekable();
    }
    Feed feed = opened.feed();
    if (pictures) {
      feed = new JpegStream(feed, faults::requirePatience);
    } else if (!opened.measured()) {
      var ahead = new ReadAheadFeed(feed);
      liveDetector = new LiveDetector(ahead, WallClock.system()::nanos);
      feed = ahead;
    }
    try (AVDictionary options = new AVDictionary()) {
      if (playlist) {
        set(options, "http_persistent", "0");
        set(options, "allowed_extensions", "ALL");
        set(options, "allowed_segment_extensions", "ALL");
        set(options, "extension_picky", "0");
      }
      // FFmpeg gets only the part of the URL that playlists are relative to, because it may print
      // it.
      open(feed, opened.demuxer(), opened.url().plain(), options);
    }
  }

  private void open(Feed feed, String demuxer, String name, AVDictionary options) throws UrlFault {
    Ffmpeg.load();
    io = JavaIo.reading(feed, this);
    AVFormatContext made = avformat.avformat_alloc_context();
    number = JavaIo.attach(made, this);
    made.pb(io);
    AVInputFormat format = demuxer.isEmpty() ? null : avformat.av_find_input_format(demuxer);
    set(options, "format_whitelist", DEMUXERS);
    set(options, "protocol_whitelist", demuxer.equals("hls") ? "http,https,crypto" : "none");
    set(options, "codec_whitelist", VideoCodecs.DECODERS);
    set(options, "max_streams", Integer.toString(StreamChoice.MAX_STREAMS));
    set(options, "probesize", Long.toString(MAX_PROBE_BYTES));
    set(options, "analyzeduration", Long.toString(MAX_PROBE_MICROS));
    // A failed open frees the context and leaves the pointer null.
    int opened = avformat.avformat_open_input(made, name, format, options);
    avutil.av_dict_free(options);
    if (opened < 0) {
      throw faults.trouble(opened);
    }
    context = made;
  }

  /** The video stream to read: the largest that needs no scaling down, or the smallest. */
  private static AVStream choose(AVFormatContext context) throws UrlFault {
    StreamChoice.SearchResult found = StreamChoice.among(context, LiveInput::better);
    AVStream chosen = found.video();
    if (chosen == null) {
      throw new UrlFault(
          Kind.NO_VIDEO,
          found.unknown().isEmpty()
              ? "There is no video at this address."
              : "The video codec %s is not supported. Supported codecs: %s."
                  .formatted(found.unknown(), VideoCodecs.NAMES));
    }
    return chosen;
  }

  private static boolean better(AVStream one, AVStream other) {
    int width = one.codecpar().width();
    int best = other.codecpar().width();
    return best > MAX_SIDE ? width < best : width > best && width <= MAX_SIDE;
  }

  private static void set(AVDictionary options, String key, String value) {
    Ffmpeg.require(avutil.av_dict_set(options, key, value, 0), "Setting " + key);
  }
}
