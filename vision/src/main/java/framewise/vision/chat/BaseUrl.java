package framewise.vision.chat;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The address of an API as people set it: with the version in it, and sometimes with a query, which
 * gateways want at the end of every request's address.
 */
record BaseUrl(URI address) {
  /** What people copy along with the base: the path of a call. */
  private static final Pattern CALL =
      Pattern.compile("/(?:chat/completions|completions|responses|messages|models(?:/[^/]*)?)\\z");

  private static final Pattern VERSION = Pattern.compile("/v\\d[\\w.]*(?:/|\\z)");

  private static final Pattern SECRET =
      Pattern.compile(
          "[^=]*(?:key|token|secret|password|sig|signature|auth)[^=]*=(?<value>.{4,})",
          Pattern.CASE_INSENSITIVE);

  /** Where servers have OpenAI's API: most; OpenRouter; Groq; Open WebUI. */
  private static final List<String> USUAL = List.of("/v1", "/api/v1", "/openai/v1", "/api");

  /** Without its query and without slashes at its end, so that a path can follow. */
  String root() {
    return origin() + path();
  }

  /** The address of a call: a path after the root, and the query at its end. */
  URI at(String path) {
    return complete(root() + path);
  }

  /** An address that was made from {@link #root}, with the query at its end. */
  URI complete(String url) {
    return URI.create(
        query().map(query -> url + (url.contains("?") ? "&" : "?") + query).orElse(url));
  }

  /**
   * What else may be meant, the likeliest first; never itself.
   *
   * @param version of the API, such as {@code v1}
   */
  List<BaseUrl> alternatives(String version) {
    Set<String> paths = new LinkedHashSet<>();
    Matcher call = CALL.matcher(path());
    String bare = call.replaceFirst("");
    paths.add(bare);
    paths.add(bare + "/" + version);
    paths.add("/" + version);
    paths.addAll(USUAL);
    paths.remove(path());
    paths.remove("");
    return paths.stream().map(path -> new BaseUrl(complete(origin() + path))).toList();
  }

  /** The one that is most likely meant, where this one looks incomplete. */
  Optional<BaseUrl> likeliest(String version) {
    boolean called = CALL.matcher(path()).find();
    boolean versioned = VERSION.matcher(path()).find();
    return called || !versioned
        ? alternatives(version).stream()
            .filter(other -> VERSION.matcher(other.path()).find())
            .findFirst()
        : Optional.empty();
  }

  /** The base that an address of a call belongs to; empty where it is none of the same call. */
  Optional<BaseUrl> movedTo(URI from, URI to) {
    String call =
        from.getRawPath().substring(Math.min(path().length(), from.getRawPath().length()));
    String path = String.valueOf(to.getRawPath());
    return Stream.of(call)
        .filter(it -> !it.isEmpty() && path.endsWith(it))
        .map(it -> path.substring(0, path.length() - it.length()))
        .map(base -> new BaseUrl(complete(originOf(to) + base)))
        .findFirst();
  }

  /** The values of its query that look like keys, as they stand in it. */
  List<String> secrets() {
    return Stream.of(query().orElse("").split("&"))
        .map(SECRET::matcher)
        .filter(Matcher::matches)
        .map(secret -> secret.group("value"))
        .toList();
  }

  /** As it is set, secrets and all. */
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
