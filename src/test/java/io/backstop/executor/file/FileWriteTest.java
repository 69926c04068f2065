package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWriteTest {
  private final FileWrite write = new FileWrite();
  @TempDir private Path temporary;
  private FileCalls calls;

  @BeforeEach
  void makeCalls() {
    calls = new FileCalls(temporary.resolve("file"));
  }

  private Path write(String key, String name, String content) {
    return FileCalls.fileOf(calls.execute(write, key, FileCalls.file(name, content)));
  }

  @Test
  void shouldWriteTheContentUnderTheName() {
    var payload =
        FilePayload.newBuilder(FileCalls.file("Übersicht.csv", "a;b"))
            .setFolder("../../folder-of-drive")
            .build();

    var outcome = calls.execute(write, "k-1", payload);

    Path file = calls.directory().resolve("Übersicht.csv");
    assertThat(file).hasContent("a;b");
    assertThat(FileCalls.response(outcome).get("file").asText()).isEqualTo(file.toString());
    assertThat(FileCalls.response(outcome).get("bytes").asInt()).isEqualTo(3);
    assertThat(payload.getContent().remaining()).as("the buffer is shared").isEqualTo(3);
  }

  @Test
  void shouldWriteAnEmptyFile() {
    assertThat(write("k-1", "empty", "")).isEmptyFile();
  }

  @Test
  void shouldLeaveOneFileWhenAStepIsRepeated() {
    Path first = write("k-1", "a.txt", "one");
    Path again = write("k-1", "a.txt", "one");

    assertThat(again).isEqualTo(first);
    assertThat(calls.files()).containsExactly(first);
  }

  @Test
  void shouldPutOtherContentOfTheSameNameBesideTheFirst() {
    Path first = write("k-1", "a.txt", "one");

    Path second = write("k-2", "a.txt", "two");
    Path again = write("k-2", "a.txt", "two");

    assertThat(first).hasContent("one");
    assertThat(second).hasContent("two").isEqualTo(again);
    assertThat(second.getFileName().toString()).matches("a-[0-9a-f]{16}\\.txt");
    assertThat(calls.files()).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void shouldFindItsFileBesideAlsoWhenTheNameHasBecomeFree() throws Exception {
    Path first = write("k-1", "a.txt", "one");
    Path second = write("k-2", "a.txt", "two");
    Files.delete(first);

    assertThat(write("k-2", "a.txt", "two")).isEqualTo(second);
    assertThat(calls.files()).containsExactly(second);
  }

  @Test
  void shouldLoseNothingWhenManyWriteOneNameAtOnce() {
    List<CompletableFuture<Outcome>> started =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(
                i ->
                    calls.start(
                        i % 2 == 0 ? write : new FileWrite(),
                        "k-" + i / 2,
                        FileCalls.file("a.txt", "content " + i / 2)))
            .toList();

    started.forEach(FileCalls::await);

    assertThat(calls.files()).hasSize(100).map(Files::readString).doesNotHaveDuplicates();
  }

  @Test
  void shouldNotFollowALinkThatLeadsOutside() throws Exception {
    Path outside = Files.writeString(temporary.resolve("outside.txt"), "untouched");
    Files.createDirectories(calls.directory());
    Files.createSymbolicLink(calls.directory().resolve("a.txt"), outside);
    Files.createSymbolicLink(
        calls.directory().resolve("dangling.txt"), temporary.resolve("new.txt"));

    Path file = write("k-1", "a.txt", "untouched");
    Path dangling = write("k-1", "dangling.txt", "x");

    assertThat(outside).hasContent("untouched");
    assertThat(temporary.resolve("new.txt")).doesNotExist();
    assertThat(List.of(file, dangling))
        .allSatisfy(
            written ->
                assertThat(written.toRealPath().getParent())
                    .isEqualTo(calls.directory().toRealPath()));
  }

  @Test
  void shouldPutAFileBesideADirectoryOfItsName() throws Exception {
    Files.createDirectories(calls.directory().resolve("a.txt"));

    Path file = write("k-1", "a.txt", "one");

    assertThat(file).hasContent("one").isNotEqualTo(calls.directory().resolve("a.txt"));
  }

  @Test
  void shouldNameEverythingThatIsWrong() {
    var request = FileCalls.request("file:write", new FilePayload("../a", null, null, null, null));

    assertThat(write.problems(request))
        .containsExactly(
            "payload.name leads out of the directory: write a name without / and \\, not a path",
            "payload.content is missing: there is nothing to write to the file");
    assertThat(calls.execute(write, "k-1", request.getPayload()))
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.VALIDATION);
  }

  @Property(tries = 150)
  void shouldStayInTheDirectoryWhateverTheNameIs(@ForAll("names") String name) throws IOException {
    Path above = Files.createTempDirectory("file-write");
    FileCalls inside = new FileCalls(above.resolve("in/side"));
    var payload = FilePayload.newBuilder().setName(name).setContent(ByteBuffer.allocate(1)).build();

    Outcome outcome = inside.execute(write, "k-1", payload);

    List<Path> all = new FileCalls(above).files();
    if (outcome instanceof Outcome.Succeeded) {
      assertThat(all).containsExactly(inside.directory().resolve(name));
      assertThat(all.get(0).getParent()).isEqualTo(inside.directory());
    } else {
      assertThat(outcome).hasFieldOrPropertyWithValue("failureClass", FailureClass.VALIDATION);
      assertThat(all).isEmpty();
    }
    delete(above);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
            "..",
            ".",
            "/",
            "\\",
            "a",
            "~",
            ":",
            "%2e%2e",
            "%2f",
            "\0",
            "\n",
            "\u202E",
            " ",
            "\uFF0F",
            "\u2215",
            "\uD800",
            "con",
            ".partial",
            ".lock",
            "$HOME",
            "x".repeat(120))
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }
}
