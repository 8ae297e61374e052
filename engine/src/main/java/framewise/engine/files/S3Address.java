package framewise.engine.files;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Location in an S3-compatible store, such as {@code
 * s3://bucket/prefix?endpoint=https://minio.example:9000&region=eu-central-1&path_style=true}.
 *
 * @param prefix of all keys; empty, or ends with a slash
 * @param endpoint of a store other than AWS, without a path
 * @param region empty for that of the environment, or else the store's default
 * @param pathStyle whether URLs have the bucket in their path instead of the host name
 */
public record S3Address(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle) {
  private static final String SCHEME = "s3://";
  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9!_.*'()=/-]{0,500}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

  /** Whether a text is meant as an S3 address. */
  public static boolean looksLikeS3(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * Parses an address.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static S3Address parse(String text) {
    String rest = text.substring(SCHEME.length());
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    int slash = place.indexOf('/');
    String bucket = slash < 0 ? place : place.substring(0, slash);
    if (bucket.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "must not hold keys: set FRAMEWISE_S3_ACCESS_KEY_ID and FRAMEWISE_S3_SECRET_ACCESS_KEY");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "must begin with the name of a bucket, as in s3://bucket/prefix");
    }
    var address =
        new S3Address(
            bucket,
            prefix(slash < 0 ? "" : place.substring(slash + 1)),
            Optional.empty(),
            Optional.empty(),
            false);
    boolean styled = false;
    for (String pair : (question < 0 ? "" : rest.substring(question + 1)).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      styled |= name.equals("path_style");
      address = address.with(name, value);
    }
    // Few self-hosted stores have a host name for each bucket.
    return styled || address.endpoint().isEmpty()
        ? address
        : new S3Address(bucket, address.prefix, address.endpoint, address.region, true);
  }

  /** The address without its query, for people. */
  public String shown() {
    String place = SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    return endpoint.map(at -> place + " at " + at).orElse(place);
  }

  private S3Address with(String name, String value) {
    return switch (name) {
      case "" -> this;
      case "endpoint" ->
          new S3Address(bucket, prefix, Optional.of(endpoint(value)), region, pathStyle);
      case "region" -> {
        if (!REGION.matcher(value).matches()) {
          throw new IllegalArgumentException(
              "has an invalid region; a valid one is such as eu-central-1");
        }
        yield new S3Address(bucket, prefix, endpoint, Optional.of(value), pathStyle);
      }
      case "path_style" -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw new IllegalArgumentException("has a path_style that is neither true nor false");
        }
        yield new S3Address(bucket, prefix, endpoint, region, value.equals("true"));
      }
      default ->
          throw new IllegalArgumentException(
              "may have endpoint, region and path_style after the question mark, and nothing else");
    };
  }

  private static String prefix(String text) {
    String prefix = text.isEmpty() || text.endsWith("/") ? text : text + "/";
    if (!PREFIX.matcher(prefix).matches()
        || prefix.startsWith("/")
        || prefix.contains("//")
        || ("/" + prefix).contains("/../")) {
      throw new IllegalArgumentException(
          "has a prefix that may hold letters, digits and - _ . / only, as in s3://bucket/framewise");
    }
    return prefix;
  }

  private static URI endpoint(String text) {
    try {
      URI endpoint = new URI(text);
      String scheme = String.valueOf(endpoint.getScheme());
      String path = Optional.ofNullable(endpoint.getRawPath()).orElse("");
      if ((scheme.equals("http") || scheme.equals("https"))
          && endpoint.getHost() != null
          && endpoint.getRawUserInfo() == null
          && endpoint.getRawQuery() == null
          && endpoint.getRawFragment() == null
          && (path.isEmpty() || path.equals("/"))) {
        return new URI(scheme, null, endpoint.getHost(), endpoint.getPort(), null, null, null);
      }
    } catch (URISyntaxException notAUrl) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "has an endpoint that must be an http or https URL without a path, such as"
            + " https://minio.example:9000");
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
