package io.backstop.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, with the Java that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    String shown = version == null ? "(not packaged)" : version;
    return new String[] {"backstop " + shown + ", Java " + Runtime.version().feature()};
  }
}
