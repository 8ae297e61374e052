package framewise.server.upload;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.store.StorageFault;
import framewise.server.config.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/**
 * One uploaded video, written from a form to the disk through one 64 KB buffer.
 *
 * @param filename sanitized for display
 * @param size bytes, above 0
 */
record Upload(String filename, long size) {
  private static final int BUFFER = 64 << 10;
  private static final int MAX_PART_HEADERS_LENGTH = 8 << 10;
  private static final int MAX_PARTS = 20;

  /**
   * Writes the form's part {@code file} to an existing file.
   *
   * @param noun word for the file in error messages, such as {@code video}
   * @throws RefusedException when the form does not have exactly one such part, or it is empty,
   *     when it is longer than the limit, or when the disk has no space for it
   * @throws IOException when the sender disconnects
   */
  static Upload receive(InputStream form, String boundary, Path target, ByteSize limit, String noun)
      throws IOException {
    try (FileChannel channel = openForWriting(target)) {
      var part = new FilePart(new Disk(channel, target), limit, noun);
      var parser = new MultiPart.Parser(boundary, part);
      parser.setPartHeadersMaxLength(MAX_PART_HEADERS_LENGTH);
      parser.setMaxParts(MAX_PARTS);
      byte[] buffer = new byte[BUFFER];
      for (int length = form.read(buffer); length >= 0; length = form.read(buffer)) {
        parser.parse(Content.Chunk.from(ByteBuffer.wrap(buffer, 0, length), false));
        part.throwIfFailed();
      }
      parser.parse(Content.Chunk.EOF);
      part.throwIfFailed();
      if (!part.hasFile()) {
        throw Refusal.field(
                "file",
                "The form has no part named file: send the %s in such a part".formatted(noun))
            .asException();
      }
      if (part.size() == 0) {
        throw Refusal.field("file", "The file is empty but must contain a " + noun).asException();
      }
      return new Upload(DisplayName.of(part.filename().orElse("")), part.size());
    }
  }

  private static FileChannel openForWriting(Path target) throws IOException {
    return FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static RefusedException full() {
    return Refusal.of(
            Code.DISK_FULL,
            "The disk is full and has no space for this video. Free some space, or set"
                + " FRAMEWISE_DATA to a folder on another disk.")
        .asException();
  }

  /** Distinguishes a full disk from a sender that disconnected. */
  private record Disk(FileChannel channel, Path file) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      try {
        return channel.write(bytes);
      } catch (IOException e) {
        if (StorageFault.isFull(e)) {
          throw full();
        }
        throw new FileSystemException(file.toString(), null, e.getMessage());
      }
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
