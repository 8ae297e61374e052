package framewise.server.access.secret;

import com.auth0.jwt.interfaces.DecodedJWT;
import framewise.engine.SessionId;
import java.util.Map;
import java.util.Optional;

/**
 * Signed tokens to publish video into one session, in the format of LiveKit's tokens, from which
 * clients read only the expiry. Safe for any number of threads.
 */
public final class PublishSignatures {
  /** Identity of every publisher: a session has only one. */
  public static final String IDENTITY = "publisher";

  private static final String ISSUER = "framewise/publish";
  private static final String VIDEO = "video";
  private static final String ROOM = "room";

  private final TokenSigner signer;

  public PublishSignatures(TokenSigner signer) {
    this.signer = signer;
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
    return signer.sign(
        ISSUER, content, token -> token.withSubject(IDENTITY).withClaim(VIDEO, video));
  }

  /** Verifies a token and returns its content; empty when it is forged, damaged or expired. */
  public Optional<ShownSession> read(String token) {
    return signer.read(ISSUER, token, PublishSignatures::room);
  }

  private static Optional<SessionId> room(DecodedJWT token) {
    return Optional.ofNullable(token.getClaim(VIDEO).asMap())
        .filter(grants -> IDENTITY.equals(token.getSubject()))
        .map(grants -> String.valueOf(grants.get(ROOM)))
        .flatMap(SessionId::parse);
  }
}
