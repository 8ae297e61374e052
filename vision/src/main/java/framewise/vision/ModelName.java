package framewise.vision;

import java.util.regex.Pattern;

/**
 * The rules for model names. Some services put the name into a URL, where {@code ../} and {@code ?}
 * would lead to other calls; prices are looked up by it.
 */
public final class ModelName {
  /** To follow "must have". */
  public static final String ALLOWED = "only letters, digits, spaces and . _ - : / @ + ~ ( ) \\";

  /** All rules, to follow "must have". */
  public static final String RULE = ALLOWED + ", and no two dots in a row";

  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9 ._:/@+~()\\\\-]+");

  private ModelName() {}

  /** Whether a name is valid. */
  public static boolean isSound(String name) {
    return SOUND.matcher(name).matches() && !name.contains("..");
  }
}
