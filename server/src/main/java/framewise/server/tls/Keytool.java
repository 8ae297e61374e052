package framewise.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Creates keys and certificates with keytool, which every Java includes. */
final class Keytool {
  private static final int TIMEOUT_SECONDS = 60;

  /** Protects nothing: its file exists for a moment, in a folder that only this user can read. */
  private static final String PASSWORD = "framewise";

  private Keytool() {}

  /**
   * Creates a P-256 key and a self-signed server certificate.
   *
   * @param alternatives in keytool's notation, such as {@code DNS:localhost}
   * @param days validity; phones reject more than 825
   * @throws TlsException when the program is missing or fails
   */
  static Identity selfSigned(List<String> alternatives, int days) {
    try {
      Path folder = Files.createTempDirectory("framewise-tls");
      Path store = folder.resolve("store.p12");
      try {
        run(
            List.of(
                program(),
                // It finishes before an optimizing compiler would warm up.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                "framewise",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Framewise",
                // Phones whose clocks are a little behind accept it as well.
                "-startdate",
                "-1d",
                "-validity",
                Integer.toString(days),
                "-ext",
                "SAN=" + String.join(",", alternatives),
                "-ext",
                "EKU=serverAuth",
                "-ext",
                "KU=digitalSignature",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        return read(store);
      } finally {
        Files.deleteIfExists(store);
        Files.delete(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsException("FRAMEWISE_TLS: failed to create a certificate: %s.".formatted(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TlsException("FRAMEWISE_TLS: interrupted while creating the certificate.", e);
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said;
    try (var out = process.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new TlsException(
          "FRAMEWISE_TLS: failed to create a certificate: keytool reports: " + said);
    }
  }

  private static Identity read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var key = (PrivateKey) keys.getKey("framewise", PASSWORD.toCharArray());
    var certificate = (X509Certificate) keys.getCertificate("framewise");
    return new Identity(key, List.of(certificate));
  }

  private static String program() {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    for (String name : List.of("keytool", "keytool.exe")) {
      if (Files.isExecutable(bin.resolve(name))) {
        return bin.resolve(name).toString();
      }
    }
    throw new TlsException(
        "FRAMEWISE_TLS=self-signed needs keytool, which this Java at %s lacks: use a full JDK, or set FRAMEWISE_TLS=<cert.pem>,<key.pem>."
            .formatted(bin.getParent()));
  }
}
