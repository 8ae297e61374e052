package framewise.server.export;

/** Export formats, by file name extension. */
public enum Export {
  /** Every result as the socket sent it, one per line. */
  JSONL("application/jsonl; charset=utf-8"),
  /** A table. */
  CSV("text/csv; charset=utf-8; header=present"),
  /** Subtitles for browsers, of the newest run. */
  VTT("text/vtt; charset=utf-8"),
  /** Subtitles for players, of the newest run. */
  SRT("application/x-subrip; charset=utf-8");

  private final String contentType;

  Export(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /** A writer for a single download. */
  public ResultFormat format() {
    return switch (this) {
      case JSONL -> new JsonLines();
      case CSV -> new CsvTable();
      case VTT -> new Subtitles(new WebVtt());
      case SRT -> new Subtitles(new SubRip());
    };
  }
}
