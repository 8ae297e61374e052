package framewise.vision.chat.wire;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A configured API address: includes the version, and sometimes a query, which gateways expect at
 * the end of every request.
 */
public record BaseUrl(URI address) {
  /** A call's path, which users copy along with the base. */
  private static final Pattern CALL =
      Pattern.compile("/(?:chat/completions|completions|responses|messages|models(?:/[^/]*)?)\\z");

  private static final Pattern VERSION = Pattern.compile("/v\\d[\\w.]*(?:/|\\z)");

  private static final Pattern SECRET =
      Pattern.compile(
          "[^=]*(?:key|token|secret|password|sig|signature|auth)[^=]*=(?<value>.{4,})",
          Pattern.CASE_INSENSITIVE);

  /** Common paths of OpenAI's API: most servers; OpenRouter; Groq; Open WebUI. */
  private static final List<String> COMMON_PATHS = List.of("/v1", "/api/v1", "/openai/v1", "/api");

  /** The address without its query and trailing slashes, for a path to follow. */
  public String root() {
    return origin() + path();
  }

  /** The address of a call: a path after the root, and the query at its end. */
  public URI at(String path) {
    return complete(root() + path);
  }

  /** Appends the query to an address made from {@link #root}. */
  URI complete(String url) {
    return URI.create(
        query().map(query -> url + (url.contains("?") ? "&" : "?") + query).orElse(url));
  }

  /**
   * Other addresses that the user may have meant, the likeliest first; never this one.
   *
   * @param version of the API, such as {@code v1}
   */
  public List<BaseUrl> alternatives(String version) {
    Set<String> paths = new LinkedHashSet<>();
    Matcher call = CALL.matcher(path());
    String bare = call.replaceFirst("");
    paths.add(bare);
    paths.add(bare + "/" + version);
    paths.add("/" + version);
    paths.addAll(COMMON_PATHS);
    paths.remove(path());
    paths.remove("");
    return paths.stream().map(path -> new BaseUrl(complete(origin() + path))).toList();
  }

  /** The most likely intended address, if this one looks incomplete. */
  public Optional<BaseUrl> likeliest(String version) {
    boolean called = CALL.matcher(path()).find();
    boolean versioned = VERSION.matcher(path()).find();
    return called || !versioned
        ? alternatives(version).stream()
            .filter(other -> VERSION.matcher(other.path()).find())
            .findFirst()
        : Optional.empty();
  }

  /** The base of a redirected call; empty when the target is another call. */
  public Optional<BaseUrl> movedTo(URI from, URI to) {
    String call =
        from.getRawPath().substring(Math.min(path().length(), from.getRawPath().length()));
    String path = String.valueOf(to.getRawPath());
    return Stream.of(call)
        .filter(it -> !it.isEmpty() && path.endsWith(it))
        .map(it -> path.substring(0, path.length() - it.length()))
        .map(base -> new BaseUrl(complete(originOf(to) + base)))
        .findFirst();
  }

  /** Values of its query that look like keys, verbatim. */
  public List<String> secrets() {
    return Stream.of(query().orElse("").split("&"))
        .map(SECRET::matcher)
        .filter(Matcher::matches)
        .map(secret -> secret.group("value"))
        .toList();
  }

  /** The configured address, including secrets. */
  @Override
  public String toString() {
    return address.toString();
  }

  private Optional<String> query() {
    return Optional.ofNullable(address.getRawQuery()).filter(query -> !query.isEmpty());
  }

  private String path() {
    return Optional.ofNullable(address.getRawPath()).orElse("").replaceAll("/+\\z", "");
  }

  private String origin() {
    return originOf(address);
  }

  private static String originOf(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }
}
