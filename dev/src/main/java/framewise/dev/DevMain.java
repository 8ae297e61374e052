package framewise.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The main class of {@code ./framewise dev}. */
final class DevMain {
  private DevMain() {}

  /**
   * Runs the loop until the process ends, and the service with it.
   *
   * @param args the project's folder, the runnable jar, the options of the service's JVM in one
   *     word, then the service's arguments
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Project project = new Project(root, Path.of(args[1]), "framewise.server.Main");
    List<String> jvmOptions = List.of(args[2].strip().split("\\s+"));
    List<String> serviceArguments = List.of(args).subList(3, args.length);

    DevService service = new DevService(project, jvmOptions, serviceArguments);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop-service"));
    Compiler compiler = new Compiler(project, System.err);
    new Loop(project, compiler, service, () -> buildJar(root), System.err).run();
  }

  private static boolean buildJar(Path root) throws IOException, InterruptedException {
    return new ProcessBuilder(root.resolve("framewise").toString(), "build")
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }
}
