package framewise.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Real RTSP server on this machine, GStreamer's, that can be switched off and on. */
public final class RtspCamera implements AutoCloseable {
  private static final String H264 =
      "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1"
          + " ! x264enc tune=zerolatency key-int-max=15 ! rtph264pay name=pay0 pt=96 config-interval=-1";
  private static final String RESIZING =
      "concat name=all ! x264enc tune=zerolatency key-int-max=15 ! rtph264pay name=pay0 pt=96 config-interval=-1"
          + " videotestsrc num-buffers=30 ! video/x-raw,width=320,height=240,framerate=15/1 ! all."
          + " videotestsrc num-buffers=30 ! video/x-raw,width=640,height=360,framerate=15/1 ! all."
          + " videotestsrc ! video/x-raw,width=240,height=320,framerate=15/1 ! all.";
  private static final String SOUND =
      "audiotestsrc is-live=true ! audioconvert ! mulawenc ! rtppcmupay name=pay0 pt=0";

  private final Path folder;
  private final List<String> arguments;
  private final int port;
  private Process process;

  private RtspCamera(Path folder, String pipeline, String... login) throws IOException {
    this.folder = folder;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    this.arguments = new ArrayList<>(List.of(Integer.toString(port), pipeline));
    this.arguments.addAll(List.of(login));
    this.process = start();
  }

  /** Camera that films a ball. */
  public static RtspCamera open(Path folder) throws IOException {
    return new RtspCamera(folder, H264);
  }

  /** Camera that requires a login. */
  public static RtspCamera guarded(Path folder, String user, String password, String method)
      throws IOException {
    return new RtspCamera(folder, H264, user, password, method);
  }

  /** Camera that films at 320x240, from two seconds on at 640x360, and then upright at 240x320. */
  public static RtspCamera resizing(Path folder) throws IOException {
    return new RtspCamera(folder, RESIZING);
  }

  /** Camera with audio only. */
  public static RtspCamera deaf(Path folder) throws IOException {
    return new RtspCamera(folder, SOUND);
  }

  /** URL of its stream; {@code login} is empty or ends with an at sign. */
  public String url(String login, String path) {
    return "rtsp://%s127.0.0.1:%d%s".formatted(login, port, path);
  }

  /** Kills the server, like pulling the plug of a camera. */
  public void off() {
    process.destroyForcibly().onExit().join();
  }

  public void on() throws IOException {
    process = start();
  }

  @Override
  public void close() {
    off();
  }

  private Process start() throws IOException {
    TestMachine.needs("gstreamer");
    Path script = folder.resolve("rtsp-server.py");
    try (InputStream in = RtspCamera.class.getResourceAsStream("rtsp-server.py")) {
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script.toString()));
    command.addAll(arguments);
    Path log = folder.resolve("rtsp-server.log");
    Process started = new ProcessBuilder(command).redirectError(log.toFile()).start();
    var says =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(says.readLine())) {
      started.destroyForcibly();
      throw new AssertionError(
          "These tests want Debian's python3-gi, gir1.2-gst-rtsp-server-1.0 and GStreamer's plugins: "
              + Files.readString(log));
    }
    return started;
  }
}
