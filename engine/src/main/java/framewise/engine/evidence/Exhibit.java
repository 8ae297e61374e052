package framewise.engine.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.EncodedPicture;
import framewise.media.MediaTime;
import framewise.vision.SentRequest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What a service was sent for one result, as it is kept: a ZIP file of the pictures, which are
 * compressed already, and of {@code request.json}.
 *
 * @param pictures the very bytes, in the order in which they were sent
 * @param request the body of the request, without secrets
 */
public record Exhibit(List<EncodedPicture> pictures, JsonNode request) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REQUEST = "request.json";
  private static final String PICTURES = "pictures.json";

  public Exhibit {
    pictures = List.copyOf(pictures);
  }

  static void write(Path file, SentRequest sent) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      var list = JSON.createArrayNode();
      for (EncodedPicture picture : sent.pictures()) {
        list.addObject()
            .put("micros", picture.time().micros())
            .put("width", picture.width())
            .put("height", picture.height());
      }
      put(zip, PICTURES, list.toString().getBytes(StandardCharsets.UTF_8));
      put(zip, REQUEST, sent.request().getBytes(StandardCharsets.UTF_8));
      int number = 0;
      for (EncodedPicture picture : sent.pictures()) {
        put(zip, number++ + ".jpg", picture.jpeg());
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws NoSuchFileException when there is none
   */
  static Exhibit read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    JsonNode list = JSON.createArrayNode();
    JsonNode request = JSON.createObjectNode();
    List<EncodedPicture> pictures = new ArrayList<>();
    try (var zip = new ZipInputStream(new FileInputStream(file.toFile()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        switch (entry.getName()) {
          case PICTURES -> list = JSON.readTree(bytes);
          case REQUEST -> request = JSON.readTree(bytes);
          default -> pictures.add(picture((ObjectNode) list.get(pictures.size()), bytes));
        }
      }
    }
    return new Exhibit(pictures, request);
  }

  private static EncodedPicture picture(ObjectNode told, byte[] jpeg) {
    return new EncodedPicture(
        new MediaTime(told.get("micros").asLong()),
        told.get("width").asInt(),
        told.get("height").asInt(),
        jpeg);
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
