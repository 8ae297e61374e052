package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.WallClock;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.result.Event;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Session;
import framewise.media.NewestSlot;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sends an answer as server-sent events while it is being written. It can fail with a status until
 * the first words are sent; later errors are events. Used once.
 */
final class ChatStream {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Inquiries inquiries;
  private final Inquiry inquiry;
  private final Optional<Session> session;
  private final ChatRequest request;
  private final WallClock clock;
  private final UUID id;
  private String sent = "";
  private boolean begun;

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
    // Holds only the newest text, because each contains all that was written so far.
    try (var written = new NewestSlot<String>(text -> {})) {
      var asked = new CompletableFuture<Inquiries.Answered>();
      Thread asker = Thread.ofVirtual().name("chat-" + id).start(() -> ask(asked, written));
      try {
        while (!asked.isDone()) {
          Optional<String> text = written.take(LOOK);
          // An answer that must match a schema may be rewritten: send it when it is complete.
          if (text.isPresent() && request.schema().isEmpty()) {
            write(context, text.get());
          }
        }
        finish(context, asked);
      } catch (InterruptedException stopping) {
        // A client that leaves does not stop the question: it is under way, and paid for.
        asker.interrupt();
        throw stopping;
      }
    }
  }

  private void ask(CompletableFuture<Inquiries.Answered> asked, NewestSlot<String> written) {
    try {
      asked.complete(inquiries.ask(session, inquiry, Optional.of(written::replace)));
    } catch (InterruptedException stopped) {
      asked.cancel(false);
    } catch (RuntimeException | Error e) {
      asked.completeExceptionally(e);
    } finally {
      written.end();
    }
  }

  private void finish(Context context, CompletableFuture<Inquiries.Answered> asked)
      throws IOException, InterruptedException {
    Inquiries.Answered answered;
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
          ChatCalls.fail(context, result.backend(), failed);
          return;
        }
        event(context, ChatFailure.of(result.backend(), failed).json());
      }
      case Event.Outcome.Answered whole -> {
        if (whole.text().startsWith(sent)) {
          write(context, whole.text());
        } else {
          another(context, whole.text());
        }
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

  /**
   * Sends what was added.
   *
   * @param text all text so far
   */
  private void write(Context context, String text) throws IOException {
    if (!text.startsWith(sent) || text.length() == sent.length()) {
      return;
    }
    begin(context);
    event(context, form(request.model()).part(text.substring(sent.length())));
    sent = text;
  }

  /** Sends an answer that does not go on with what was sent: that attempt broke off. */
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
