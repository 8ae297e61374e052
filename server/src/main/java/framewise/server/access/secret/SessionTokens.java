package framewise.server.access.secret;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import framewise.engine.SessionId;
import framewise.engine.WallClock;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Signed tokens (JWT with HS256) that give their bearer access to one session: for links, and for
 * players and programs that can't send headers. Safe for any number of threads.
 */
public final class SessionTokens {
  private static final String ISSUER = "framewise";
  private static final String BY = "by";
  private static final String GENERATION = "gen";
  private static final String PATH = "path";
  private static final int LONGEST = 2_048;

  private final SigningKey key;
  private final WallClock clock;

  public SessionTokens(SigningKey key, WallClock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** Signs a token with this content. */
  public String issue(ShownSession shown) {
    var token =
        JWT.create()
            .withIssuer(ISSUER)
            .withSubject(shown.session().toString())
            .withClaim(BY, shown.by())
            .withClaim(GENERATION, shown.generation())
            .withExpiresAt(shown.until());
    shown.link().ifPresent(token::withJWTId);
    shown.path().ifPresent(path -> token.withClaim(PATH, path));
    return token.sign(algorithm());
  }

  /** Verifies a token and returns its content; empty when it is forged, damaged or expired. */
  public Optional<ShownSession> read(String token) {
    if (token.isEmpty() || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      DecodedJWT read = verifier().verify(token);
      return SessionId.parse(String.valueOf(read.getSubject()))
          .map(
              session ->
                  new ShownSession(
                      session,
                      Optional.ofNullable(read.getId()),
                      Optional.ofNullable(read.getClaim(BY).asString()).orElse(""),
                      Optional.ofNullable(read.getClaim(GENERATION).asInt()).orElse(0),
                      read.getExpiresAtAsInstant(),
                      Optional.ofNullable(read.getClaim(PATH).asString())));
    } catch (JWTVerificationException refused) {
      return Optional.empty();
    }
  }

  private JWTVerifier verifier() {
    var verification =
        (JWTVerifier.BaseVerification)
            JWT.require(algorithm()).withIssuer(ISSUER).withClaimPresence("exp");
    return verification.build(Clock.fixed(clock.now(), ZoneOffset.UTC));
  }

  private Algorithm algorithm() {
    return Algorithm.HMAC256(key.bytes());
  }

  /** Maximum lifetime of short-lived tokens. */
  static final Duration LONGEST_LIFE = Duration.ofDays(1);
}
