package framewise.server.access.secret;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import framewise.engine.SessionId;
import framewise.engine.WallClock;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Signed tokens (JWT with HS256) to publish video into one session, in the form of LiveKit's
 * tokens, of which clients read only the expiry. Their issuer is not that of {@link SessionTokens},
 * so that neither kind is accepted for the other. Safe for any number of threads.
 */
public final class PublishSignatures {
  /** Name of every publisher: a session has one. */
  public static final String IDENTITY = "publisher";

  private static final String ISSUER = "framewise/publish";
  private static final String BY = "by";
  private static final String GENERATION = "gen";
  private static final String VIDEO = "video";
  private static final String ROOM = "room";
  private static final int LONGEST = 2_048;

  private final SigningKey key;
  private final WallClock clock;

  public PublishSignatures(SigningKey key, WallClock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** Signs a token with this content. */
  public String issue(ShownSession content) {
    Map<String, Object> video =
        Map.of(
            ROOM,
            content.session().toString(),
            "roomJoin",
            true,
            "canPublish",
            true,
            "canSubscribe",
            false);
    return JWT.create()
        .withIssuer(ISSUER)
        .withSubject(IDENTITY)
        .withClaim(BY, content.by())
        .withClaim(GENERATION, content.generation())
        .withClaim(VIDEO, video)
        .withExpiresAt(content.until())
        .sign(algorithm());
  }

  /** Verifies a token and returns its content; empty when it is forged, damaged or expired. */
  public Optional<ShownSession> read(String token) {
    if (token.isEmpty() || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      DecodedJWT read = verifier().verify(token);
      return room(read.getClaim(VIDEO))
          .map(
              session ->
                  new ShownSession(
                      session,
                      Optional.empty(),
                      Optional.ofNullable(read.getClaim(BY).asString()).orElse(""),
                      Optional.ofNullable(read.getClaim(GENERATION).asInt()).orElse(0),
                      read.getExpiresAtAsInstant(),
                      Optional.empty()));
    } catch (JWTVerificationException refused) {
      return Optional.empty();
    }
  }

  private static Optional<SessionId> room(Claim video) {
    return Optional.ofNullable(video.asMap())
        .map(grants -> String.valueOf(grants.get(ROOM)))
        .flatMap(SessionId::parse);
  }

  private JWTVerifier verifier() {
    var verification =
        (JWTVerifier.BaseVerification)
            JWT.require(algorithm())
                .withIssuer(ISSUER)
                .withSubject(IDENTITY)
                .withClaimPresence("exp");
    return verification.build(Clock.fixed(clock.now(), ZoneOffset.UTC));
  }

  private Algorithm algorithm() {
    return Algorithm.HMAC256(key.bytes());
  }
}
