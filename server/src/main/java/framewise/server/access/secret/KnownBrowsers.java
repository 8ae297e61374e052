package framewise.server.access.secret;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.util.Optional;

/**
 * Device cookies (OWASP) for browsers in which an account has signed in before: sign-in attempts
 * from such a browser are counted separately, for that account only. Safe for any number of
 * threads.
 */
public final class KnownBrowsers {
  private static final String ISSUER = "framewise-browser";
  private static final int MAX_LENGTH = 1_024;
  private static final int ID_LENGTH = 16;

  private final SigningKey key;

  public KnownBrowsers(SigningKey key) {
    this.key = key;
  }

  /** Cookie value for a browser after this account has signed in. */
  public String issue(String account) {
    return JWT.create()
        .withIssuer(ISSUER)
        .withSubject(account)
        .withJWTId(RandomText.name(ID_LENGTH))
        .sign(algorithm());
  }

  /**
   * Key under which this browser's attempts for an account are counted; empty where the browser is
   * not known for it.
   */
  public Optional<String> sender(String cookie, String account) {
    if (cookie.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      DecodedJWT read = JWT.require(algorithm()).withIssuer(ISSUER).build().verify(cookie);
      return account.equals(read.getSubject())
          ? Optional.of("browser " + read.getId())
          : Optional.empty();
    } catch (JWTVerificationException refused) {
      return Optional.empty();
    }
  }

  private Algorithm algorithm() {
    return Algorithm.HMAC256(key.bytes());
  }
}
