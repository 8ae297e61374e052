package framewise.media.network;

import java.io.EOFException;
import java.net.SocketException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Explains a failed TLS handshake to users. */
final class TlsFailure {
  private TlsFailure() {}

  static UrlFault of(SSLException broken) {
    for (Throwable at = broken; at != null; at = at.getCause()) {
      switch (at) {
        case CertificateExpiredException expired -> {
          return untrusted("it has expired");
        }
        case CertificateNotYetValidException early -> {
          return untrusted("it is not valid yet, or this computer's clock is wrong");
        }
        case CertPathBuilderException nobody -> {
          return untrusted(
              "it was not issued by a known authority, as self-signed certificates of cameras"
                  + " are not");
        }
        case CertPathValidatorException nobody when nobody.getCause() == null -> {
          return untrusted(
              "it was not issued by a known authority, as self-signed certificates of cameras"
                  + " are not");
        }
        case SignatureException forged -> {
          return untrusted(
              "it has the name of a trusted certificate but another key, as after the"
                  + " server got a new one");
        }
        case CertificateException other when other.getCause() == null -> {
          return untrusted("it was issued for another host");
        }
        case EOFException gone -> {
          return new UrlFault(UrlFault.Kind.LOST, "The server closed the encrypted connection.");
        }
        case SocketException gone -> {
          return new UrlFault(UrlFault.Kind.LOST, "The server closed the encrypted connection.");
        }
        default -> {}
      }
    }
    return new UrlFault(
        UrlFault.Kind.LOST,
        "The encrypted connection failed: the server does not support TLS on this port,"
            + " or only unsupported versions.");
  }

  private static UrlFault untrusted(String why) {
    return new UrlFault(
        UrlFault.Kind.UNTRUSTED,
        "The server's certificate is not trusted: %s. FRAMEWISE_URL_TLS sets which certificates are checked."
            .formatted(why));
  }
}
