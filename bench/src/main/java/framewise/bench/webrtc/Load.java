package framewise.bench.webrtc;

/**
 * A number of equal streams.
 *
 * @param width pixels
 * @param height pixels
 * @param fps pictures per second of each stream
 * @param streams number of concurrent streams
 */
record Load(int width, int height, int fps, int streams) {
  static Load parse(String text) {
    String[] parts = text.split("[x@*]", -1);
    return new Load(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }

  @Override
  public String toString() {
    return width + "x" + height + "@" + fps + "*" + streams;
  }
}
