package framewise.engine.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import framewise.vision.SentRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Evidence for one result: a ZIP file that starts with {@code sent.json}, the description of the
 * requests, followed by the pictures, which are compressed already.
 *
 * @param backend the back end that sent the requests
 * @param pictures the exact bytes, in the order in which they were sent
 * @param requests the bodies of the requests, without secrets; at least one
 */
public record EvidenceFile(String backend, List<EncodedPicture> pictures, List<JsonNode> requests) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SENT = "sent.json";

  public EvidenceFile {
    pictures = List.copyOf(pictures);
    requests = List.copyOf(requests);
  }

  static byte[] bytes(SentRequest sent) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      put(zip, SENT, JSON.writeValueAsBytes(about(sent)));
      int number = 0;
      for (EncodedPicture picture : sent.pictures()) {
        put(zip, number++ + ".jpg", picture.jpeg());
      }
    }
    return out.toByteArray();
  }

  /** Reads what {@link #bytes} wrote. */
  static EvidenceFile read(InputStream file) throws IOException {
    JsonNode about = JSON.createObjectNode();
    List<EncodedPicture> pictures = new ArrayList<>();
    try (var zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        if (entry.getName().equals(SENT)) {
          about = JSON.readTree(bytes);
        } else {
          pictures.add(picture(about.at("/pictures/" + pictures.size()), bytes));
        }
      }
    }
    List<JsonNode> requests = new ArrayList<>();
    about.path("requests").forEach(requests::add);
    return new EvidenceFile(about.path("backend").asText(), pictures, requests);
  }

  /** The description of the requests, as in the file. */
  public JsonNode about() {
    ObjectNode about = about(backend, pictures);
    ArrayNode array = about.putArray("requests");
    requests.forEach(array::add);
    return about;
  }

  private static ObjectNode about(SentRequest sent) throws JsonProcessingException {
    ObjectNode about = about(sent.backend(), sent.pictures());
    ArrayNode requests = about.putArray("requests");
    for (String request : sent.requests()) {
      requests.add(JSON.readTree(request));
    }
    return about;
  }

  private static ObjectNode about(String backend, List<EncodedPicture> sent) {
    ObjectNode about = JSON.createObjectNode().put("backend", backend);
    ArrayNode pictures = about.putArray("pictures");
    for (EncodedPicture picture : sent) {
      pictures
          .addObject()
          .put("micros", picture.time().micros())
          .put("width", picture.width())
          .put("height", picture.height());
    }
    return about;
  }

  private static EncodedPicture picture(JsonNode entry, byte[] jpeg) {
    return new EncodedPicture(
        new MediaTime(entry.required("micros").asLong()),
        entry.required("width").asInt(),
        entry.required("height").asInt(),
        jpeg);
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
