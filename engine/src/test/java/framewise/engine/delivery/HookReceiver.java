package framewise.engine.delivery;

import framewise.media.network.MessageHead;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver of webhooks over real sockets, whose answers a test chooses. */
public final class HookReceiver implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ServerSocket listening;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Answer answer = HookReceiver::ok;

  /** A complete request. */
  public record Call(MessageHead head, String body) {
    public String header(String name) {
      return head.header(name).orElseThrow();
    }
  }

  /** Answers one request. */
  public interface Answer {
    void to(Socket socket) throws Exception;
  }

  public HookReceiver() throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("receiver").start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:%d/hook".formatted(listening.getLocalPort());
  }

  public void answer(Answer next) {
    answer = next;
  }

  /** Waits for the next request and returns it. */
  public Call next() throws InterruptedException {
    Call call = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no request came");
    }
    return call;
  }

  /** Requests that the test has not taken yet. */
  public List<Call> rest() {
    List<Call> rest = new ArrayList<>();
    calls.drainTo(rest);
    return rest;
  }

  public static void ok(Socket socket) throws IOException {
    send(socket, "HTTP/1.1 204 No Content\r\n\r\n");
  }

  /** Answers with a status, further headers and a short body. */
  public static Answer status(int status, String... headers) {
    return socket ->
        send(
            socket,
            "HTTP/1.1 %d Status\r\nContent-Length: 4\r\n%s\r\nbody"
                .formatted(
                    status, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n"));
  }

  public static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Blocks until the other side has disconnected. */
  public static void untilGone(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // keep waiting
      }
    } catch (SocketException reset) {
      // disconnected as well
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().name("receiver-call").start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      MessageHead head = MessageHead.read(in);
      byte[] body = in.readNBytes(head.number("content-length").orElse(0L).intValue());
      calls.add(new Call(head, new String(body, StandardCharsets.UTF_8)));
      answer.to(socket);
      socket.shutdownOutput();
      untilGone(socket);
    } catch (Exception gone) {
      // the sender disconnected, as some tests intend
    } finally {
      open.remove(socket);
    }
  }
}
