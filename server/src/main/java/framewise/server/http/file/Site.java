package framewise.server.http.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Static files for browsers: from the jar, where they never change, or from a folder, where a
 * developer may edit them.
 */
public final class Site {
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_@+][A-Za-z0-9_@+.\\-]*");

  private final Loader loader;
  private final boolean constant;
  private final Map<String, Asset> kept = new ConcurrentHashMap<>();

  /** Finds the content of a file by its path; empty where there is none. */
  public interface Loader {
    Optional<byte[]> load(String path) throws IOException;
  }

  private Site(Loader loader, boolean constant) {
    this.loader = loader;
    this.constant = constant;
  }

  /** The files under a folder of the class path, which starts and ends without a slash. */
  public static Site ofClassPath(String folder) {
    return new Site(path -> resource(folder + "/" + path), true);
  }

  /** Files that are made when they are first requested, and never change. */
  public static Site of(Loader loader) {
    return new Site(loader, true);
  }

  /** The files under a folder, read anew for each request. */
  public static Site ofFolder(Path folder) {
    return new Site(path -> file(folder, path), false);
  }

  /** This site and, for missing files, the other. */
  public Site or(Site other) {
    return new Site(
        path -> {
          Optional<byte[]> own = loader.load(path);
          return own.isPresent() ? own : other.loader.load(path);
        },
        constant && other.constant);
  }

  /** This site, limited to these paths. */
  public Site only(Set<String> paths) {
    return new Site(path -> paths.contains(path) ? loader.load(path) : Optional.empty(), constant);
  }

  /** The files in a folder of this site. */
  public Site below(String folder) {
    return new Site(path -> loader.load(folder + "/" + path), constant);
  }

  /**
   * Finds a file by its path; an empty path or one that ends in a slash means the {@code
   * index.html} there. Empty when it does not exist, and for any path that tries to leave the
   * folder.
   */
  Optional<Asset> find(String path) throws IOException {
    String file = path.isEmpty() || path.endsWith("/") ? path + "index.html" : path;
    Asset known = kept.get(file);
    if (known != null) {
      return Optional.of(known);
    }
    for (String name : file.split("/", -1)) {
      if (!SAFE_NAME.matcher(name).matches()) {
        return Optional.empty();
      }
    }
    Optional<Asset> asset = loader.load(file).map(bytes -> Asset.of(file, bytes));
    if (constant) {
      asset.ifPresent(found -> kept.put(file, found));
    }
    return asset;
  }

  private static Optional<byte[]> resource(String path) throws IOException {
    try (InputStream in = Site.class.getClassLoader().getResourceAsStream(path)) {
      // In a folder of classes, opening a folder returns the list of its files.
      return in == null || !path.substring(path.lastIndexOf('/')).contains(".")
          ? Optional.empty()
          : Optional.of(in.readAllBytes());
    }
  }

  private static Optional<byte[]> file(Path folder, String path) throws IOException {
    try {
      Path file = folder.resolve(path);
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }
}
