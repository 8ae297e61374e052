package framewise.dev;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles all sources of the project in this process, so that the compiler stays warm. It reports
 * errors only; Error Prone, NullAway and the format are left to the build.
 */
final class Compiler {
  private final Project project;
  private final PrintStream out;
  private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();

  Compiler(Project project, PrintStream out) {
    this.project = project;
    this.out = out;
  }

  /** Compiles into {@code output}, a new folder; prints any errors and returns false. */
  boolean compile(Path output) throws IOException {
    Files.createDirectories(output);
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(project.jar()));
      List<String> options = List.of("-parameters", "-g", "-proc:none", "-nowarn");
      boolean compiled =
          javac
              .getTask(
                  null,
                  new LibrariesOnly(files),
                  found,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources()))
              .call();
      for (Diagnostic<? extends JavaFileObject> error : found.getDiagnostics()) {
        if (error.getKind() == Diagnostic.Kind.ERROR) {
          print(error);
        }
      }
      return compiled;
    }
  }

  private List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : project.sourceFolders()) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private void print(Diagnostic<? extends JavaFileObject> error) {
    JavaFileObject source = error.getSource();
    String where =
        source == null
            ? ""
            : project.root().relativize(Path.of(source.toUri()))
                + ":"
                + error.getLineNumber()
                + ": ";
    out.println(where + error.getMessage(Locale.ENGLISH));
  }

  /** The jar's libraries without the project's own classes, which may be older than the sources. */
  private static final class LibrariesOnly
      extends ForwardingJavaFileManager<StandardJavaFileManager> {
    LibrariesOnly(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public Iterable<JavaFileObject> list(
        JavaFileManager.Location location,
        String packageName,
        Set<JavaFileObject.Kind> kinds,
        boolean recurse)
        throws IOException {
      if (location == StandardLocation.CLASS_PATH && packageName.startsWith("framewise")) {
        return List.of();
      }
      return super.list(location, packageName, kinds, recurse);
    }
  }
}
