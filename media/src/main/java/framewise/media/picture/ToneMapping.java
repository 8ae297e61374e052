package framewise.media.picture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Converts high dynamic range or wide gamut video to sRGB, the colour space that models and screens
 * expect. Diffuse white, 203 candela per square metre (ITU-R BT.2408), becomes white. Brighter
 * light is reduced to white's brightness and keeps its hue, so a glowing orange lamp stays orange.
 * Immutable.
 */
final class ToneMapping {
  /** Red, green and blue with 16 bits each, in native byte order. */
  static final int DEEP_FORMAT =
      ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
          ? avutil.AV_PIX_FMT_RGB48LE
          : avutil.AV_PIX_FMT_RGB48BE;

  /** Bytes per pixel in that format. */
  static final int DEEP_BYTES = 6;

  private static final double DIFFUSE_WHITE_NITS = 203;
  private static final double HLG_PEAK_NITS = 1000;

  /** 12 of the 16 bits; no video has more. */
  private static final int LIGHT_BITS = 12;

  private static final int SRGB_STEPS = 1 << 14;
  private static final int POWER_STEPS = 1 << 12;
  private static final int STRIP = 1 << 12;

  /** ITU-R BT.2020 to BT.709, report BT.2407. */
  private static final float[] FROM_BT2020 = {
    1.6605f, -0.5876f, -0.0728f, -0.1246f, 1.1329f, -0.0083f, -0.0182f, -0.1006f, 1.1187f
  };

  /** Display P3 to sRGB; their white is the same. */
  private static final float[] FROM_P3 = {
    1.2249f, -0.2247f, 0, -0.0420f, 1.0419f, 0, -0.0197f, -0.0786f, 1.0979f
  };

  private static final float[] SAME = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  private static final byte[] SRGB = srgb();

  /** Light to the power of a fifth: HLG's system gamma of 1.2 less one, BT.2100. */
  private static final float[] FIFTH_ROOT = table(POWER_STEPS, light -> Math.pow(light, 0.2));

  private static final Map<Kind, ToneMapping> KNOWN = new ConcurrentHashMap<>();

  /** The key of the tables. */
  private record Kind(int transfer, int primaries) {}

  private final float[] light;
  private final float[] matrix;
  private final boolean scene;

  private ToneMapping(Kind kind) {
    this.scene = kind.transfer == avutil.AVCOL_TRC_ARIB_STD_B67;
    this.light = table(1 << LIGHT_BITS, eotf(kind.transfer));
    this.matrix =
        switch (kind.primaries) {
          case avutil.AVCOL_PRI_BT2020 -> FROM_BT2020;
          case avutil.AVCOL_PRI_SMPTE431, avutil.AVCOL_PRI_SMPTE432 -> FROM_P3;
          default -> SAME;
        };
  }

  /** The map for such video; empty for video that is already in an everyday colour space. */
  static Optional<ToneMapping> of(int transfer, int primaries) {
    boolean bright =
        transfer == avutil.AVCOL_TRC_SMPTE2084 || transfer == avutil.AVCOL_TRC_ARIB_STD_B67;
    boolean wide =
        primaries == avutil.AVCOL_PRI_BT2020
            || primaries == avutil.AVCOL_PRI_SMPTE431
            || primaries == avutil.AVCOL_PRI_SMPTE432;
    if (!bright && !wide) {
      return Optional.empty();
    }
    // High dynamic range uses these primaries, whether declared or not.
    boolean undeclared = primaries == avutil.AVCOL_PRI_UNSPECIFIED;
    var kind = new Kind(transfer, undeclared ? avutil.AVCOL_PRI_BT2020 : primaries);
    return Optional.of(KNOWN.computeIfAbsent(kind, ToneMapping::new));
  }

