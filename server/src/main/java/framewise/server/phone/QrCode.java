package framewise.server.phone;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** QR code (ISO/IEC 18004), dark on light, with the standard margin. */
public final class QrCode {
  /** The standard's quiet zone. */
  private static final int MARGIN = 4;

  /** Black on white, whatever colours the terminal has. */
  private static final String PAPER = "\u001b[38;5;16;48;5;231m";

  private static final String PLAIN = "\u001b[0m";

  private final ByteMatrix modules;

  private QrCode(ByteMatrix modules) {
    this.modules = modules;
  }

  /**
   * Encodes a text.
   *
   * @throws IllegalArgumentException when it is too long for a code, about 2,000 letters
   */
  public static QrCode of(String text) {
    try {
      return new QrCode(Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix());
    } catch (WriterException tooLong) {
      throw new IllegalArgumentException(tooLong);
    }
  }

  /** Width and height in modules, including the margin. */
  public int size() {
    return modules.getWidth() + 2 * MARGIN;
  }

  /** Whether the module is dark; the margin and everything outside are light. */
  public boolean isDark(int x, int y) {
    int column = x - MARGIN;
    int row = y - MARGIN;
    return column >= 0
        && row >= 0
        && column < modules.getWidth()
        && row < modules.getHeight()
        && modules.get(column, row) == 1;
  }

  /** Image that scales to any size in browsers. */
  public String svg() {
    String path =
        IntStream.range(0, size())
            .boxed()
            .flatMap(
                y ->
                    IntStream.range(0, size())
                        .filter(x -> isDark(x, y))
                        .mapToObj(x -> "M%d %dh1v1h-1z".formatted(x, y)))
            .collect(Collectors.joining());
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
        <path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>
        """
        .formatted(size(), size(), size(), size(), path);
  }

  /**
   * Text for a terminal, two rows of modules per line.
   *
   * @param colours whether to set black on white with escape codes; without them the terminal's
   *     letters must be lighter than its background
   */
  public String lines(boolean colours) {
    return IntStream.rangeClosed(0, (size() - 1) / 2)
        .mapToObj(line -> colours ? PAPER + line(2 * line, true) + PLAIN : line(2 * line, false))
        .collect(Collectors.joining("\n"));
  }

  /**
   * @param ink which modules to draw: the dark ones, or the light ones
   */
  private String line(int row, boolean ink) {
    var line = new StringBuilder();
    for (int x = 0; x < size(); x++) {
      boolean top = isDark(x, row) == ink;
      // Below the last row there are no modules: light on paper, otherwise the terminal's
      // background.
      boolean bottom = row + 1 < size() && isDark(x, row + 1) == ink;
      line.append(top ? (bottom ? '█' : '▀') : (bottom ? '▄' : ' '));
    }
    return line.toString();
  }
}
