package framewise.server.access.secret;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import framewise.engine.SessionId;
import framewise.time.WallClock;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Signs and verifies tokens about one session (JWT with HS256). Each kind of token has its own
 * issuer, so that none is accepted for another. Safe for any number of threads.
 */
public final class TokenSigner {
  private static final String BY = "by";
  private static final String GENERATION = "gen";
  private static final String PATH = "path";
  private static final String ENDPOINT = "endpoint";
  private static final String OWNED_SINCE = "owned";
  private static final int MAX_LENGTH = 2_048;

  private final SigningKey key;
  private final WallClock clock;

  public TokenSigner(SigningKey key, WallClock clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Signs a token with this content.
   *
   * @param issuer of this kind of token
   * @param claims adds the claims that name the session
   */
  String sign(
      String issuer,
      ShownSession content,
      Function<JWTCreator.Builder, JWTCreator.Builder> claims) {
    JWTCreator.Builder token =
        JWT.create()
            .withIssuer(issuer)
            .withClaim(BY, content.by())
            .withClaim(GENERATION, content.generation())
            .withExpiresAt(content.until());
    content.link().ifPresent(token::withJWTId);
    content.ownedSince().ifPresent(since -> token.withClaim(OWNED_SINCE, since));
    content
        .path()
        .ifPresent(one -> token.withClaim(PATH, one.path()).withClaim(ENDPOINT, one.endpoint()));
    return claims.apply(token).sign(algorithm());
  }

  /**
   * Verifies a token and returns its content; empty when it is forged, damaged, expired or of
   * another kind.
   *
   * @param session finds the session in the token
   */
  Optional<ShownSession> read(
      String issuer, String token, Function<DecodedJWT, Optional<SessionId>> session) {
    if (token.isEmpty() || token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      DecodedJWT read = verifier(issuer).verify(token);
      return session
          .apply(read)
          .map(
              id ->
                  new ShownSession(
                      id,
                      Optional.ofNullable(read.getId()),
                      text(read, BY).orElse(""),
                      Optional.ofNullable(read.getClaim(GENERATION).asInt()).orElse(0),
                      read.getExpiresAtAsInstant(),
                      text(read, PATH)
                          .map(
                              path ->
                                  new ShownSession.OnePath(path, text(read, ENDPOINT).orElse(""))),
                      Stream.ofNullable(read.getClaim(OWNED_SINCE).asLong())
                          .mapToLong(Long::longValue)
                          .findFirst()));
    } catch (JWTVerificationException refused) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(DecodedJWT token, String claim) {
    return Optional.ofNullable(token.getClaim(claim).asString());
  }

  private JWTVerifier verifier(String issuer) {
    var verification =
        (JWTVerifier.BaseVerification)
            JWT.require(algorithm()).withIssuer(issuer).withClaimPresence("exp");
    return verification.build(Clock.fixed(clock.now(), ZoneOffset.UTC));
  }

  private Algorithm algorithm() {
    return Algorithm.HMAC256(key.bytes());
  }
}
