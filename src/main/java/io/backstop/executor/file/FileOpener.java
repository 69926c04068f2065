package io.backstop.executor.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** How files are opened to be written; a seam, because a full disk is hard to have in a test. */
@FunctionalInterface
interface FileOpener {
  FileChannel open(Path path, OpenOption... options) throws IOException;
}
