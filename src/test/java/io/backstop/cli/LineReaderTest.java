package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.cli.LineReader.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<Line> lines(byte[] bytes, int longest) throws IOException {
    var lines = new ArrayList<Line>();
    try (var reader = new LineReader(new ByteArrayInputStream(bytes), longest)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        lines.add(next.get());
      }
    }
    return lines;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldCountBlankLinesButLeaveThemOut() throws IOException {
    assertThat(lines(utf8("a\n\n \r\nö\r\nlast"), 100))
        .containsExactly(new Line.Text(1, "a"), new Line.Text(4, "ö\r"), new Line.Text(5, "last"));
  }

  @Test
  void shouldDropAByteOrderMarkOnlyAtTheStart() throws IOException {
    assertThat(lines(utf8("\uFEFFa\n\uFEFFb\n"), 100))
        .containsExactly(new Line.Text(1, "a"), new Line.Text(2, "\uFEFFb"));
  }

  @Test
  void shouldGoOnAfterALineThatIsTooLongOrNotUtf8() throws IOException {
    var bytes = "aaaaaa\n\u00FF\nok\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(lines(bytes, 5))
        .containsExactly(
            new Line.Unreadable(1, "longer than 5 bytes: split the request"),
            new Line.Unreadable(2, "not UTF-8: save the file in UTF-8"),
            new Line.Text(3, "ok"));
  }

  @Test
  void shouldReadNothingFromNothing() throws IOException {
    assertThat(lines(new byte[0], 5)).isEmpty();
  }
}
