package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.pipeline.AnswerProgress;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.result.Event;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Session;
import framewise.media.NewestSlot;
import framewise.time.WallClock;
import framewise.vision.tool.CalledTools;
import framewise.vision.tool.ToolCall;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sends an answer as server-sent events while it is being written. It can fail with a status until
 * the first words are sent; later errors are events. Used once.
 */
final class ChatStream {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private static final String BROKE_OFF =
      "The model stopped in the middle of a tool call, and its second attempt differs: try again.";

  private final Inquiries inquiries;
  private final Inquiry inquiry;
  private final Optional<Session> session;
  private final ChatRequest request;
  private final WallClock clock;
  private final UUID id;
  private final CallDeltas calls = new CallDeltas();
  private String sent = "";
  private boolean begun;

  /** The answer so far. */
  private record PartialReply(String text, List<ToolCall> calls) {
    PartialReply {
      calls = List.copyOf(calls);
    }
  }

  /** Called by the asking thread. */
  private static final class Progress implements AnswerProgress {
    private final NewestSlot<PartialReply> slot;
    private PartialReply written = new PartialReply("", List.of());

    Progress(NewestSlot<PartialReply> slot) {
      this.slot = slot;
    }

    @Override
    public void text(String soFar) {
      put(new PartialReply(soFar, written.calls()));
    }

    @Override
    public void calls(List<ToolCall> soFar) {
      put(new PartialReply(written.text(), soFar));
    }

    private void put(PartialReply now) {
      written = now;
      slot.replace(now);
    }
  }

  ChatStream(
      Inquiries inquiries,
      Inquiry inquiry,
      Optional<Session> session,
      ChatRequest request,
      WallClock clock,
      UUID id) {
    this.inquiries = inquiries;
    this.inquiry = inquiry;
    this.session = session;
    this.request = request;
    this.clock = clock;
    this.id = id;
  }

  void send(Context context) throws IOException, InterruptedException {
    // Holds only the newest, because each contains all that was written so far.
    try (var written = new NewestSlot<PartialReply>(older -> {})) {
      var asked = new CompletableFuture<Inquiries.InquiryResult>();
      Thread asker = Thread.ofVirtual().name("chat-" + id).start(() -> ask(asked, written));
      try {
        while (!asked.isDone()) {
          Optional<PartialReply> newest = written.take(POLL_INTERVAL);
          if (newest.isPresent()) {
            write(context, newest.get());
          }
        }
        finish(context, asked);
      } catch (InterruptedException stopping) {
        // Only a stopping service stops the question, not a client that leaves: it is under way,
        // and paid for.
        asker.interrupt();
        throw stopping;
      }
    }
  }

  private void ask(
      CompletableFuture<Inquiries.InquiryResult> asked, NewestSlot<PartialReply> written) {
    try {
      asked.complete(inquiries.ask(session, inquiry, Optional.of(new Progress(written))));
    } catch (InterruptedException stopped) {
      asked.cancel(false);
    } catch (RuntimeException | Error e) {
      asked.completeExceptionally(e);
    } finally {
      written.end();
    }
  }

  private void finish(Context context, CompletableFuture<Inquiries.InquiryResult> asked)
      throws IOException, InterruptedException {
    Inquiries.InquiryResult answered;
    try {
      answered = asked.get();
    } catch (ExecutionException e) {
      if (!begun && e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    }
    Event.Result result = answered.result();
    switch (result.outcome()) {
      case Event.Outcome.Failed failed -> {
        if (!begun) {
          ChatCalls.fail(context, answered, failed);
          return;
        }
        event(context, ChatFailure.of(result.backend(), failed, answered.refusedWith()).json());
      }
      case Event.Outcome.Answered whole -> {
        String text = answered.called().map(CalledTools::text).orElse(whole.text());
        if (text.startsWith(sent)) {
          text(context, text);
        } else {
          another(context, text);
        }
        List<ToolCall> called = answered.called().map(CalledTools::calls).orElse(List.of());
        if (!calls.precede(called)) {
          event(context, ChatFault.UPSTREAM_REQUEST_FAILED.json(BROKE_OFF));
          break;
        }
        calls(context, called);
        begin(context);
        ChatAnswer form = form(result.model());
        event(context, form.last(whole.finishReason()));
        if (request.includeUsage()) {
          event(context, form.usage(result.usage()));
        }
      }
    }
    raw(context.res(), "data: [DONE]\n\n");
  }

  /** Sends what was added, unless it belongs to another attempt. */
  private void write(Context context, PartialReply written) throws IOException {
    // An answer that must match a schema may be rewritten: send it when it is complete.
    if (request.schema().isEmpty()) {
      text(context, written.text());
    }
    if (calls.precede(written.calls())) {
      calls(context, written.calls());
    }
  }

  private void calls(Context context, List<ToolCall> soFar) throws IOException {
    ArrayNode deltas = calls.next(soFar);
    if (!deltas.isEmpty()) {
      begin(context);
      event(context, form(request.model()).calls(deltas));
    }
  }

  /**
   * Sends what was added.
   *
   * @param text all text so far
   */
  private void text(Context context, String text) throws IOException {
    if (!text.startsWith(sent) || text.length() == sent.length()) {
      return;
    }
    begin(context);
    event(context, form(request.model()).part(text.substring(sent.length())));
    sent = text;
  }

  /** Sends an answer that does not continue what was sent: that attempt was interrupted. */
  private void another(Context context, String text) throws IOException {
    String begin = sent.strip();
    String rest = text.startsWith(begin) ? text.substring(begin.length()) : "\n\n" + text;
    if (!rest.isBlank()) {
      event(context, form(request.model()).part(rest));
    }
  }

  private void begin(Context context) throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    HttpServletResponse response = context.res();
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no");
    event(context, form(request.model()).first());
  }

  private ChatAnswer form(String model) {
    return new ChatAnswer(id.toString(), clock.now(), model, request.thread());
  }

  private static void event(Context context, ObjectNode json) throws IOException {
    raw(context.res(), "data: " + json + "\n\n");
  }

  private static void raw(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
