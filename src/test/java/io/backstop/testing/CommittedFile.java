package io.backstop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated file that is committed: compared by default, written when asked for. */
public final class CommittedFile {
  /** System property that makes tests write generated files instead of comparing them. */
  public static final String WRITE = "backstop.docs.write";

  private CommittedFile() {}

  public static boolean isToBeWritten() {
    return Boolean.getBoolean(WRITE);
  }

  /** Fails when {@code file} does not hold {@code content}, or writes it when asked to. */
  public static void mustHold(Path file, String content) {
    if (isToBeWritten()) {
      write(file, content);
    }
    assertThat(file)
        .as("%s is stale: run this test with -D%s=true and commit it", file, WRITE)
        .hasContent(content);
  }

  public static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
