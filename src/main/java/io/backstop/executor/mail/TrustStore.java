package io.backstop.executor.mail;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A key store file (PKCS12 or JKS) with the certificates of private authorities. */
record TrustStore(String path, Optional<String> password) {

  static Optional<TrustStore> of(Map<String, String> options) {
    return Optional.ofNullable(options.get("trust-store"))
        .map(
            path -> new TrustStore(path, Optional.ofNullable(options.get("trust-store-password"))));
  }

  /**
   * Reads the file.
   *
   * @throws IOException naming the setting when it cannot be used
   */
  SSLSocketFactory sockets() throws IOException {
    try {
      KeyStore store =
          KeyStore.getInstance(new File(path), password.map(String::toCharArray).orElse(null));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException bad) {
      throw new IOException(
          "backstop.services.email.options.trust-store names '"
              + path
              + "', which cannot be read with options.trust-store-password: "
              + bad.getMessage(),
          bad);
    }
  }

  /** Encrypts a connection, and checks that the certificate is the host's. */
  static Socket encrypt(Socket plain, MailServer server) throws IOException {
    SSLSocket encrypted =
        (SSLSocket) socketsFor(server).createSocket(plain, server.host(), server.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  static SSLSocketFactory socketsFor(MailServer server) throws IOException {
    return server.trusted().isPresent()
        ? server.trusted().get().sockets()
        : (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  @Override
  public String toString() {
    return path;
  }
}
