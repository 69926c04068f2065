package io.backstop.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar, with the Java that runs it. */
final class Version implements IVersionProvider {
  private static final String POM = "/META-INF/maven/io.backstop/backstop/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    var pom = new Properties();
    try (var content = Version.class.getResourceAsStream(POM)) {
      if (content != null) {
        pom.load(content);
      }
    }
    String version = pom.getProperty("version", "(not packaged)");
    return new String[] {"backstop " + version + ", Java " + Runtime.version().feature()};
  }
}
