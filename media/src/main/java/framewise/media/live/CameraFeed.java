package framewise.media.live;

import framewise.media.network.UrlFault;
import framewise.media.rtsp.RtspStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A camera's stream as FFmpeg's SDP demuxer reads it: the description, then packet by packet. */
final class CameraFeed implements Feed {
  private final RtspStream stream;
  private final byte[] description;
  private int position;
  private boolean described;

  /**
   * @param stream closed with this
   */
  CameraFeed(RtspStream stream) {
    this.stream = stream;
    this.description = stream.sdp().getBytes(StandardCharsets.UTF_8);
  }

  /** Switches from the description, now read, to packets. */
  void play() {
    described = true;
  }

  @Override
  public int read(byte[] into, int length) throws IOException {
    if (described) {
      byte[] packet = stream.next();
      int size = Math.min(length, packet.length);
      System.arraycopy(packet, 0, into, 0, size);
      return size;
    }
    int size = Math.min(length, description.length - position);
    System.arraycopy(description, position, into, 0, size);
    position += size;
    return size == 0 ? -1 : size;
  }

  @Override
  public void write(byte[] bytes) throws UrlFault {
    stream.report(bytes);
  }

  @Override
  public void close() {
    stream.close();
  }
}
