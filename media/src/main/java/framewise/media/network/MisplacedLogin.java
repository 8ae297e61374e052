package framewise.media.network;

import java.util.regex.Matcher;

/**
 * A user or password with an unescaped {@code #}, {@code /} or {@code ?}: a URL ends its authority
 * there (RFC 3986, section 3.2), so that the user looks like the host.
 */
final class MisplacedLogin {
  private MisplacedLogin() {}

  /**
   * Whether a URL has this mistake.
   *
   * @param authority the text before the first of those characters
   * @param rest from that character to the end
   */
  static boolean isIn(String authority, String rest) {
    if (rest.indexOf('@') < 0) {
      return false;
    }
    if (rest.startsWith("#") || (rest.startsWith("?") && authority.contains(":"))) {
      return true;
    }
    Matcher place =
        VideoUrl.HOST_AND_PORT.matcher(authority.substring(authority.lastIndexOf('@') + 1));
    return !place.matches()
        || (place.group("port") != null && Integer.parseInt(place.group("port")) > 0xffff);
  }
}