  /**
   * Converts pixels.
   *
   * @param deep in {@link #DEEP_FORMAT}
   * @param plain receives them as {@link PixelFormat#BGR24}
   */
  void apply(MemorySegment deep, MemorySegment plain, long pixels) {
    short[] in = new short[3 * STRIP];
    byte[] out = new byte[3 * STRIP];
    for (long done = 0; done < pixels; done += STRIP) {
      int count = (int) Math.min(STRIP, pixels - done);
      MemorySegment.copy(
          deep, ValueLayout.JAVA_SHORT_UNALIGNED, done * DEEP_BYTES, in, 0, 3 * count);
      convert(in, out, count);
      MemorySegment.copy(out, 0, plain, ValueLayout.JAVA_BYTE, done * 3, 3 * count);
    }
  }

  private void convert(short[] in, byte[] out, int count) {
    for (int i = 0; i < 3 * count; i += 3) {
      float red = lightOf(in[i]);
      float green = lightOf(in[i + 1]);
      float blue = lightOf(in[i + 2]);
      float brighter = scene ? display(red, green, blue) : 1;
      float r = brighter * (matrix[0] * red + matrix[1] * green + matrix[2] * blue);
      float g = brighter * (matrix[3] * red + matrix[4] * green + matrix[5] * blue);
      float b = brighter * (matrix[6] * red + matrix[7] * green + matrix[8] * blue);
      float most = Math.max(1, Math.max(r, Math.max(g, b)));
      out[i] = srgbOf(b / most);
      out[i + 1] = srgbOf(g / most);
      out[i + 2] = srgbOf(r / most);
    }
  }

  private float lightOf(short number) {
    return light[(number & 0xffff) >> (16 - LIGHT_BITS)];
  }

  private static byte srgbOf(float light) {
    return SRGB[Math.round(Math.max(0, light) * (SRGB_STEPS - 1))];
  }

  /**
   * HLG encodes the light of the scene; the gain from it to the light of a screen grows with the
   * luminance.
   */
  private static float display(float red, float green, float blue) {
    float luminance = 0.2627f * red + 0.6780f * green + 0.0593f * blue;
    return (float) (HLG_PEAK_NITS / DIFFUSE_WHITE_NITS)
        * FIFTH_ROOT[Math.round(Math.min(1, luminance) * (POWER_STEPS - 1))];
  }

  /** Maps a value from 0 to 1 to light, where 1 is diffuse white; for HLG, scene light. */
  private static DoubleUnaryOperator eotf(int transfer) {
    return switch (transfer) {
      case avutil.AVCOL_TRC_SMPTE2084 -> ToneMapping::pq;
      case avutil.AVCOL_TRC_ARIB_STD_B67 -> ToneMapping::hlg;
      default -> ToneMapping::plain;
    };
  }

  /** ITU-R BT.2100, table 4. */
  private static double pq(double number) {
    double root = Math.pow(number, 32 / 2523.0);
    double over = Math.max(root - 107 / 128.0, 0);
    return 10_000
        * Math.pow(over / (2413 / 128.0 - 2392 / 128.0 * root), 8192 / 1305.0)
        / DIFFUSE_WHITE_NITS;
  }

  /** The inverse of the camera's curve, ITU-R BT.2100, table 5. */
  private static double hlg(double number) {
    return number <= 0.5
        ? number * number / 3
        : (Math.exp((number - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  }

  /** IEC 61966-2-1, the inverse of the output curve, so that grey is unchanged. */
  private static double plain(double number) {
    return number <= 0.04045 ? number / 12.92 : Math.pow((number + 0.055) / 1.055, 2.4);
  }

  private static byte[] srgb() {
    byte[] made = new byte[SRGB_STEPS];
    for (int i = 0; i < SRGB_STEPS; i++) {
      double light = i / (SRGB_STEPS - 1.0);
      double number = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
      made[i] = (byte) Math.round(255 * number);
    }
    return made;
  }

  private static float[] table(int steps, DoubleUnaryOperator function) {
    float[] made = new float[steps];
    for (int i = 0; i < steps; i++) {
      made[i] = (float) function.applyAsDouble(i / (steps - 1.0));
    }
    return made;
  }
}
