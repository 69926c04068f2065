package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.LetterNote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Notes on a letter: the last 50, and of long ones as many as fit beside the largest letter. */
final class Notes {
  static final int MOST = 50;
  static final int LONGEST = 2_000;
  private static final int MOST_BYTES = 40_000;

  private Notes() {}

  /**
   * The letter with one note more.
   *
   * @param actor who wrote it; empty for the desk
   */
  static DeskLetter add(DeskLetter letter, String actor, String text, long now) {
    List<LetterNote> notes = new ArrayList<>(letter.getNotes());
    String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    notes.add(new LetterNote(Instant.ofEpochMilli(now), actor, kept));
    int first = notes.size();
    for (int bytes = 0; first > 0 && notes.size() - first < MOST; first--) {
      bytes += size(notes.get(first - 1));
      if (bytes > MOST_BYTES && first < notes.size()) {
        break;
      }
    }
    return DeskLetter.newBuilder(letter).setNotes(notes.subList(first, notes.size())).build();
  }

  private static int size(LetterNote note) {
    return note.getText().getBytes(StandardCharsets.UTF_8).length
        + note.getActor().getBytes(StandardCharsets.UTF_8).length;
  }
}
