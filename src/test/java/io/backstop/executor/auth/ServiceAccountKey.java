package io.backstop.executor.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;

/** A service account's JSON key file as Google's console gives it out, with a new RSA key. */
record ServiceAccountKey(Path file, PublicKey publicKey) {

  static ServiceAccountKey writeTo(Path directory) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    Map<String, String> key =
        Map.of(
            "type", "service_account",
            "project_id", "test-project",
            "client_id", "1234567890",
            "client_email", "robot@test-project.iam.gserviceaccount.com",
            "private_key_id", "key-1",
            "private_key", pem,
            "token_uri", "https://oauth2.googleapis.com/token");
    Path file = directory.resolve("key.json");
    Files.write(file, new ObjectMapper().writeValueAsBytes(key));
    return new ServiceAccountKey(file, pair.getPublic());
  }
}
