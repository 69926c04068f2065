package io.backstop.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * Which classes of some jars name classes of others, by the constant pools of their class files.
 */
final class ClassReferences {
  private static final int CLASS_ENTRY = 7;

  private ClassReferences() {}

  /** Names of the classes of a jar, with slashes. */
  static Set<String> classes(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return classFiles(file)
          .map(entry -> entry.getName().replace(".class", ""))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Classes of {@code jar} that name one of {@code others}, each with those that it names, with
   * dots.
   */
  static TreeMap<String, Set<String>> to(Set<String> others, Path jar) {
    var references = new TreeMap<String, Set<String>>();
    try (var file = new JarFile(jar.toFile())) {
      for (JarEntry entry : classFiles(file).toList()) {
        try (InputStream bytes = file.getInputStream(entry)) {
          Set<String> named = named(new ClassReader(bytes));
          named.retainAll(others);
          if (!named.isEmpty()) {
            references.put(entry.getName().replace(".class", "").replace('/', '.'), named);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return references;
  }

  private static Stream<JarEntry> classFiles(JarFile file) {
    return file.stream()
        .filter(entry -> entry.getName().endsWith(".class"))
        .filter(entry -> !entry.getName().startsWith("META-INF/"))
        .filter(entry -> !entry.getName().endsWith("-info.class"));
  }

  private static Set<String> named(ClassReader reader) {
    Set<String> names = new HashSet<>();
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int index = 1; index < reader.getItemCount(); index++) {
      int offset = reader.getItem(index);
      if (offset > 0 && reader.readByte(offset - 1) == CLASS_ENTRY) {
        names.add(reader.readUTF8(offset, buffer));
      }
    }
    return new TreeSet<>(names);
  }
}
