package framewise.server.access;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import framewise.engine.SessionId;
import framewise.engine.WallClock;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Signed tokens (JWT with HS256) that let their bearer publish video into one session with LiveKit's
 * clients, which look at nothing but the expiry. A token ends with its maker's rights. It opens
 * nothing else: its issuer is not that of {@link SessionTokens}. Safe for any number of threads.
 */
public final class PublishTokens {
  /** Name of every publisher: a session has one. */
  public static final String IDENTITY = "publisher";

  /** Lifetime of a token: twice that of a lease, so that a publisher has time to renew both. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private static final String ISSUER = "framewise/publish";
  private static final String BY = "by";
  private static final String GENERATION = "gen";
  private static final String VIDEO = "video";
  private static final String ROOM = "room";
  private static final int LONGEST = 2_048;

  private final SigningKey key;
  private final TokenMakers makers;
  private final WallClock clock;

  PublishTokens(SigningKey key, TokenMakers makers, WallClock clock) {
    this.key = key;
    this.makers = makers;
    this.clock = clock;
  }

  /** A token for the session, as long as its maker may publish into it. */
  public String issue(SessionId session, Caller by) {
    return issue(session, by.subject().orElse(""), makers.generation(by));
  }

  /** A fresh token with the rights of an earlier one. */
  public String renew(ShownSession earlier) {
    return issue(earlier.session(), earlier.by(), earlier.generation());
  }

  /** Verifies a token; empty when it is forged, damaged or expired, or its maker lost the right. */
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
                      read.getExpiresAtAsInstant()))
          .filter(this::isGood);
    } catch (JWTVerificationException refused) {
      return Optional.empty();
    }
  }

  /** Whether the maker of an accepted token may still publish into its session. */
  public boolean isGood(ShownSession token) {
    return makers.mayPublish(token);
  }

  private String issue(SessionId session, String by, int generation) {
    return JWT.create()
        .withIssuer(ISSUER)
        .withSubject(IDENTITY)
        .withClaim(BY, by)
        .withClaim(GENERATION, generation)
        .withClaim(
            VIDEO,
            Map.of(
                ROOM,
                session.toString(),
                "roomJoin",
                true,
                "canPublish",
                true,
                "canSubscribe",
                false))
        .withExpiresAt(clock.now().plus(LIFE))
        .sign(algorithm());
  }

  private static Optional<SessionId> room(Claim video) {
    Map<String, Object> grants = video.asMap();
    return grants != null && grants.get(ROOM) instanceof String room
        ? SessionId.parse(room)
        : Optional.empty();
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
