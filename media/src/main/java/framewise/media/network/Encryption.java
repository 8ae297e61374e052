package framewise.media.network;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS over a connection, with or without verification of the server's certificate. */
final class Encryption {
  private Encryption() {}

  /**
   * Wraps a connection.
   *
   * @param verified whether the host must show a valid certificate
   */
  static SSLSocket over(VideoUrl url, Socket plain, boolean verified) throws IOException {
    SSLSocketFactory factory =
        verified ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trusting();
    var secure = (SSLSocket) factory.createSocket(plain, url.host(), url.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    if (verified) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    boolean name = url.host().chars().anyMatch(Character::isLetter) && !url.host().contains(":");
    if (name && !url.host().endsWith(".")) {
      parameters.setServerNames(List.of(new SNIHostName(url.host())));
    }
    secure.setSSLParameters(parameters);
    return secure;
  }

  private static SSLSocketFactory trusting() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS is not available", e);
    }
  }

  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
