package framewise.server.preview;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** Limits how much of a response the system buffers for a slow reader. */
final class SendBuffer {
  /** A few pictures. By default Linux buffers megabytes, which is many seconds of video. */
  private static final int BYTES = 128 << 10;

  private SendBuffer() {}

  /** Shrinks the send buffer of this request's connection. */
  static void keepShort(HttpServletRequest request) throws IOException {
    Object transport =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint()
            .getTransport();
    while (transport instanceof EndPoint plain) { // under TLS
      transport = plain.getTransport();
    }
    if (transport instanceof NetworkChannel channel
        && channel.supportedOptions().contains(StandardSocketOptions.SO_SNDBUF)) {
      NetworkChannel _ = channel.setOption(StandardSocketOptions.SO_SNDBUF, BYTES);
    }
  }
}
