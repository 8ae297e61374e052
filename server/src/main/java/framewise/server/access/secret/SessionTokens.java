package framewise.server.access.secret;

import framewise.engine.SessionId;
import java.util.Optional;

/**
 * Signed tokens that give their bearer access to one session: for links, and for players and
 * programs that can't send headers. Safe for any number of threads.
 */
public final class SessionTokens {
  private static final String ISSUER = "framewise";

  private final TokenSigner signer;

  public SessionTokens(TokenSigner signer) {
    this.signer = signer;
  }

  /** Signs a token with this content. */
  public String issue(ShownSession shown) {
    return signer.sign(ISSUER, shown, token -> token.withSubject(shown.session().toString()));
  }

  /** Verifies a token and returns its content; empty when it is forged, damaged or expired. */
  public Optional<ShownSession> read(String token) {
    return signer.read(ISSUER, token, read -> SessionId.parse(String.valueOf(read.getSubject())));
  }
}
