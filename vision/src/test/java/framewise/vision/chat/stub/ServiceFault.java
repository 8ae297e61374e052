package framewise.vision.chat.stub;

import java.util.List;
import java.util.function.BiFunction;

/** A misbehaviour of a service, and the expected result. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
public enum ServiceFault {
  UNAUTHORIZED("unauthorized", status(401)),
  FORBIDDEN("unauthorized", status(403)),
  NO_CREDIT("insufficient_credits", status(402)),
  NO_MODEL("unknown_model", status(404)),
  BAD_REQUEST("invalid_request", status(400)),
  TOO_MUCH("rate_limited", status(429)),
  BROKEN("service_failed", status(500)),
  OVERLOADED("service_failed", status(503)),
  PLAIN_TEXT("service_failed", (form, streamed) -> ServiceReply.json(502, "<h1>Bad Gateway</h1>")),
  MOVED(
      "unreadable_answer",
      (form, streamed) -> ServiceReply.json(302, "").with("Location", "/other")),
  SILENT("timeout", (form, streamed) -> ServiceReply.silent()),
  HANGS_IN_THE_MIDDLE(
      "timeout", (form, streamed) -> begun(form, streamed, ServiceReply.DeliveryMode.HANGS)),
  CUT_IN_THE_MIDDLE(
      "service_failed", (form, streamed) -> begun(form, streamed, ServiceReply.DeliveryMode.CUT)),
  ENDS_IN_THE_MIDDLE(
      "service_failed",
      "unreadable_answer",
      (form, streamed) -> begun(form, streamed, ServiceReply.DeliveryMode.WHOLE)),
  GARBAGE("unreadable_answer", (form, streamed) -> ServiceReply.json(200, "<html>nonsense</html>")),
  GARBAGE_EVENTS(
      "unreadable_answer", (form, streamed) -> ServiceReply.events(List.of("data: nonsense\n\n"))),
  NOTHING("unreadable_answer", (form, streamed) -> ServiceReply.json(200, "")),
  EMPTY(
      "empty_answer",
      (form, streamed) ->
          streamed
              ? ServiceReply.events(form.events(List.of(""), "stop"))
              : ServiceReply.json(200, form.answer("", "stop"))),
  BLOCKED(
      "content_filter",
      (form, streamed) ->
          streamed
              ? ServiceReply.events(form.blockedEvents())
              : ServiceReply.json(200, form.blocked())),
  ERROR_IN_DISGUISE(
      "service_failed",
      (form, streamed) ->
          streamed
              ? ServiceReply.events(
                  List.of(form.events(List.of("A ", "red"), "stop").getFirst(), form.errorEvent()))
              : ServiceReply.json(200, form.error(500, "no capacity"))),
  TOO_LONG(
      "service_failed",
      (form, streamed) ->
          streamed
              ? ServiceReply.events(List.of(": " + "x".repeat(1 << 20) + "\n"))
                  .in(ServiceReply.DeliveryMode.ENDLESS)
              : ServiceReply.json(200, " ".repeat(1 << 20)).in(ServiceReply.DeliveryMode.ENDLESS));

  private final String code;
  private final String codeWhenWhole;
  private final BiFunction<WireForm, Boolean, ServiceReply> reply;

  ServiceFault(String code, BiFunction<WireForm, Boolean, ServiceReply> reply) {
    this(code, code, reply);
  }

  ServiceFault(
      String code, String codeWhenWhole, BiFunction<WireForm, Boolean, ServiceReply> reply) {
    this.code = code;
    this.codeWhenWhole = codeWhenWhole;
    this.reply = reply;
  }

  public String code(boolean streamed) {
    return streamed ? code : codeWhenWhole;
  }

  public ServiceReply reply(WireForm form, boolean streamed) {
    return reply.apply(form, streamed);
  }

  /** Whether the request fails only at its time-out. */
  public boolean isSlow() {
    return code.equals("timeout");
  }

  private static BiFunction<WireForm, Boolean, ServiceReply> status(int status) {
    return (form, streamed) ->
        ServiceReply.json(status, form.error(status, "no " + Services.KEY + " here"));
  }

  /** An answer of which only the beginning arrives. */
  private static ServiceReply begun(
      WireForm form, boolean streamed, ServiceReply.DeliveryMode manner) {
    if (streamed) {
      List<String> events = form.events(List.of("A ", "red ", "car."), "stop");
      return ServiceReply.events(events.subList(0, events.size() / 2)).in(manner);
    }
    String answer = form.answer("A red car.", "stop");
    return ServiceReply.json(200, answer.substring(0, answer.length() / 2)).in(manner);
  }
}
