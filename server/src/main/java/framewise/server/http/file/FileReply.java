package framewise.server.http.file;

import framewise.engine.files.FileEntry;
import framewise.engine.files.StoredFile;
import framewise.server.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpStatus;

/** Sends an immutable file, or the requested part of it. */
public final class FileReply {
  private static final int BUFFER = 64 << 10;

  private FileReply() {}

  /**
   * Sends the file through one buffer, whatever its length.
   *
   * @param etag of the file, in quotes
   * @param permitted whether the client may still see the file; checked while sending
   */
  public static void send(
      Context context, StoredFile file, String contentType, String etag, BooleanSupplier permitted)
      throws IOException {
    context.header("ETag", etag);
    context.header("Accept-Ranges", "bytes");
    context.header("Cache-Control", "private, max-age=31536000, immutable");
    if (etag.equals(context.header("If-None-Match"))) {
      context.status(HttpStatus.NOT_MODIFIED_304);
      return;
    }
    long size =
        file.entry().map(FileEntry::bytes).orElseThrow(() -> new NoSuchFileException(file.key()));
    switch (ByteRange.read(range(context, etag), size)) {
      case ByteRange.RequestedRange.Whole() ->
          send(context, file, contentType, new ByteRange(0, size - 1), permitted);
      case ByteRange.RequestedRange.Part(var range) -> {
        context.status(HttpStatus.PARTIAL_CONTENT_206);
        context.header(
            "Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), size));
        send(context, file, contentType, range, permitted);
      }
      case ByteRange.RequestedRange.Unsatisfiable() -> {
        context.header("Content-Range", "bytes */" + size);
        throw Problem.of(
                HttpStatus.RANGE_NOT_SATISFIABLE_416,
                "range_not_satisfiable",
                "The range begins after the end of the file, which has %d bytes.".formatted(size))
            .asException();
      }
    }
  }

  /** Ignores a range that is meant for another version of the file. */
  private static Optional<String> range(Context context, String etag) {
    return Optional.ofNullable(context.header("If-Range")).orElse(etag).equals(etag)
        ? Optional.ofNullable(context.header("Range"))
        : Optional.empty();
  }

  private static void send(
      Context context,
      StoredFile file,
      String contentType,
      ByteRange range,
      BooleanSupplier permitted)
      throws IOException {
    var response = context.res();
    response.setContentType(contentType);
    response.setContentLengthLong(range.length());
    if (context.req().getMethod().equals("HEAD")) {
      return;
    }
    try (InputStream in = file.read(range.first(), range.length())) {
      byte[] buffer = new byte[BUFFER];
      long left = range.length();
      while (left > 0) {
        if (!permitted.getAsBoolean()) {
          // The length is sent already: a shorter body cuts the connection.
          throw new IOException("the client lost access to the file");
        }
        int length = in.read(buffer, 0, (int) Math.min(left, BUFFER));
        if (length < 0) {
          throw new IOException("a video became shorter while Framewise sent it");
        }
        response.getOutputStream().write(buffer, 0, length);
        left -= length;
      }
    }
  }
}
