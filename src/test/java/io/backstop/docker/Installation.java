package io.backstop.docker;

import io.backstop.docker.Dockerfile.Copy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the image below a directory, laid there as the Dockerfile lays them. */
final class Installation {
  private static final String BUILD = "/src/";
  private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\"([^\"]*)\"|\\S+)");

  private final Path root;
  private final Dockerfile dockerfile = Dockerfile.read();

  private Installation(Path root) {
    this.root = root;
  }

  /** Copies from the checkout and from what Maven has built in it. */
  static Installation below(Path root) {
    var installation = new Installation(root);
    Dockerfile.copies(installation.dockerfile.ofTheImage()).forEach(installation::copy);
    return installation;
  }

  private void copy(Copy copy) {
    for (String source : copy.sources()) {
      Path from = Path.of(copy.stage().isEmpty() ? source : source.substring(BUILD.length()));
      Path to = inside(copy.destination());
      try {
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
          copyAll(from, to);
        } else {
          Files.copy(from, to.resolve(from.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Where an absolute path of the image is. */
  Path inside(String path) {
    return root.resolve(path.substring(1));
  }

  List<Path> jars() {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts the entry point as a container would.
   *
   * @param arguments instead of the image's own command, where there are any
   */
  Process start(Map<String, String> environment, Path output, String... arguments) {
    List<String> entry = Dockerfile.execForm(dockerfile.only("ENTRYPOINT"));
    List<String> command =
        arguments.length > 0 ? List.of(arguments) : Dockerfile.execForm(dockerfile.only("CMD"));
    var words = Stream.concat(Stream.of(inside(entry.get(0)).toString()), command.stream());
    try {
      Path directory = Files.createDirectories(inside(dockerfile.only("WORKDIR")));
      var builder = new ProcessBuilder(words.toList()).directory(directory.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("BACKSTOP_"));
      builder.environment().putAll(environment());
      builder.environment().putAll(environment);
      return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    VARIABLE
        .matcher(dockerfile.only("ENV"))
        .results()
        .forEach(
            found ->
                variables.put(
                    found.group(1), found.group(3) == null ? found.group(2) : found.group(3)));
    var moved = new HashMap<String, String>();
    variables.forEach(
        (name, value) -> moved.put(name, value.startsWith("/") ? inside(value).toString() : value));
    return moved;
  }
}
