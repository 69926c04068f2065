package io.backstop.devcluster;

import io.backstop.config.StartupException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** Formats the broker's directory where it is new, and leaves one with data alone. */
final class BrokerStorage {
  /** Written last by the formatter, so a directory without it was never finished. */
  private static final String FORMATTED = "meta.properties";

  /** Written by the broker at a clean stop and removed at its next start. */
  private static final String STOPPED_CLEANLY = ".kafka_cleanshutdown";

  private BrokerStorage() {}

  /**
   * Makes the directory ready for a start.
   *
   * @return whether it holds the data of a run that ended without a clean stop
   * @throws StartupException when the directory cannot be written
   */
  static boolean prepare(Path directory) {
    if (Files.exists(directory.resolve(FORMATTED))) {
      return !Files.exists(directory.resolve(STOPPED_CLEANLY));
    }
    try {
      Files.createDirectories(directory);
      format(directory);
      return false;
    } catch (Exception e) {
      throw new StartupException(
          "cannot prepare the broker's directory " + directory + ": " + e.getMessage(), e);
    }
  }

  private static void format(Path directory) throws Exception {
    try (var quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setFeatureLevel(Feature.STREAMS_VERSION.featureName(), (short) 1)
          .setFeatureLevel(Feature.TRANSACTION_VERSION.featureName(), (short) 2)
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .run();
    }
  }
}
