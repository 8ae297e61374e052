package framewise.webrtc.receiver;

import framewise.media.decode.LiveDecoder;
import framewise.webrtc.payload.PictureSize;

/**
 * Receives a connection's state changes and pictures. Its methods are called by one thread at a
 * time each.
 */
public interface PictureSink {
  /** Media can flow. */
  void connected();

  /** Nothing has arrived for some seconds. */
  void disconnected();

  /** The peer has ended the connection. */
  void left();

  /** The connection will not come back. */
  void failed();

  /** Whether pictures of this size may be decoded. A refused one counts as dropped. */
  boolean admits(PictureSize size);

  /**
   * Takes a decoded picture, which it closes.
   *
   * @param rotation degrees clockwise that make it upright
   * @param nanos when its last packet arrived, on the clock's steady time
   */
  void picture(LiveDecoder.DecodedPicture picture, int rotation, long nanos);

  /** The memory budget has no room for the pictures; no more are decoded. */
  void outOfMemory();
}
