package framewise.server.upload;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.server.config.ByteSize;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the part {@code file} of a form while it arrives, and writes it out; skips other parts.
 * The parser that feeds it swallows exceptions, so faults are kept for {@link #throwIfFailed}. Used
 * by one thread.
 */
final class FilePart extends MultiPart.AbstractPartsListener {
  private static final String NAME = "file";

  private final WritableByteChannel target;
  private final ByteSize limit;
  private final String noun;

  private boolean inFile;
  private int files;
  private long size;
  private boolean complete;
  private @Nullable String filename;
  private @Nullable Throwable failure;

  /**
   * @param noun word for the file in error messages, such as {@code video}
   */
  FilePart(WritableByteChannel target, ByteSize limit, String noun) {
    this.target = target;
    this.limit = limit;
    this.noun = noun;
  }

  /** Bytes written so far. */
  long size() {
    return size;
  }

  /** The uploader's file name; empty where the form has none. */
  Optional<String> filename() {
    return Optional.ofNullable(filename);
  }

  boolean hasFile() {
    return files > 0;
  }

  boolean isComplete() {
    return complete;
  }

  /** Throws the first fault of the upload, if there is one. */
  void throwIfFailed() throws IOException {
    switch (failure) {
      case null -> {}
      case EOFException cut -> throw malformed("it ends before its last boundary");
      case IOException io -> throw io;
      case RefusedException refused -> throw refused;
      default -> throw malformed(String.valueOf(failure.getMessage()));
    }
  }

  @Override
  public void onPartHeaders() {
    inFile = NAME.equals(getName());
    if (inFile) {
      filename = getFileName();
      files++;
      if (files > 1) {
        fail(
            Refusal.field(
                    NAME, "The form has more than one part named file: send one " + noun + " each")
                .asException());
      }
    }
  }

  @Override
  public void onPartContent(Content.Chunk chunk) {
    if (!inFile || failure != null) {
      return;
    }
    ByteBuffer bytes = chunk.getByteBuffer();
    if (size + bytes.remaining() > limit.bytes()) {
      fail(tooLarge(limit, noun));
      return;
    }
    size += bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        target.write(bytes);
      }
    } catch (IOException | RefusedException e) {
      fail(e);
    }
  }

  @Override
  public void onPart(String name, String given, HttpFields headers) {
    inFile = false;
  }

  @Override
  public void onComplete() {
    complete = true;
  }

  @Override
  public void onFailure(Throwable cause) {
    fail(cause);
  }

  static RuntimeException tooLarge(ByteSize limit, String noun) {
    return Refusal.of(
            Code.TOO_LARGE,
            "The %s is larger than %s, which is the limit: %s, or raise FRAMEWISE_MAX_UPLOAD."
                .formatted(
                    noun,
                    limit,
                    noun.equals("video") ? "shorten or shrink it" : "create it without evidence"))
        .asException();
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  private static RuntimeException malformed(String why) {
    return Refusal.of(
            Code.INVALID_REQUEST, "The form cannot be read as multipart/form-data: " + why + ".")
        .asException();
  }
}
