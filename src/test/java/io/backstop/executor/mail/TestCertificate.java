package io.backstop.executor.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and its self-signed certificate for one host name, in a PKCS12 file. */
record TestCertificate(Path file) {
  static final String PASSWORD = "changeit";

  /**
   * @param subject as keytool writes it: {@code ip:127.0.0.1} or {@code dns:mail.example.com}
   */
  static TestCertificate of(String subject) throws Exception {
    Path directory = Files.createTempDirectory("backstop-certificate");
    Path file = directory.resolve("mail.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "mail",
                "-dname",
                "CN=mail",
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException(new String(keytool.getInputStream().readAllBytes()));
    }
    file.toFile().deleteOnExit();
    directory.toFile().deleteOnExit();
    return new TestCertificate(file);
  }

  SSLContext server() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
