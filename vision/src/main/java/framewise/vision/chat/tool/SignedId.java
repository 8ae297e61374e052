package framewise.vision.chat.tool;

import java.util.UUID;

/**
 * The id of a call, with the signature that Gemini requires back with the call. OpenAI's clients
 * return a call's id but drop fields that they do not know, so the signature is in the id.
 */
final class SignedId {
  private static final String MARK = "__thought__";

  private SignedId() {}

  /**
   * An id for a call.
   *
   * @param id empty where the service did not name it
   * @param signature base64; empty where there is none
   */
  static String of(String id, String signature) {
    String name = id.isEmpty() ? "call_" + UUID.randomUUID().toString().substring(24) : id;
    return signature.isEmpty() ? name : name + MARK + signature;
  }

  /** The signature in an id; empty where there is none. */
  static String signature(String id) {
    int mark = id.indexOf(MARK);
    return mark < 0 ? "" : id.substring(mark + MARK.length());
  }
}
