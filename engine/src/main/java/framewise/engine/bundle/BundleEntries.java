package framewise.engine.bundle;

import framewise.engine.keep.FrameFile;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of a bundle's entries. A name is never used as a path. */
final class BundleEntries {
  static final String MANIFEST = "manifest.json";
  static final String EVENTS = "events.jsonl";
  static final String PROMPTS = "prompts.json";
  static final String LOOKBACKS = "lookbacks.json";
  static final String PICTURES = "pictures/";
  static final String EVIDENCE = "evidence/";
  static final String SENT = "sent.json";

  /** The video. It keeps the file extension of the upload, so that players recognize the format. */
  static final Pattern VIDEO = Pattern.compile("video(\\.[a-z0-9]{1,5})?");

  static final Pattern PICTURE = Pattern.compile(PICTURES + "([0-9_x]{1,80}\\.jpg)");
  static final Pattern SENT_OF = Pattern.compile(EVIDENCE + "([1-9]\\d{0,17})/sent\\.json");
  static final Pattern PICTURE_SENT =
      Pattern.compile(EVIDENCE + "([1-9]\\d{0,17})/(0|[1-9]\\d{0,3})\\.jpg");

  private BundleEntries() {}

  /** Whether a bundle may have an entry of this name. */
  static boolean isKnown(String name) {
    return switch (name) {
      case MANIFEST, EVENTS, PROMPTS, LOOKBACKS -> true;
      default ->
          VIDEO.matcher(name).matches()
              || isPicture(name)
              || SENT_OF.matcher(name).matches()
              || PICTURE_SENT.matcher(name).matches();
    };
  }

  /**
   * Whether it is exactly the name that this class gives a kept picture; other spellings of the
   * number are rejected.
   */
  private static boolean isPicture(String name) {
    return PICTURE.matcher(name).matches()
        && FrameFile.parse(name.substring(PICTURES.length()))
            .filter(frame -> name.equals(PICTURES + FrameFile.name(frame)))
            .isPresent();
  }

  /** Name of the video's entry. */
  static String video(String filename) {
    int dot = filename.lastIndexOf('.');
    Optional<String> named =
        Optional.of("video" + (dot < 0 ? "" : filename.substring(dot).toLowerCase(Locale.ROOT)));
    return named.filter(name -> VIDEO.matcher(name).matches()).orElse("video");
  }

  static String sent(long seq) {
    return "%s%d/%s".formatted(EVIDENCE, seq, SENT);
  }

  static String sentPicture(long seq, int number) {
    return "%s%d/%d.jpg".formatted(EVIDENCE, seq, number);
  }
}
