package framewise.server.api;

import framewise.engine.evidence.EvidenceFile;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.media.picture.EncodedPicture;
import framewise.server.http.Problem;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/** Evidence of a result: what was sent to services, as a list and as pictures. */
public final class EvidenceApi {
  private static final Pattern PICTURE = Pattern.compile("(\\d{1,4})\\.jpg");

  private final Sessions sessions;

  public EvidenceApi(Sessions sessions) {
    this.sessions = sessions;
  }

  public void list(Context context) {
    Session session = SessionPath.session(sessions, context);
    long seq = seq(context);
    EvidenceFile file = file(session, seq);
    var json = Reply.object();
    json.put("session_id", session.id().toString());
    json.put("seq", seq);
    json.put("backend", file.backend());
    var frames = json.putArray("frames");
    int number = 0;
    for (EncodedPicture picture : file.pictures()) {
      frames
          .addObject()
          .put("time_seconds", picture.time().seconds())
          .put("width", picture.width())
          .put("height", picture.height())
          .put("bytes", picture.jpeg().length)
          .put("sha256", picture.sha256())
          .put(
              "href",
              "/sessions/%s/results/%d/evidence/%d.jpg".formatted(session.id(), seq, number));
      number++;
    }
    json.set("request", file.requests().getFirst());
    if (file.requests().size() > 1) {
      var further = json.putArray("further_requests");
      file.requests().stream().skip(1).forEach(further::add);
    }
    Reply.json(context, json);
  }

  public void picture(Context context) {
    Session session = SessionPath.session(sessions, context);
    List<EncodedPicture> pictures = file(session, seq(context)).pictures();
    Matcher name = PICTURE.matcher(context.pathParam("picture"));
    int number = name.matches() ? Integer.parseInt(name.group(1)) : Integer.MAX_VALUE;
    if (number >= pictures.size()) {
      throw missing(
          "There is no such picture. Choose from 0.jpg to %d.jpg.".formatted(pictures.size() - 1));
    }
    context.contentType("image/jpeg");
    context.header("Cache-Control", "private, max-age=31536000, immutable");
    context.result(pictures.get(number).jpeg());
  }

  private EvidenceFile file(Session session, long seq) {
    return sessions
        .evidence()
        .find(session.id(), seq)
        .orElseThrow(
            () ->
                missing(
                    ("There is no evidence for number %d of this session: it is not a"
                            + " result, its back end sends nothing to a service, or"
                            + " FRAMEWISE_EVIDENCE_QUOTA was reached.")
                        .formatted(seq)));
  }

  private static long seq(Context context) {
    return Query.number("seq", Optional.of(context.pathParam("seq")), 1, Long.MAX_VALUE)
        .orElseThrow();
  }

  private static RuntimeException missing(String detail) {
    return Problem.of(HttpStatus.NOT_FOUND_404, "no_evidence", detail).asException();
  }
}
