package framewise.media.network;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Masks URLs for display. Cameras and CDNs keep secrets under any name, so only query parameters
 * known to be harmless are shown, and everything else becomes {@code ***}. Masking twice changes
 * nothing.
 */
public final class MaskedUrl {
  static final String MASK = "***";

  /** Parameters that select a camera's picture and never hold a secret. */
  private static final Set<String> HARMLESS =
      Set.of(
          "app",
          "audio",
          "bitrate",
          "cam",
          "camera",
          "ch",
          "channel",
          "channelid",
          "channelno",
          "codec",
          "compression",
          "endtime",
          "format",
          "fps",
          "framerate",
          "height",
          "line",
          "multicast",
          "port",
          "profile",
          "proto",
          "protocol",
          "quality",
          "real_stream",
          "resolution",
          "rotation",
          "starttime",
          "stream",
          "streamtype",
          "subtype",
          "track",
          "transport",
          "transportmode",
          "unicast",
          "video",
          "videocodec",
          "width");

  private static final Pattern HARMLESS_VALUE = Pattern.compile("[A-Za-z0-9_.,:-]{0,40}");

  /** Other keys may be half of a value that contains an ampersand. */
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_.%\\[\\]-]{1,40}");

  private static final Pattern SEPARATOR = Pattern.compile("(?<=[&;])|(?=[&;])");

  /** Percent-encoded characters that suggest a secret in a path segment. */
  private static final Pattern HIDDEN = Pattern.compile("[=;@]|://");

  private static final Pattern LOGIN_IN_PATH = Pattern.compile("[^/@]*:[^/]*@");

  /** Bounded, so that a long word takes linear time. */
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30}://)(?<authority>[^\\s/?#]*)(?<rest>\\S*)"
              + "|[^\\s:@]{1,200}:\\S{0,2048}@(?=\\S)");

  private MaskedUrl() {}

  /** Masks the secrets of URLs and logins in a text, such as a name. */
  public static String inText(String text) {
    return IN_TEXT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found(found)));
  }

  /** Masks path and query. */
  static String target(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String shown =
        Stream.of(path.split("/", -1)).map(MaskedUrl::segment).collect(Collectors.joining("/"));
    return query < 0 ? shown : shown + "?" + items(target.substring(query + 1));
  }

  private static String found(MatchResult found) {
    String scheme = found.group("scheme");
    if (scheme == null) {
      return MASK + "@";
    }
    String authority = found.group("authority");
    String rest = found.group("rest");
    if (MisplacedLogin.isIn(authority, rest)) {
      int at = rest.lastIndexOf('@');
      return scheme + MASK + "@" + withoutLogin(rest.substring(at + 1));
    }
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : MASK + "@";
    return scheme + login + withoutLogin(authority.substring(at + 1) + rest);
  }

  /** Masks host, path, query and fragment; servers never receive the last. */
  private static String withoutLogin(String url) {
    int fragment = url.indexOf('#');
    String asked = fragment < 0 ? url : url.substring(0, fragment);
    int end = 0;
    while (end < asked.length() && "/?".indexOf(asked.charAt(end)) < 0) {
      end++;
    }
    return asked.substring(0, end) + target(asked.substring(end));
  }

  private static String segment(String segment) {
    String plain = decode(segment);
    if (!plain.equals(segment) && HIDDEN.matcher(plain).find()) {
      return MASK;
    }
    String shown = LOGIN_IN_PATH.matcher(segment).replaceFirst("***@");
    int parameters = shown.indexOf(';');
    int assigned = shown.indexOf('=');
    if (assigned >= 0 && (parameters < 0 || assigned < parameters)) {
      return items(shown);
    }
    return parameters < 0
        ? shown
        : shown.substring(0, parameters + 1) + items(shown.substring(parameters + 1));
  }

  private static String items(String text) {
    return SEPARATOR.splitAsStream(text).map(MaskedUrl::item).collect(Collectors.joining());
  }

  private static String item(String item) {
    if (item.isEmpty() || item.equals("&") || item.equals(";")) {
      return item;
    }
    int assigned = item.indexOf('=');
    String key = assigned < 0 ? item : item.substring(0, assigned);
    String value = assigned < 0 ? "" : item.substring(assigned + 1);
    boolean harmless = HARMLESS.contains(decode(key).toLowerCase(Locale.ROOT));
    if (harmless && HARMLESS_VALUE.matcher(value).matches()) {
      return item;
    }
    boolean keyIsShown = harmless || (assigned >= 0 && PLAIN_KEY.matcher(key).matches());
    return keyIsShown ? key + "=" + MASK : MASK;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException strayPercent) {
      return text;
    }
  }
}
