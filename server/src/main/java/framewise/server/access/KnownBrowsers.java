package framewise.server.access;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.util.Optional;

/**
 * Browsers in which somebody has signed in before, as OWASP's device cookies: their attempts are
 * counted by themselves, for that account alone. Safe for any number of threads.
 */
final class KnownBrowsers {
  private static final String ISSUER = "framewise-browser";
  private static final int LONGEST = 1_024;
  private static final int ID_LENGTH = 16;

  private final SigningKey key;

  KnownBrowsers(SigningKey key) {
    this.key = key;
  }

  /** What a browser keeps once this account has signed in there. */
  String issue(String account) {
    return JWT.create()
        .withIssuer(ISSUER)
        .withSubject(account)
        .withJWTId(RandomText.name(ID_LENGTH))
        .sign(algorithm());
  }

  /** What its attempts at this account are counted by; empty where it is not known for that. */
  Optional<String> sender(String cookie, String account) {
    if (cookie.length() > LONGEST) {
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
