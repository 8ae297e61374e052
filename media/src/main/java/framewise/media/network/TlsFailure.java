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
          return untrusted("no known authority issued it, as with self-signed ones of cameras");
        }
        case CertPathValidatorException nobody when nobody.getCause() == null -> {
          return untrusted("no known authority issued it, as with self-signed ones of cameras");
        }
        case SignatureException forged -> {
          return untrusted(
              "it is not the trusted one of that name, as after a server has a new certificate");
        }
        case CertificateException other when other.getCause() == null -> {
          return untrusted("it was issued for another host");
        }
        case EOFException gone -> {
          return new UrlFault(UrlFault.Kind.LOST, "The server ended the encrypted connection.");
        }
        case SocketException gone -> {
          return new UrlFault(UrlFault.Kind.LOST, "The server ended the encrypted connection.");
        }
        default -> {}
      }
    }
    return new UrlFault(
        UrlFault.Kind.LOST,
        "The encrypted connection failed: the server speaks no TLS on this port, or no supported"
            + " version.");
  }

  private static UrlFault untrusted(String why) {
    return new UrlFault(
        UrlFault.Kind.UNTRUSTED,
        "The server's certificate is not trusted: %s. FRAMEWISE_URL_TLS sets which certificates are checked."
            .formatted(why));
  }
}
