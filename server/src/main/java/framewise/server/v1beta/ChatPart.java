package framewise.server.v1beta;

/** One part of a message. */
sealed interface ChatPart {
  record Text(String text) implements ChatPart {}

  /**
   * A picture or a video.
   *
   * @param url {@code ovs:}, {@code data:}, {@code http:} or {@code https:}
   */
  record Media(String url, boolean video) implements ChatPart {}
}
