package framewise.vision.builtin.text;

/**
 * One piece of text as it stands in the picture.
 *
 * @param confidence 0.5 to 1
 */
public record TextLine(String text, Box box, double confidence) {}
