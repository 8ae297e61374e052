package framewise.vision;

import java.util.regex.Pattern;

/**
 * What the name of a model may be made of. Some services take it as a part of their address, where
 * {@code ../} and {@code ?} would lead to other calls, and prices are found by it.
 */
public final class ModelName {
  /** To be read after "must have". */
  public static final String ALLOWED = "only letters, digits, spaces and . _ - : / @ + ~ ( ) \\";

  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9 ._:/@+~()\\\\-]+");

  private ModelName() {}

  /** Whether it can be the name of a model. */
  public static boolean isSound(String name) {
    return SOUND.matcher(name).matches() && !name.contains("..");
  }
}
