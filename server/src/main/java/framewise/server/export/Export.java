package framewise.server.export;

/** The forms in which results can be taken away, by their file name extension. */
public enum Export {
  /** Every result as the socket sent it, one a line. */
  JSONL("application/jsonl; charset=utf-8", true),
  /** A table. */
  CSV("text/csv; charset=utf-8; header=present", true),
  /** Subtitles for browsers. */
  VTT("text/vtt; charset=utf-8", false),
  /** Subtitles for players. */
  SRT("application/x-subrip; charset=utf-8", false);

  private final String contentType;
  private final boolean allRuns;

  Export(String contentType, boolean allRuns) {
    this.contentType = contentType;
    this.allRuns = allRuns;
  }

  public String contentType() {
    return contentType;
  }

  /** Whether the results of every run are in it, or those of the newest alone. */
  public boolean allRuns() {
    return allRuns;
  }

  /** One for a single download. */
  public ResultFormat format() {
    return switch (this) {
      case JSONL -> new JsonLines();
      case CSV -> new CsvTable();
      case VTT -> new Subtitles(new WebVtt());
      case SRT -> new Subtitles(new SubRip());
    };
  }
}
